using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;
using Engine.Metrics;
using Engine.Neighbors;
using Engine.Numerics.Distances;

namespace Engine.Fidelity;

/// <summary>Near-copy detection: how close synthetic rows come to the real rows they were made from, beside how close other real rows do.</summary>
/// <remarks>
/// <para><b>No measure of privacy</b>: rows far from every real one can still give away who was among them ("The DCR Delusion", arXiv 2505.01524), which
/// <see cref="DensityRatioAttack"/> tries. What is found here is copying.</para>
/// <para><b>Computes</b>, in L1 over the rows as they are given: the distance d1 of every row to the closest training row (distance to closest record) and the ratio d1 / d2 with
/// the second closest (nearest-neighbor distance ratio; 1 where both are 0). The baseline is that of rows held out of the training, or else that of every training row to the closest other.</para>
/// <para><b>Source</b>: Zhao et al., CTAB-GAN, 2021 (both distances); DCRBaselineProtection and DCROverfittingProtection of SDMetrics (holdout); median ratio of SynthEval.</para>
/// </remarks>
public sealed record ClosestRecords
{
    /// <summary>Gets the distances of synthetic rows to the closest training row.</summary>
    public required DistanceSummary Synthetic { get; init; }

    /// <summary>Gets the baseline: of held-out rows to the closest training row, or without any, of training rows to the closest other.</summary>
    public required DistanceSummary Baseline { get; init; }

    /// <summary>Gets whether the baseline is that of held-out rows.</summary>
    public required bool HasHoldout { get; init; }

    /// <summary>Gets the median distance of synthetic rows over that of the baseline; 1 where both are 0, undefined where only the baseline's is.</summary>
    public required FidelityScore MedianRatio { get; init; }

    /// <summary>Gets the share of synthetic rows that are closer than the 5 % quantile of the baseline; about .05 says that they are as close as other rows are.</summary>
    public required double CloserShare { get; init; }

    /// <summary>Gets the mean nearest-neighbor distance ratio of synthetic rows, 0 to 1; undefined with one training row.</summary>
    public required FidelityScore NearestDistanceRatio { get; init; }

    /// <summary>Gets the mean nearest-neighbor distance ratio of the baseline rows.</summary>
    public required FidelityScore BaselineDistanceRatio { get; init; }

    /// <summary>Gets how many synthetic rows are nearer to the closest training row than to the closest held-out one; null without held-out rows.</summary>
    public SuccessRate? NearerToTraining { get; init; }

    /// <summary>Gets how many synthetic rows are equally near to both; 0 without held-out rows.</summary>
    public long EquallyNear { get; init; }

    /// <summary>Gets the share of synthetic rows that would be nearer to training rows if those were like held-out ones: training rows / all; null without held-out rows.</summary>
    public double? ExpectedShare { get; init; }

