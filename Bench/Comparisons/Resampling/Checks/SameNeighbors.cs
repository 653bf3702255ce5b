using Bench.Comparisons.Arrays;
using Bench.Comparisons.Checks;
using Engine.Data;
using Engine.Numerics.Distances;
using Engine.Resampling;

namespace Bench.Comparisons.Resampling.Checks;

/// <summary>Every made row lies on the segment from a minority row to a neighbor that imbalanced-learn lists for it.</summary>
/// <remarks><b>Ties</b>: a neighbor that is not listed may be no farther than the last one listed, to <see cref="TrueDistance.TieTolerance"/> in double precision.</remarks>
/// <param name="neighborCount">k.</param>
internal sealed class SameNeighbors(int neighborCount)
{
    /// <inheritdoc/>
    public CheckResult Run(LabeledSamples rows, ResamplingPlan plan, long[] found, CancellationToken cancellation)
    {
        const string What = "segments of made rows beside imbalanced-learn's neighbors";
        var minority = rows.MinorityRows;
        if (found.Length != minority.Length * neighborCount || found.Any(place => place < 0 || place >= minority.Length))
            return CheckResult.Of(What, plan.Synthetic.Length, $"it lists {found.Length} neighbors for {minority.Length} rows");
        var made = plan.SyntheticRows(rows.Rows);
        var scratch = new float[made.BlockScratchLength];
        var (ties, wrong, first) = (0L, 0L, (string?)null);
        for (long blockIndex = 0; blockIndex < made.BlockCount; blockIndex++)
        {
            cancellation.ThrowIfCancellationRequested();
            var block = made.ReadBlock(blockIndex, scratch);
            for (var i = 0; i < block.RowCount; i++)
            {
                var drawn = plan.Synthetic[(int)block.FirstRow + i];
                var (difference, isTie) = Compare(rows, minority, drawn, found);
                difference ??= Segment.DifferenceOf(rows, drawn, block.Row(i));
                first ??= difference;
                wrong += difference is null ? 0 : 1;
                ties += isTie ? 1 : 0;
            }
        }

        return new CheckResult(What, plan.Synthetic.Length, ties, wrong, first);
    }

    private (string? Difference, bool IsTie) Compare(LabeledSamples rows, long[] minority, SyntheticRow drawn, long[] found)
    {
        var (place, neighbor) = (Array.BinarySearch(minority, drawn.Row), Array.BinarySearch(minority, drawn.Neighbor));
        if (place < 0 || neighbor < 0)
            return ($"a row is made of rows {drawn.Row} and {drawn.Neighbor}, not both of the minority", false);
        var listed = found.AsSpan(place * neighborCount, neighborCount);
        if (listed.Contains(neighbor))
            return (null, false);
        var farthest = 0.0;
        foreach (var other in listed)
            farthest = Math.Max(farthest, Distance(rows.Rows, drawn.Row, minority[other]));
        return Distance(rows.Rows, drawn.Row, drawn.Neighbor) <= farthest * (1 + TrueDistance.TieTolerance)
            ? (null, true)
            : ($"row {drawn.Neighbor} is no listed neighbor of row {drawn.Row}", false);
    }

    private static double Distance(SampleMatrix samples, long first, long second) =>
        new TrueDistance(Metric.L2).Between(TrueDistance.RowOf(samples, first), TrueDistance.RowOf(samples, second));
}
