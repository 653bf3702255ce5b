using Bench.Comparisons.Arrays;
using Bench.Comparisons.Checks;
using Engine.Data;
using Engine.Numerics.Distances;
using Engine.Resampling;

namespace Bench.Comparisons.Resampling.Checks;

/// <summary>As many rows are made from each minority row.</summary>
/// <remarks>
/// <b>Ties</b>: counts of a row may differ where its k-th and next nearest rows are equally far, to <see cref="TrueDistance.TieTolerance"/> in double precision, or where
/// another row has the same values: imbalanced-learn leaves out the first neighbor, the engine the row itself. One such row changes the sum that all counts are
/// divided by, so that others may then differ by one.
/// </remarks>
/// <param name="neighborCount">k.</param>
internal sealed class SameCounts(int neighborCount)
{
    /// <inheritdoc/>
    public CheckResult Run(LabeledSamples rows, ResamplingPlan plan, long[] found, CancellationToken cancellation)
    {
        const string What = "counts of base rows beside imbalanced-learn's";
        var minority = rows.MinorityRows;
        if (found.Length != minority.Length)
            return CheckResult.Of(What, minority.Length, $"it has {found.Length} counts for {minority.Length} rows");
        var counts = new long[minority.Length];
        foreach (var made in plan.Synthetic)
            counts[Array.BinarySearch(minority, made.Row)]++;
        int[] differing = [.. Enumerable.Range(0, counts.Length).Where(place => counts[place] != found[place])];
        // Ties change a count by a share of the neighbors, far more than one; only where no count differs by more may one of these be a tie.
        int[] large = [.. differing.Where(place => Math.Abs(counts[place] - found[place]) > 1)];
        int[] suspects = large.Length > 0 ? large : differing;
        var tied = suspects.Where(place => IsTied(rows, minority[place], cancellation)).ToHashSet();
        int[] wrong = [.. (tied.Count > 0 ? large : differing).Where(place => !tied.Contains(place))];
        return new CheckResult(
            What,
            minority.Length,
            differing.Length - wrong.Length,
            wrong.Length,
            wrong.Length == 0 ? null : $"row {minority[wrong[0]]} makes {counts[wrong[0]]} rows, there {found[wrong[0]]}");
    }

    private bool IsTied(LabeledSamples rows, long row, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var arrays = new CaseArrays(rows.Rows, rows.Rows.SelectRows(new[] { row }).Copy(), [row]);
        var nearest = new TrueDistance(Metric.L2).NearestTo(arrays, 0, neighborCount + 1);
        return nearest[0] == 0 || nearest[^1] <= nearest[^2] * (1 + TrueDistance.TieTolerance);
    }
}
