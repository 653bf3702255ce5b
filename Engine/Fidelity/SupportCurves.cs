using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;
using Engine.Neighbors;
using Engine.Numerics.Distances;

namespace Engine.Fidelity;

/// <summary>Alpha-precision and beta-recall: whether synthetic rows lie where real ones do, and real ones where synthetic ones do.</summary>
/// <remarks>
/// <para><b>Computes</b>, in L2 over the rows as they are given (encoded rows, without a learned embedding), with c the mean of the real rows, s that of the synthetic ones, and quantiles interpolated linearly:</para>
/// <code>
/// precision(a) = share of synthetic rows within the a-quantile of |real - c| of c
/// recall(b)    = share of real rows whose nearest synthetic row y is at most as far as their nearest other real row,
///                and within the b-quantile, over real rows, of |y - s|, of s
/// score        = 1 - 2 x sum |curve(a) - a| x step over a = 0, 1/29, ..., 1
/// </code>
/// <para>A score of 1 is best; by the width of the last step it can fall below 0.</para>
/// <para><b>Source</b>: Alaa, van Breugel, Saveliev, van der Schaar: How faithful is your synthetic data? ICML 2022, in the form of its authors' public code.</para>
/// </remarks>
public sealed record SupportCurves
{
    /// <summary>The number of points of a curve.</summary>
    public const int PointCount = 30;

    /// <summary>Gets the points, 0 to 1.</summary>
    public required ReadOnlyMemory<double> Levels { get; init; }

    /// <summary>Gets the alpha-precision at each of <see cref="Levels"/>; the diagonal is best.</summary>
    public required ReadOnlyMemory<double> Precision { get; init; }

    /// <summary>Gets the beta-recall at each of <see cref="Levels"/>; the diagonal is best.</summary>
    public required ReadOnlyMemory<double> Recall { get; init; }

    /// <summary>Gets the integrated alpha-precision, 1 at best.</summary>
    public double PrecisionScore => ScoreOf(Precision.Span, Levels.Span);

    /// <summary>Gets the integrated beta-recall, 1 at best.</summary>
    public double RecallScore => ScoreOf(Recall.Span, Levels.Span);

    /// <summary>Measures encoded rows.</summary>
    /// <param name="real">n x p, finite, two rows at least.</param>
    /// <param name="synthetic">m x p, finite, one row at least.</param>
    /// <param name="compute">How to use the machine; no bit of the result depends on it.</param>
    /// <returns>The curves.</returns>
    /// <exception cref="ArgumentException">Shapes disagree, a value is not finite, or there are too few rows.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    /// <remarks><b>Cost</b>: an exact search of every real row among the synthetic ones, and one among the real ones that ends where one is nearer than what was found; float32 distances decide which is.</remarks>
    public static SupportCurves Compute(SampleMatrix real, SampleMatrix synthetic, ComputeOptions? compute = null)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(synthetic);
        if (real.RowCount < 2 || synthetic.RowCount < 1)
            Throw.Argument_Invalid(real.RowCount < 2 ? nameof(real) : nameof(synthetic), $"there are {real.RowCount:N0} real and {synthetic.RowCount:N0} synthetic rows; two and one are needed.");
        compute ??= ComputeOptions.Default;
        var parallel = compute.ToParallelOptions();
        var (nearest, isCovered) = FindCovered(real, synthetic, compute);
        var realCenter = CenterOf(real, parallel);
        var syntheticCenter = CenterOf(synthetic, parallel);
        var levels = new double[PointCount];
        for (var point = 0; point < PointCount; point++)
            levels[point] = (double)point / (PointCount - 1);

        var radii = Quantiles(RowDistances.ToPoint(real, realCenter, parallel), levels);
        var fromCenter = RowDistances.ToPoint(synthetic, realCenter, parallel);
        var ofSynthetic = RowDistances.ToPoint(synthetic, syntheticCenter, parallel);
        var ofNearest = Array.ConvertAll(nearest, row => ofSynthetic[row]);
        var nearestRadii = Quantiles(ofNearest, levels);
        var (precision, recall) = (new double[PointCount], new double[PointCount]);
        for (var point = 0; point < PointCount; point++)
        {
            precision[point] = (double)fromCenter.Count(distance => distance <= radii[point]) / fromCenter.Length;
            var covered = 0;
            for (var row = 0; row < isCovered.Length; row++)
                covered += isCovered[row] && ofNearest[row] <= nearestRadii[point] ? 1 : 0;
            recall[point] = (double)covered / isCovered.Length;
        }

        return new SupportCurves { Levels = levels, Precision = precision, Recall = recall };
    }

    /// <summary>Finds the nearest synthetic row of every real row, and whether no other real row is nearer.</summary>
    private static (long[] Nearest, bool[] IsCovered) FindCovered(SampleMatrix real, SampleMatrix synthetic, ComputeOptions compute)
    {
        var options = new NeighborIndexOptions { Compute = compute };
        long[] nearest;
        double[] squares;
        using (var among = NearestNeighbors.Build(synthetic, Metric.SquaredL2, options))
            (nearest, squares, _) = among.SearchWide(real, 1, new NeighborOptions { Compute = compute });
        // One nearer row answers the question, and the distance to beat is known: far less than a search for the nearest real row.
        var (self, open) = (new long[nearest.Length], new int[nearest.Length]);
        for (var row = 0; row < self.Length; row++)
            (self[row], open[row]) = (row, 1);
        using var others = NearestNeighbors.Build(real, Metric.SquaredL2, options);
        others.CountNearer(real, self, squares, new long[nearest.Length], open, compute);
        return (nearest, Array.ConvertAll(open, static left => left == 1));
    }

    private static double[] CenterOf(SampleMatrix rows, ParallelOptions options)
    {
        var moments = ColumnMoments.Of(rows, [.. Enumerable.Range(0, rows.FeatureCount)], options);
        return [.. Enumerable.Range(0, rows.FeatureCount).Select(moments.MeanOf)];
    }

    private static double[] Quantiles(double[] values, double[] levels)
    {
        var sorted = (double[])values.Clone();
        Array.Sort(sorted);
        return Array.ConvertAll(levels, level =>
        {
            var place = level * (sorted.Length - 1);
            var below = (int)place;
            return below + 1 < sorted.Length ? sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below])) : sorted[^1];
        });
    }

    private static double ScoreOf(ReadOnlySpan<double> curve, ReadOnlySpan<double> levels)
    {
        var sum = 0.0;
        for (var point = 0; point < curve.Length; point++)
            sum += Math.Abs(curve[point] - levels[point]);
        return 1 - (2 * sum * (levels[1] - levels[0]));
    }
}
