namespace Engine.Tests.Fuzz;

/// <summary>A reader, with small files that it reads.</summary>
/// <param name="Name">What is read.</param>
/// <param name="Write">Writes the files into an empty folder.</param>
/// <param name="Read">Reads them.</param>
/// <param name="Documented">The one exception that the reader may throw.</param>
internal sealed record FuzzTarget(string Name, Action<string> Write, Action<string> Read, Type Documented);
