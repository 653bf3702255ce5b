using System.Numerics;
using Engine.Data;

namespace Engine.Metrics;

/// <summary>Computes every metric of every subgroup from one sort of the scores.</summary>
public static class SubgroupMetrics
{
    /// <summary>Computes the table of all groups.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="scores">n scores; any number but NaN, also in rows of no group. A row is predicted 1 when its score is <paramref name="threshold"/> or more.</param>
    /// <param name="labels">n labels.</param>
    /// <param name="groups">Groups over the n rows; a row may be in several.</param>
    /// <param name="threshold">Any number but NaN.</param>
    /// <param name="combination">How the dual-class divergence joins those of the two classes.</param>
    /// <param name="maxThreadCount">1 or more, or -1 for as many as there are processors; the table is the same for every value.</param>
    /// <returns>One row a group, in the order of <paramref name="groups"/>; an empty group has 0 rows and nulls.</returns>
    /// <exception cref="ArgumentException">Scores, labels and groups speak of different numbers of rows, or a score is NaN.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threshold"/> is NaN, or <paramref name="maxThreadCount"/> is 0 or below -1.</exception>
    /// <remarks>
    /// <para><b>Determinism</b>: one thread walks all rows of a group in the shared order, so the number of threads cannot change a bit.</para>
    /// <para><b>Cost</b>: one radix sort, then one walk over the n rows for each thread; up to 34 rented bytes a row plus 16 a row of class 1 for each group.</para>
    /// </remarks>
    public static SubgroupTable Compute<T>(
        ReadOnlySpan<T> scores,
        Labels labels,
        Subgroups groups,
        double threshold = .5,
        DivergenceCombination combination = DivergenceCombination.Sum,
        int maxThreadCount = -1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(labels);
        MetricArguments.CheckLabels(scores, labels.Values);
        MetricArguments.CheckGroups(scores, groups);
        threshold = MetricArguments.ToThreshold<T>(threshold);
        var options = MetricArguments.ToOptions(maxThreadCount);

        using var ranking = ScoreRanking.Sort(scores, labels.Values, default, MetricArguments.ThreadsOf(options));
        var metrics = SubgroupWalk.Measure(ranking, [.. groups.Names.Select(name => groups[name])], threshold, combination, options);
        return new SubgroupTable([.. groups.Names.Zip(metrics, (name, values) => new SubgroupRow(name, values))]);
    }
}
