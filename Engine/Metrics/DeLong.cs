using System.Numerics;
using CommunityToolkit.HighPerformance.Buffers;
using Engine.Data;
using Engine.Diagnostics;
using Engine.Numerics;

namespace Engine.Metrics;

/// <summary>Standard errors of areas under ROC curves, and the comparison of two models on the same rows, without any assumption on the scores.</summary>
/// <remarks>
/// <para><b>Computes</b> V10, the share of class 0 that a row of class 1 outranks, and V01, the share of class 1 that outranks a row of class 0, ties half. The area is the mean of either;
/// its variance is S10 / P + S01 / N with S the sample variances over the P rows of class 1 and the N rows of class 0, and covariances of two models likewise.
/// Intervals are estimate -+ z x standard error, cut at the ends of the range.</para>
/// <para><b>Ties</b>: exact. <b>Weights</b>: none; a variance counts independent rows, which a weight is not.</para>
/// <para><b>Undefined</b> unless each class has two rows. With few rows of a class, or an area near 1, normal intervals are too short: prefer <see cref="Bootstrap"/> there.
/// Rows are taken to be independent; hours of one stay are not, and intervals over them are too short.</para>
/// <para><b>Error</b>: areas and variances are computed in whole numbers and rounded a few times at the end, at most 1e-15 relative; against pairs counted one by one in the tests.</para>
/// <para><b>Determinism</b>: row order and thread count change no bit.</para>
/// <para><b>Cost</b>: one radix sort a model, then one walk a group.</para>
/// <para><b>Source</b>: DeLong, DeLong, Clarke-Pearson, "Comparing the areas under two or more correlated receiver operating characteristic curves", Biometrics 44 (1988);
/// ranks instead of pairs as in Sun, Xu, IEEE Signal Processing Letters 21 (2014).</para>
/// </remarks>
public static class DeLong
{
    /// <summary>Estimates the area of one model.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="scores">n scores; any number but NaN.</param>
    /// <param name="labels">n labels.</param>
    /// <param name="estimate">Area, standard error and interval.</param>
    /// <param name="confidence">Above 0, below 1.</param>
    /// <returns>False unless each class has two rows.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or a score is NaN.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="confidence"/> is not between 0 and 1.</exception>
    public static bool TryEstimate<T>(ReadOnlySpan<T> scores, Labels labels, out AurocEstimate estimate, double confidence = .95)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var curve = RankingCurve.From(scores, labels);
        return TryEstimate(curve, out estimate, confidence);
    }

    /// <summary>Estimates the area under a curve.</summary>
    /// <param name="curve">A curve of unweighted rows, such as one of <see cref="SubgroupCurves"/>.</param>
    /// <param name="estimate">Area, standard error and interval.</param>
    /// <param name="confidence">Above 0, below 1.</param>
    /// <returns>False unless each class has two rows.</returns>
    /// <exception cref="ArgumentException">The curve has weights.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="confidence"/> is not between 0 and 1.</exception>
    public static bool TryEstimate(RankingCurve curve, out AurocEstimate estimate, double confidence = .95)
    {
        ArgumentNullException.ThrowIfNull(curve);
        MetricArguments.CheckConfidence(confidence);
        if (curve.HasWeights)
            Throw.Argument_Invalid(nameof(curve), "the curve has weights, and DeLong's variance counts independent rows; read a curve without weights.");
        var placements = Placements.Of(curve);
        estimate = placements.HasVariance ? placements.EstimateFirst(confidence) : default;
        return placements.HasVariance;
    }

    /// <summary>Estimates the area of one model in every group, from one sort.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="scores">n scores; any number but NaN.</param>
    /// <param name="labels">n labels.</param>
    /// <param name="groups">Groups over the n rows.</param>
    /// <param name="confidence">Above 0, below 1.</param>
    /// <returns>One entry a group, in their order; null unless the group has two rows of each class.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or a score is NaN.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="confidence"/> is not between 0 and 1.</exception>
    public static IReadOnlyList<SubgroupValue<AurocEstimate>> Estimate<T>(ReadOnlySpan<T> scores, Labels labels, Subgroups groups, double confidence = .95)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var curves = SubgroupCurves.Sort(scores, labels, groups);
        var estimates = new List<SubgroupValue<AurocEstimate>>(groups.Names.Count);
        foreach (var name in groups.Names)
        {
            using var curve = curves.Read(name);
            estimates.Add(new(name, TryEstimate(curve, out var estimate, confidence) ? estimate : null));
        }

        return estimates;
    }

    /// <summary>Compares two models on the same rows.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="first">n scores of the first model; any number but NaN.</param>
    /// <param name="second">n scores of the second model; any number but NaN.</param>
    /// <param name="labels">n labels.</param>
    /// <param name="comparison">Both areas and their difference, first - second.</param>
    /// <param name="confidence">Above 0, below 1.</param>
    /// <returns>False unless each class has two rows.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or a score is NaN.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="confidence"/> is not between 0 and 1.</exception>
    public static bool TryCompare<T>(
        ReadOnlySpan<T> first, ReadOnlySpan<T> second, Labels labels, out AurocComparison comparison, double confidence = .95)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(labels);
        var everyone = new Subgroups(labels.Count);
        everyone.Add("all", RowMask.All(labels.Count));
        var result = Compare(first, second, labels, everyone, confidence)[0].Value;
        comparison = result.GetValueOrDefault();
        return result.HasValue;
    }

    /// <summary>Compares two models on the same rows, in every group, from one sort a model.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="first">n scores of the first model; any number but NaN.</param>
    /// <param name="second">n scores of the second model; any number but NaN.</param>
    /// <param name="labels">n labels.</param>
    /// <param name="groups">Groups over the n rows.</param>
    /// <param name="confidence">Above 0, below 1.</param>
    /// <param name="maxThreadCount">1 or more, or -1 for as many as there are processors; the results are the same for every value.</param>
    /// <returns>One entry a group, in their order; null unless the group has two rows of each class.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or a score is NaN.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="confidence"/> is not between 0 and 1, or <paramref name="maxThreadCount"/> is 0 or below -1.</exception>
    public static IReadOnlyList<SubgroupValue<AurocComparison>> Compare<T>(
        ReadOnlySpan<T> first, ReadOnlySpan<T> second, Labels labels, Subgroups groups, double confidence = .95, int maxThreadCount = -1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(labels);
        MetricArguments.CheckLabels(first, labels.Values);
        MetricArguments.CheckPair(first, second);
        MetricArguments.CheckGroups(first, groups);
        MetricArguments.CheckConfidence(confidence);
        var options = MetricArguments.ToOptions(maxThreadCount);

        using var firstRanking = ScoreRanking.Sort(first, labels.Values, default, MetricArguments.ThreadsOf(options));
        using var secondRanking = ScoreRanking.Sort(second, labels.Values, default, MetricArguments.ThreadsOf(options));
        var results = new SubgroupValue<AurocComparison>[groups.Names.Count];
        ParallelLoop.For(0, results.Length, options, index =>
        {
            var name = groups.Names[index];
            var mask = groups[name];
            using var firstPlacements = SpanOwner<uint>.Allocate(labels.Count);
            using var secondPlacements = SpanOwner<uint>.Allocate(labels.Count);
            var positiveCount = mask.And(labels.ToMask(1)).Count;
            Placements.Place(firstRanking, mask, positiveCount, firstPlacements.Span);
            Placements.Place(secondRanking, mask, positiveCount, secondPlacements.Span);
            var placements = Placements.Of(firstPlacements.Span, secondPlacements.Span, labels.Values, mask);
            results[index] = new(name, placements.HasVariance ? placements.Compare(confidence) : null);
        });
        return results;
    }
}
