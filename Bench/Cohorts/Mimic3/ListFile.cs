using Bench.Cohorts.Channels;
using Engine.Data;

namespace Bench.Cohorts.Mimic3;

/// <summary>Reads a list file: which stays, which periods, which labels.</summary>
internal static class ListFile
{
    private const int RowsPerReport = 1 << 14;

    /// <summary>Appends every sample of a list file.</summary>
    /// <param name="file">The list file.</param>
    /// <param name="task">The task, which decides the columns.</param>
    /// <param name="split">What the samples are for.</param>
    /// <param name="samples">The list to append to.</param>
    /// <param name="progress">Told of the rows read so far.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="CohortFormatException">The file is missing, empty, damaged or in another format, or names a sample twice.</exception>
    public static void Append(
        string file, Mimic3Task task, CohortSplit split, SampleList samples, IProgress<CohortProgress>? progress, CancellationToken cancellation)
    {
        using var table = CsvTable.Open(file);
        table.RequireHeader(Mimic3Layout.ListHeader(task));
        var firstSample = samples.Prefixes.Count;
        while (table.Next())
        {
            var stay = FindOrAddStay(table, split, samples);
            var hours = task == Mimic3Task.Decompensation ? ReadPeriod(table, column: 1) : Mimic3Layout.MortalityHours;
            var label = table.Label(table.Header.Length - 1);
            if (!samples.TryAddSample(new PrefixSample(stay, hours), label))
                throw table.Error(0, task == Mimic3Task.Decompensation ? $"the stay is listed twice with the period {hours}." : "the stay is listed twice.");
            if (samples.Prefixes.Count % RowsPerReport != 0)
                continue;
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new CohortProgress("reading list files", samples.Prefixes.Count, 0, "rows"));
        }

        if (samples.Prefixes.Count == firstSample)
            throw new CohortFormatException(table.File, 0, "", "", "the list names no stay; at least one row was expected.");
    }

    private static int FindOrAddStay(CsvTable table, CohortSplit split, SampleList samples)
    {
        var name = table[0];
        if (!samples.TryFindStay(name, out var stay))
        {
            return Mimic3Layout.TryParseSubject(name, out var subject)
                ? samples.AddStay(new ListedStay(name, subject, split))
                : throw table.Error(0, "a stay is named like 10006_episode1_timeseries.csv: subject, number of the stay, and no folder.");
        }

        var other = samples.Stays[stay].Split;
        return other == split ? stay : throw table.Error(0, $"the stay is in {Mimic3Layout.ListFile(other)} too; a stay belongs to one split.");
    }

    private static int ReadPeriod(CsvTable table, int column)
    {
        var period = table.Number(column);
        return period == Math.Truncate(period) && period is >= 1 and <= HourlyDiscretizer.MaximumHours
            ? (int)period
            : throw table.Error(column, $"a period is a whole number of hours, 1 to {HourlyDiscretizer.MaximumHours:N0}.");
    }
}
