namespace Engine.Tests.Support;

/// <summary>Text files that a test generates.</summary>
internal static class TemporaryFiles
{
    /// <summary>Writes lines, each ended by a line feed, and returns the file.</summary>
    public static string Write(this TemporaryFolder folder, string name, params IEnumerable<string> lines)
    {
        var file = folder.File(name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, string.Concat(lines.Select(line => line + "\n")));
        return file;
    }
}
