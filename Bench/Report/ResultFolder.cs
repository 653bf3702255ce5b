using System.Text.Json.Nodes;
using Bench.Cohorts;
using Bench.Report.Equity;
using Bench.Report.Equity.Html;
using Bench.Report.Equity.Results;
using Bench.Report.Html;
using Bench.Report.Prioritized;
using Bench.Report.Prioritized.Html;
using Bench.Report.Prioritized.Results;
using Bench.Report.Results;
using Bench.Studies.Equity;
using Bench.Studies.MainJob;
using Bench.Studies.Prioritized;

namespace Bench.Report;

/// <summary>Writes everything that a run found into one folder: results.json, tables and report.html.</summary>
/// <remarks>Files are written into a folder beside it, which gets its name when all are complete: nobody ever sees half a result.</remarks>
public static class ResultFolder
{
    private const string ReportName = "report.html";

    // Of every kind of result: one may replace another, and nothing else is lost by it.
    private static readonly string[] s_files =
        [ResultsFile.Name, ReportName, .. TableFiles.Names.Union(PrioritizedTables.Names).Union(EquityTables.Names).Select(name => Path.Combine(TableFiles.FolderName, name))];

    private static readonly string[] s_schemas = [ResultsDocument.SchemaName, PrioritizedDocument.SchemaName, EquityDocument.SchemaName];

    private static readonly EnumerationOptions s_everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };

    /// <summary>Checks that a result can be written, before the work that leads to it.</summary>
    /// <param name="folder">A folder that does not exist, is empty or holds an earlier result.</param>
    /// <param name="tell">Receives a sentence for each folder that a killed run left beside it, and what became of it.</param>
    /// <exception cref="ResultFolderException">It holds something else, is a file, or cannot be written to.</exception>
    public static void CheckWritable(string folder, Action<string> tell)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(tell);
        var target = PendingFolder.Resolve(folder);
        try
        {
            PendingFolder.Prepare(target, tell);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ResultFolderException(folder, $"the folder above it cannot be written to ({error.Message}); name another one.", error);
        }

        CheckContent(folder, target);
    }

    /// <summary>Writes a result of the main job; an earlier result in the same folder is replaced as a whole.</summary>
    /// <param name="folder">See <see cref="CheckWritable"/>.</param>
    /// <param name="result">What the job found.</param>
    /// <param name="run">How it was started.</param>
    /// <param name="cancellation">Stops writing; the folder is then as it was before.</param>
    /// <exception cref="IOException">It cannot be written, or not be put in place; the message then says where it is kept.</exception>
    public static void Write(string folder, MainJobResult result, RunInfo run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(run);
        Write(folder, () => ResultsDocument.From(result, run), TableFiles.Write, document => HtmlReport.Render(result, document), cancellation);
    }

    /// <summary>Writes a result of the study of paper P; an earlier result in the same folder is replaced as a whole.</summary>
    /// <param name="folder">See <see cref="CheckWritable"/>.</param>
    /// <param name="result">What the study found.</param>
    /// <param name="run">How it was started.</param>
    /// <param name="cancellation">Stops writing; the folder is then as it was before.</param>
    /// <exception cref="IOException">It cannot be written, or not be put in place; the message then says where it is kept.</exception>
    public static void Write(string folder, PrioritizedResult result, RunInfo run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(run);
        var findings = StudyFindings.Of(result);
        Write(folder, () => PrioritizedDocument.From(findings, run), PrioritizedTables.Write, document => PrioritizedReport.Render(findings, document), cancellation);
    }

    /// <summary>Writes a result of the study of paper E; an earlier result in the same folder is replaced as a whole.</summary>
    /// <param name="folder">See <see cref="CheckWritable"/>.</param>
    /// <param name="result">What the study found.</param>
    /// <param name="run">How it was started.</param>
    /// <param name="cancellation">Stops writing; the folder is then as it was before.</param>
    /// <exception cref="IOException">It cannot be written, or not be put in place; the message then says where it is kept.</exception>
    public static void Write(string folder, EquityResult result, RunInfo run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(run);
        var findings = EquityFindings.Of(result);
        Write(folder, () => EquityDocument.From(findings, run), EquityTables.Write, document => EquityReport.Render(findings, document), cancellation);
    }

    private static void Write<TDocument>(string folder, Func<TDocument> gather, Action<string, TDocument> writeTables, Func<TDocument, string> render, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var target = PendingFolder.Resolve(folder);
        using var pending = new PendingFolder(target);
        cancellation.ThrowIfCancellationRequested();
        var document = gather();
        cancellation.ThrowIfCancellationRequested();
        writeTables(Directory.CreateDirectory(Path.Combine(pending.Path, TableFiles.FolderName)).FullName, document);
        cancellation.ThrowIfCancellationRequested();
        ResultsFile.Write(Path.Combine(pending.Path, ResultsFile.Name), document);
        cancellation.ThrowIfCancellationRequested();
        File.WriteAllText(Path.Combine(pending.Path, ReportName), render(document));
        cancellation.ThrowIfCancellationRequested();
        // Last, so that a result of hours is kept beside a folder that somebody has filled meanwhile.
        pending.PutInPlace(() => CheckContent(folder, target));
    }

    /// <summary>Tells whether a file is a results file of any version of our formats.</summary>
    internal static bool IsResult(string path) => ResultsFile.IsResult(path, s_schemas);

    /// <summary>Reads the results file of a folder.</summary>
    /// <exception cref="InvalidDataException">It holds none of our formats.</exception>
    internal static JsonObject Read(string folder) => ResultsFile.Read(folder, s_schemas);

    private static void CheckContent(string folder, string target)
    {
        if (File.Exists(target))
            throw new ResultFolderException(folder, "it is a file; name a folder.");
        if (!Directory.Exists(target))
            return;
        var entries = new DirectoryInfo(target).GetFileSystemInfos("*", s_everything);
        if (entries.Length == 0)
            return;
        if (!IsResult(Path.Combine(target, ResultsFile.Name)))
            throw new ResultFolderException(folder, "it is not empty and holds no earlier result; name another folder, or empty it.");
        var foreign = entries.FirstOrDefault(entry => !IsOfResult(Path.GetRelativePath(target, entry.FullName), entry));
        if (foreign is not null)
            throw new ResultFolderException(folder, $"beside an earlier result it holds '{Path.GetRelativePath(target, foreign.FullName)}', which replacing the result would delete; move it, or name another folder.");
    }

    // By name and kind: a folder called report.html, or a link, is not of this program.
    private static bool IsOfResult(string name, FileSystemInfo entry) => name == TableFiles.FolderName
        ? entry is DirectoryInfo && entry.LinkTarget is null
        : s_files.Contains(name) && FileStatus.IsRegular(entry.FullName) && entry.LinkTarget is null;
}
