using Engine.Data;

namespace Bench.Cohorts.Seer;

/// <summary>The rows of a cohort, of which only what is not 0 is kept: about a hundred of 1,418 columns.</summary>
/// <param name="FeatureNames">The columns.</param>
/// <param name="ContinuousColumns">Those that hold numbers.</param>
/// <param name="Samples">The rows.</param>
internal sealed record SeerTable(IReadOnlyList<string> FeatureNames, IReadOnlyList<int> ContinuousColumns, SampleMatrix Samples)
{
    private const int RowsPerPart = 4096;

    /// <summary>Encodes records.</summary>
    /// <param name="records">All records of the cohort.</param>
    /// <param name="rows">Those that have a class, ascending, at least one.</param>
    /// <param name="progress">Told of the fields encoded.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="CohortFormatException">A number is too large, or all rows are alike.</exception>
    public static SeerTable Encode(SeerRecords records, int[] rows, IProgress<CohortProgress>? progress, CancellationToken cancellation)
    {
        var fields = SeerFields.Inputs;
        var columns = new SeerColumns[fields.Count];
        var options = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        var (done, gate) = (0, new Lock());
        ForEachInOrder(fields.Count, options, index =>
        {
            columns[index] = SeerColumns.Encode(records, rows, fields[index]);
            lock (gate)
                progress?.Report(new CohortProgress("encoding SEER", ++done, fields.Count, "fields"));
        });

        var names = columns.SelectMany(one => one.Names).ToArray();
        var firsts = new int[columns.Length];
        for (var i = 1; i < firsts.Length; i++)
            firsts[i] = firsts[i - 1] + columns[i - 1].Names.Count;
        int[] continuous = [.. columns.Index().Where(one => one.Item.HasNumbers).Select(one => firsts[one.Index])];
        return names.Length > 0
            ? new SeerTable(names, continuous, Assemble(columns, firsts, rows.Length, names.Length, options))
            : throw records.Error(rows[0], SeerFields.Patient, $"the {rows.Length:N0} records with a class are alike in every field that is read; there is nothing to tell them apart by.");
    }

    private static SampleMatrix Assemble(SeerColumns[] columns, int[] firsts, int rowCount, int featureCount, ParallelOptions options)
    {
        var starts = new long[rowCount + 1];
        foreach (var field in columns)
        {
            for (var row = 0; row < rowCount; row++)
                starts[row + 1] += CountOf(field, row);
        }

        for (var row = 0; row < rowCount; row++)
            starts[row + 1] += starts[row];
        var (places, values) = (new int[starts[rowCount]], new float[starts[rowCount]]);
        Parallel.For(0, (rowCount + RowsPerPart - 1) / RowsPerPart, options, part =>
        {
            for (var row = part * RowsPerPart; row < Math.Min((part + 1) * RowsPerPart, rowCount); row++)
            {
                var next = starts[row];
                for (var i = 0; i < columns.Length; i++)
                {
                    if (columns[i].Numbers is { } numbers && numbers[row] != 0)
                        (places[next], values[next++]) = (firsts[i], numbers[row]);
                    if (columns[i].Indicators[row] >= 0)
                        (places[next], values[next++]) = (firsts[i] + columns[i].Indicators[row], 1);
                }
            }
        });
        return SampleMatrix.WrapSparse(starts, places, values, featureCount);
    }

    private static int CountOf(SeerColumns field, int row) =>
        (field.Indicators[row] >= 0 ? 1 : 0) + (field.Numbers is { } numbers && numbers[row] != 0 ? 1 : 0);

    /// <summary>Does work in parallel, and throws what the first in order threw, whichever was met first.</summary>
    private static void ForEachInOrder(int count, ParallelOptions options, Action<int> body)
    {
        var errors = new CohortFormatException?[count];
        Parallel.For(0, count, options, index =>
        {
            try
            {
                body(index);
            }
            catch (CohortFormatException error)
            {
                errors[index] = error;
            }
        });
        if (Array.Find(errors, static error => error is not null) is { } first)
            throw first;
    }
}
