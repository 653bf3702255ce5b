namespace Engine.Metrics;

/// <summary>What every group's predictions came to in each replicate of a <see cref="Bootstrap"/>, all groups on the same draws: intervals of whatever compares groups.</summary>
/// <example><code>
/// var replicates = bootstrap.Replicate(scores, labels, groups, patients);
/// replicates.Estimate(counts => Fairness.TryCompare(metric, counts[black], counts[white], out var value) ? value : null)
/// </code></example>
public sealed class SubgroupReplicates
{
    private readonly double _confidence;
    private readonly ConfusionCounts[][] _replicates;

    internal SubgroupReplicates(IReadOnlyList<string> groups, double confidence, ConfusionCounts[] counts, ConfusionCounts[][] replicates) =>
        (Groups, _confidence, Counts, _replicates) = (groups, confidence, counts, replicates);

    /// <summary>Gets the names of the groups.</summary>
    public IReadOnlyList<string> Groups { get; }

    /// <summary>Gets the counts of each group over the rows themselves.</summary>
    public IReadOnlyList<ConfusionCounts> Counts { get; }

    /// <summary>Gets the counts of each group in each replicate: replicates x groups.</summary>
    public IReadOnlyList<IReadOnlyList<ConfusionCounts>> Replicates => _replicates;

    /// <summary>Estimates a statistic of the groups.</summary>
    /// <param name="statistic">Gives it from the counts of each group, in the order of <see cref="Groups"/>; null where it is undefined.</param>
    /// <returns>Its value over the rows with its percentile interval; null where it is undefined over the rows, or defined in fewer than two replicates.</returns>
    public MetricInterval? Estimate(Func<IReadOnlyList<ConfusionCounts>, double?> statistic)
    {
        ArgumentNullException.ThrowIfNull(statistic);
        return BootstrapTable.ToInterval(statistic(Counts), [.. _replicates.Select(statistic).OfType<double>()], _replicates.Length, _confidence);
    }
}
