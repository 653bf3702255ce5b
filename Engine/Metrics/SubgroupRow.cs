namespace Engine.Metrics;

/// <summary>One line of a <see cref="SubgroupTable"/>.</summary>
/// <param name="Group">The name of the group.</param>
/// <param name="Metrics">The metrics over its rows.</param>
public sealed record SubgroupRow(string Group, MetricSet Metrics);