    /// <summary>Measures encoded rows.</summary>
    /// <param name="synthetic">m x p, finite, at least one row.</param>
    /// <param name="training">n x p real rows that the synthetic ones were made from, finite, at least two rows.</param>
    /// <param name="holdout">h x p real rows that played no part in making them, finite; null where there are none.</param>
    /// <param name="confidence">Of the interval, above 0, below 1.</param>
    /// <param name="compute">How to use the machine; no bit of the result depends on it.</param>
    /// <returns>The distances.</returns>
    /// <exception cref="ArgumentException">Shapes disagree, a value is not finite, or there are too few rows.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="confidence"/> is outside its range.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    /// <remarks><b>Cost</b>: an exact search of the synthetic and one of the baseline rows, and with held-out rows a third that ends where one is near enough; float32 distances decide which row is nearer. Memory: up to half as much as the rows that are searched, and about 60 bytes a searching row.</remarks>
    public static ClosestRecords Compute(SampleMatrix synthetic, SampleMatrix training, SampleMatrix? holdout = null, double confidence = .95, ComputeOptions? compute = null)
    {
        ArgumentNullException.ThrowIfNull(synthetic);
        ArgumentNullException.ThrowIfNull(training);
        MetricArguments.CheckConfidence(confidence);
        if (synthetic.RowCount == 0)
            Throw.Argument_Invalid(nameof(synthetic), "synthetic has no rows; near copies are looked for among one at least.");
        if (training.RowCount < 2)
            Throw.Argument_Invalid(nameof(training), $"training has {training.RowCount:N0} rows; near copies are looked for beside two at least.");
        if (holdout is { RowCount: 0 })
            Throw.Argument_Invalid(nameof(holdout), "holdout has no rows; pass null for no held-out rows.");
        compute ??= ComputeOptions.Default;
        float[] ranked;
        double[] distances, baseline;
        FidelityScore ratio, baselineRatio;
        using (var index = NearestNeighbors.Build(training, Metric.L1, new NeighborIndexOptions { Compute = compute }))
        {
            (ranked, distances, ratio) = Search(index, training, synthetic, isSelf: false, compute);
            (_, baseline, baselineRatio) = Search(index, training, holdout ?? training, isSelf: holdout is null, compute);
        }

        var (ofSynthetic, ofBaseline) = (DistanceSummary.OfWide(distances), DistanceSummary.OfWide(baseline));
        var result = new ClosestRecords
        {
            Synthetic = ofSynthetic,
            Baseline = ofBaseline,
            HasHoldout = holdout is not null,
            MedianRatio = RatioOf(ofSynthetic.Median, ofBaseline.Median),
            CloserShare = (double)distances.Count(distance => distance < ofBaseline.Quantile05) / distances.Length,
            NearestDistanceRatio = ratio,
            BaselineDistanceRatio = baselineRatio,
        };
        if (holdout is null)
            return result;
        using var heldOut = compute.Backend.IndexNeighbors(holdout, Metric.L1, null, compute);
        // One held-out row that is as near answers the question, and how near that is is known: far less than a search for the nearest one.
        var asNear = WhereReached(heldOut, synthetic, ranked, long.MaxValue, compute);
        var nearer = WhereReached(heldOut, synthetic.SelectRows(asNear), Array.ConvertAll(asNear, row => ranked[row]), 0, compute);
        return result with
        {
            NearerToTraining = SuccessRate.Of(ranked.Length, ranked.Length - asNear.Length, confidence),
            EquallyNear = asNear.Length - nearer.Length,
            ExpectedShare = (double)training.RowCount / (training.RowCount + holdout.RowCount),
        };
    }

    private static FidelityScore RatioOf(double synthetic, double baseline) => baseline > 0
        ? FidelityScore.Of(synthetic / baseline)
        : synthetic == 0 ? FidelityScore.Of(1) : FidelityScore.Undefined("more than half of the baseline rows equal a training row, and fewer of the synthetic ones do");

    /// <summary>Lists the queries that have a row within their limit: at it too, where it is that of the last row, but not where it is that of the first.</summary>
    private static long[] WhereReached(INeighborIndex index, SampleMatrix queries, float[] limits, long limitRow, ComputeOptions compute)
    {
        var (none, rows, open) = (new long[limits.Length], new long[limits.Length], new int[limits.Length]);
        Array.Fill(none, -1);
        Array.Fill(rows, limitRow);
        Array.Fill(open, 1);
        index.CountNearer(new NearerRequest(queries, none, limits, rows), open, compute);
        return [.. Enumerable.Range(0, open.Length).Where(row => open[row] == 0).Select(static row => (long)row)];
    }

    private static (float[] Ranked, double[] Distances, FidelityScore Ratio) Search(
        NearestNeighbors index, SampleMatrix training, SampleMatrix queries, bool isSelf, ComputeOptions compute)
    {
        var perQuery = training.RowCount > (isSelf ? 2 : 1) ? 2 : 1;
        var (_, ranked, distances) = RowDistances.Find(index, training, queries, perQuery, isSelf, compute);
        if (perQuery == 1)
            return (ranked, distances, FidelityScore.Undefined("there is no second training row to be near to"));
        var (first, nearest, sum) = (new double[distances.Length / 2], new float[distances.Length / 2], 0.0);
        for (var row = 0; row < first.Length; row++)
        {
            var (near, far) = (distances[2 * row], distances[(2 * row) + 1]);
            (first[row], nearest[row]) = (near, ranked[2 * row]);
            // Float32 ranks two rows that are almost equally near; their distances in double may be the other way round.
            sum += far == 0 ? 1 : Math.Min(near / far, 1);
        }

        return (nearest, first, FidelityScore.Of(sum / first.Length));
    }
}
