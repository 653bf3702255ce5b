namespace Engine.Tests.Support;

/// <summary>A folder for files that a test generates; deleted at its end.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() => Root = Directory.CreateTempSubdirectory("engine-tests-").FullName;

    public string Root { get; }

    /// <summary>Writes lines, each ended by a line feed, and returns the file.</summary>
    public string Write(string name, params IEnumerable<string> lines)
    {
        var file = Path.Combine(Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, string.Concat(lines.Select(line => line + "\n")));
        return file;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
