using Bench.Cohorts;
using Bench.Cohorts.Parquet;
using Bench.Studies.MainJob;
using Bench.Studies.Samples;
using Engine.Data;

namespace Bench.Report.Results;

/// <summary>What every method predicts for every row that it is judged on, and the metrics of that, as Parquet files for data frames.</summary>
/// <remarks>They are written into a folder beside it, which gets its name when both are complete.</remarks>
internal sealed class SavedPredictions : IDisposable
{
    /// <summary>The names of the files.</summary>
    public const string PredictionsName = "predictions.parquet", MetricsName = "metrics.parquet";

    private readonly string _folder;
    private readonly string _target;
    private readonly PendingFolder _pending;

    /// <summary>Begins a folder.</summary>
    /// <param name="folder">Its name, of a folder that does not exist or is empty.</param>
    /// <param name="tell">Receives a sentence for each folder that a killed run left beside it.</param>
    /// <exception cref="IOException">It holds something, or cannot be written.</exception>
    public SavedPredictions(string folder, Action<string> tell)
    {
        (_folder, _target) = (folder, PendingFolder.Resolve(folder));
        RequireEmpty();
        PendingFolder.Prepare(_target, tell);
        _pending = new PendingFolder(_target);
    }

    /// <summary>Writes the files, and gives the folder its name.</summary>
    /// <param name="result">What the job found.</param>
    /// <param name="cancellation">Stops writing.</param>
    /// <exception cref="IOException">A file cannot be written, or the folder cannot have the name; the message says where it is kept.</exception>
    public void Write(MainJobResult result, CancellationToken cancellation)
    {
        var cohort = result.Cohort;
        CohortSplit[] splits = [.. result.Methods[0].Probabilities.Keys.Order()];
        long[] rows = [.. splits.SelectMany(cohort.RowsOf)];
        ParquetColumns.Write(
            Path.Combine(_pending.Path, PredictionsName),
            [
                ("row", rows),
                ("split", rows.Select(row => SplitName.Of(cohort.Splits[(int)row])).ToArray()),
                ("cluster", CohortStays.Of(cohort, rows)),
                ("label", rows.Select(row => (int)cohort.Labels[(int)row]).ToArray()),
                .. cohort.Groups.Names.Select(group => ($"group {group}", (Array)MembersOf(cohort.Groups[group], rows))),
                .. result.Methods.Select(method => ($"probability {method.Method}", (Array)splits.SelectMany(split => method.Probabilities[split]).ToArray())),
            ],
            cancellation);
        ParquetColumns.WriteTable(Path.Combine(_pending.Path, MetricsName), MetricEntry.ListOf(result).ToArray(), cancellation);
        // Again: somebody may have filled it meanwhile.
        _pending.PutInPlace(RequireEmpty);
    }

    /// <inheritdoc/>
    public void Dispose() => _pending.Dispose();

    private static bool[] MembersOf(RowMask group, long[] rows) => Array.ConvertAll(rows, row => group[(int)row]);

    private void RequireEmpty()
    {
        if (File.Exists(_target) || (Directory.Exists(_target) && Directory.EnumerateFileSystemEntries(_target).Any()))
            throw new IOException($"'{_folder}' exists and is not empty; name another folder for the predictions, or remove it.");
    }
}
