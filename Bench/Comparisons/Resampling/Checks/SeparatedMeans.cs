using System.Globalization;
using Bench.Comparisons.Arrays;
using Bench.Comparisons.Checks;
using Engine.Data;
using Engine.Numerics.Distances;
using Engine.Resampling;

namespace Bench.Comparisons.Resampling.Checks;

/// <summary>Of some majority rows, no kept one has a worse mean distance in double precision, to k minority rows, than one that left.</summary>
/// <param name="NeighborCount">k.</param>
/// <param name="KeepsNearest">Whether small means are better, or large ones.</param>
/// <param name="IsToFarthest">Whether the mean is to the farthest minority rows, or to the nearest.</param>
internal sealed record SeparatedMeans(int NeighborCount, bool KeepsNearest, bool IsToFarthest)
{
    private const int MostRows = 200;

    /// <inheritdoc/>
    public CheckResult Run(LabeledSamples rows, ResamplingPlan plan, CancellationToken cancellation)
    {
        var minority = rows.Rows.SelectRows(rows.MinorityRows).Copy();
        var byKept = rows.MajorityRows.ToLookup(row => plan.MultiplicityOf((int)row) == 1);
        long[] kept = [.. byKept[true]], left = [.. byKept[false]];
        kept = [.. EvenlySpread.Of(kept.Length, MostRows).Select(place => kept[place])];
        left = [.. EvenlySpread.Of(left.Length, MostRows).Select(place => left[place])];
        if (kept.Length == 0 || left.Length == 0)
            return CheckResult.Of(What, 0, null);
        var (keptMeans, leftMeans) = (MeansOf(rows, minority, kept, cancellation), MeansOf(rows, minority, left, cancellation));
        var (worst, best) = KeepsNearest ? (keptMeans.Max(), leftMeans.Min()) : (-keptMeans.Min(), -leftMeans.Max());
        return CheckResult.Of(
            What,
            kept.Length + left.Length,
            worst <= best + (TrueDistance.TieTolerance * Math.Abs(best))
                ? null
                : string.Create(CultureInfo.InvariantCulture, $"a row at {Math.Abs(worst):R} stayed while one at {Math.Abs(best):R} left"));
    }

    private static string What => "kept rows have the better means";

    private double[] MeansOf(LabeledSamples rows, SampleMatrix minority, long[] chosen, CancellationToken cancellation)
    {
        var arrays = new CaseArrays(minority, rows.Rows.SelectRows(chosen).Copy());
        var truth = new TrueDistance(Metric.L2);
        var means = new double[chosen.Length];
        Parallel.For(0, chosen.Length, new ParallelOptions { CancellationToken = cancellation }, i =>
            means[i] = (IsToFarthest ? truth.FarthestFrom(arrays, i, NeighborCount) : truth.NearestTo(arrays, i, NeighborCount)).Average());
        return means;
    }
}
