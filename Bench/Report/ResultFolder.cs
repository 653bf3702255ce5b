using Bench.Report.Html;
using Bench.Report.Results;
using Bench.Studies.MainJob;

namespace Bench.Report;

/// <summary>Writes everything that a run found into one folder: results.json, tables and report.html.</summary>
/// <remarks>Files are written into a folder beside it, which gets its name when all are complete: nobody ever sees half a result.</remarks>
public static class ResultFolder
{
    private const string ReportName = "report.html";

    private static readonly string[] s_entries = [ResultsFile.Name, TableFiles.FolderName, ReportName];

    /// <summary>Checks that a result can be written, before the work that leads to it.</summary>
    /// <param name="folder">A folder that does not exist, is empty or holds an earlier result.</param>
    /// <exception cref="ResultFolderException">It holds something else, is a file, or cannot be written to.</exception>
    public static void CheckWritable(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var target = TargetOf(folder);
        CheckContent(folder, target);
        // Permissions, quotas and read-only disks have too many forms to be asked about: try.
        CreatePending(folder, target).Dispose();
    }

    /// <summary>Writes a result; an earlier result in the same folder is replaced as a whole.</summary>
    /// <param name="folder">See <see cref="CheckWritable"/>.</param>
    /// <param name="result">What the job found.</param>
    /// <param name="run">How it was started.</param>
    /// <param name="cancellation">Stops writing; the folder is then as it was before.</param>
    /// <exception cref="ResultFolderException">See <see cref="CheckWritable"/>.</exception>
    public static void Write(string folder, MainJobResult result, RunInfo run, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(run);
        var target = TargetOf(folder);
        CheckContent(folder, target);
        using var pending = CreatePending(folder, target);
        WriteFiles(pending.Path, result, run, cancellation);
        pending.PutInPlace();
    }

    private static void WriteFiles(string folder, MainJobResult result, RunInfo run, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var document = ResultsDocument.From(result, run);
        cancellation.ThrowIfCancellationRequested();
        ResultsFile.Write(Path.Combine(folder, ResultsFile.Name), document);
        cancellation.ThrowIfCancellationRequested();
        TableFiles.Write(Directory.CreateDirectory(Path.Combine(folder, TableFiles.FolderName)).FullName, document);
        cancellation.ThrowIfCancellationRequested();
        File.WriteAllText(Path.Combine(folder, ReportName), HtmlReport.Render(result, document));
        cancellation.ThrowIfCancellationRequested();
    }

    private static void CheckContent(string folder, string target)
    {
        if (File.Exists(target))
            throw new ResultFolderException(folder, "it is a file; name a folder.");
        if (!Directory.Exists(target))
            return;
        var names = Directory.EnumerateFileSystemEntries(target).Select(entry => Path.GetFileName(entry)).ToArray();
        if (names.Length == 0)
            return;
        if (!ResultsFile.IsResult(Path.Combine(target, ResultsFile.Name)))
            throw new ResultFolderException(folder, "it is not empty and holds no earlier result; name another folder, or empty it.");
        if (names.Except(s_entries).FirstOrDefault() is { } foreign)
            throw new ResultFolderException(folder, $"beside an earlier result it holds '{foreign}', which replacing the result would delete; move it, or name another folder.");
    }

    private static PendingFolder CreatePending(string folder, string target)
    {
        try
        {
            return new PendingFolder(target);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ResultFolderException(folder, $"the folder above it cannot be written to ({error.Message}); name another one.", error);
        }
    }

    // Behind a link, the folder that it leads to is replaced and the link stays.
    private static string TargetOf(string folder)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        return Directory.Exists(path) ? new DirectoryInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path : path;
    }
}
