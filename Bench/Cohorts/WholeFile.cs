namespace Bench.Cohorts;

/// <summary>Writes a file that appears under its name, or replaces what has it, only when it is complete.</summary>
internal static class WholeFile
{
    /// <summary>What the name of a file ends with while it is written.</summary>
    public const string PartialSuffix = ".partial";

    /// <summary>Writes a file beside its place, makes it last on its disk and gives it its name.</summary>
    /// <param name="path">The file; what has its name stays as it was when there is an error on the way.</param>
    /// <param name="write">Writes to the path that it is given.</param>
    public static void Write(string path, Action<string> write)
    {
        var partial = $"{path}.{Path.GetRandomFileName()}{PartialSuffix}";
        try
        {
            write(partial);
            using (var file = new FileStream(partial, FileMode.Open, FileAccess.ReadWrite))
                file.Flush(flushToDisk: true);
            File.Move(partial, path, overwrite: true);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }
}
