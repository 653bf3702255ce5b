namespace Bench.Cohorts.Mimic3;

/// <summary>Finds the file that says that data are simulated, wherever a user may have moved or packed them.</summary>
internal static class SimulatedMark
{
    private const int LongestNote = 1000;

    private const string UnreadableNote =
        $"These data are simulated and hold no patient's record: a {Mimic3Layout.SimulatedMarker} lies with them, whose text cannot be read.";

    private static readonly EnumerationOptions s_anyCase = new() { MatchCasing = MatchCasing.CaseInsensitive, AttributesToSkip = FileAttributes.None };

    /// <summary>Looks for the mark in every folder that the data come from, and in the one above the task's.</summary>
    /// <param name="folder">The folder that the user named.</param>
    /// <param name="taskFolder">The folder of the task.</param>
    /// <param name="demographicsFolder">The folder of the demographic tables, if any.</param>
    /// <returns>What the mark says, in one line; null where there is none.</returns>
    /// <remarks>Whatever has the name is a mark, also where it is no file or is packed: patients' data have none.</remarks>
    public static string? Find(string folder, string taskFolder, string? demographicsFolder)
    {
        var folders = new List<string> { folder, taskFolder, Path.Combine(taskFolder, "..") };
        // Behind a link, what lies beside the folder itself counts as well.
        if (new DirectoryInfo(taskFolder).ResolveLinkTarget(returnFinalTarget: true) is { } target)
            folders.AddRange([target.FullName, Path.Combine(target.FullName, "..")]);
        if (demographicsFolder is not null)
            folders.Add(demographicsFolder);
        return FindIn(folders);
    }

    /// <summary>Looks for the mark in some folders.</summary>
    /// <param name="folders">The folders; each exists.</param>
    /// <returns>As for <see cref="Find"/>.</returns>
    public static string? FindIn(IEnumerable<string> folders)
    {
        var marks = folders.SelectMany(one => Directory.EnumerateFileSystemEntries(Path.GetFullPath(one), Mimic3Layout.SimulatedMarker + "*", s_anyCase)).ToArray();
        return marks.Length == 0 ? null : marks.Select(Read).FirstOrDefault(note => note.Length > 0) ?? UnreadableNote;
    }

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
