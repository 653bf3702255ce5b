namespace Bench.Commands;

/// <summary>A folder that appears only when all its files are complete.</summary>
internal static class NewFolder
{
    /// <summary>Writes files into a folder beside the target, which then gets the target's name.</summary>
    /// <param name="folder">A folder that does not exist, or is empty.</param>
    /// <param name="write">Writes the files into the folder that it is given.</param>
    /// <exception cref="IOException">The folder is not empty, or cannot be written.</exception>
    public static void Write(string folder, Action<string> write)
    {
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any()))
            throw new IOException($"'{folder}' exists and is not empty; name another folder.");
        var partial = $"{target}.partial-{Environment.ProcessId}";
        try
        {
            write(Directory.CreateDirectory(partial).FullName);
            if (Directory.Exists(target))
                Directory.Delete(target);
            Directory.Move(partial, target);
        }
        finally
        {
            if (Directory.Exists(partial))
                Directory.Delete(partial, recursive: true);
        }
    }
}
