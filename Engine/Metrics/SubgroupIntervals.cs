namespace Engine.Metrics;

/// <summary>The bootstrap intervals of one group.</summary>
/// <param name="Group">The name of the group.</param>
/// <param name="Table">The intervals over its rows.</param>
public sealed record SubgroupIntervals(string Group, BootstrapTable Table);
