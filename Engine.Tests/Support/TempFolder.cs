namespace Engine.Tests.Support;

/// <summary>A folder of its own for one test, deleted with all it holds at the end.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("engine-tests-").FullName;

    public string File(string name) => Path.Combine(Root, name);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
