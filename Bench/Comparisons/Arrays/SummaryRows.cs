using Engine.Data;

namespace Bench.Comparisons.Arrays;

/// <summary>Writes the summaries of many prefixes into a matrix and standardizes its columns.</summary>
internal static class SummaryRows
{
    /// <summary>Prefixes that one thread takes at a time; those of a stay lie side by side where the caller keeps them in order.</summary>
    private const int PrefixesAtATime = 512;

    /// <summary>Summarizes prefixes, straight into the matrix.</summary>
    /// <param name="episodes">The stays.</param>
    /// <param name="prefixes">One prefix a row.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>n x 714, not standardized.</returns>
    public static SampleMatrix Summarize(EpisodeStore episodes, ReadOnlyMemory<PrefixSample> prefixes, CancellationToken cancellation)
    {
        var rows = SampleMatrix.Create(prefixes.Length, HourlySummary.FeatureCount);
        Parallel.For(
            0,
            (prefixes.Length + PrefixesAtATime - 1) / PrefixesAtATime,
            new ParallelOptions { CancellationToken = cancellation },
            () => new HourlySummary(episodes),
            (part, _, summary) =>
            {
                var end = Math.Min(prefixes.Length, (part + 1) * PrefixesAtATime);
                for (var row = part * PrefixesAtATime; row < end; row++)
                    summary.Write(prefixes.Span[row], rows.GetWritableRow(row));
                return summary;
            },
            static _ => { });
        return rows;
    }

    /// <summary>Replaces every value by its z-score; constant columns become 0.</summary>
    /// <param name="rows">A matrix with memory of its own.</param>
    /// <param name="scaler">Means and deviations of the reference.</param>
    /// <param name="cancellation">Stops the work, half done.</param>
    public static void Standardize(SampleMatrix rows, FeatureScaler scaler, CancellationToken cancellation)
    {
        // In place: a row is copied onto itself, then scaled.
        var scaled = scaler.Transform(rows);
        Parallel.For(0L, rows.RowCount, new ParallelOptions { CancellationToken = cancellation }, row => scaled.CopyRow(row, rows.GetWritableRow(row)));
    }
}
