namespace Bench.Cohorts;

/// <summary>Finds the file that says that data are simulated, wherever a user may have moved or packed them.</summary>
internal static class SimulatedMark
{
    /// <summary>The name of the file, which lies with simulated data; real data have none.</summary>
    public const string Name = "SIMULATED.txt";

    private const int LongestNote = 1000;

    private const string UnreadableNote =
        $"These data are simulated and hold no patient's record: a {Name} lies with them, whose text cannot be read.";

    private static readonly EnumerationOptions s_anyCase = new() { MatchCasing = MatchCasing.CaseInsensitive, AttributesToSkip = FileAttributes.None };

    /// <summary>Looks for the mark with some files and folders: in the folder, or that of the file; behind a link, also in the folder above what it leads to.</summary>
    /// <param name="places">Files and folders; one that is not there is passed over.</param>
    /// <returns>What the mark says, in one line; null where there is none.</returns>
    /// <remarks>Whatever has the name is a mark, also where it is no file or is packed: patients' data have none.</remarks>
    public static string? Find(IEnumerable<string> places)
    {
        var marks = places.SelectMany(FoldersOf).Distinct().Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFileSystemEntries(folder, Name + "*", s_anyCase)).ToArray();
        return marks.Length == 0 ? null : marks.Select(Read).FirstOrDefault(note => note.Length > 0) ?? UnreadableNote;
    }

    private static IEnumerable<string> FoldersOf(string place)
    {
        FileSystemInfo entry = Directory.Exists(place) ? new DirectoryInfo(Path.GetFullPath(place)) : new FileInfo(Path.GetFullPath(place));
        if (entry is DirectoryInfo || entry.Exists)
            yield return FolderOf(entry);
        // A broken link leads nowhere, and whoever reads it says so.
        if (entry.LinkTarget is null || entry.ResolveLinkTarget(returnFinalTarget: true) is not { Exists: true } target)
            yield break;
        yield return FolderOf(target);
        yield return Path.Combine(FolderOf(target), "..");
    }

    private static string FolderOf(FileSystemInfo entry) => entry is FileInfo file ? file.DirectoryName! : entry.FullName;

    private static string Read(string mark)
    {
        if (!FileStatus.IsRegular(mark) || !mark.EndsWith(".txt", StringComparison.OrdinalIgnoreCase))
            return "";
        try
        {
            using var reader = new StreamReader(mark);
            var text = new char[LongestNote + 1];
            return PrintableText.Of(new string(text, 0, reader.ReadBlock(text)).Trim(), LongestNote);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
