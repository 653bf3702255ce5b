namespace Engine.Logistic;

/// <summary>Which rows go together, for <see cref="LogisticFit.RobustErrors"/>. By default none do: HC1.</summary>
public sealed record RobustOptions
{
    /// <summary>Gets the cluster of each row, such as its patient or stay, as any number; every row by itself when empty.</summary>
    public ReadOnlyMemory<int> Clusters { get; init; }

    /// <summary>Gets the cluster of each row by another way that crosses the first, such as its hospital beside its month; empty for one way.</summary>
    public ReadOnlyMemory<int> CrossedClusters { get; init; }

    /// <summary>Gets the factor of the variances; by two ways each of the three sums has its own.</summary>
    public SmallSampleFactor Factor { get; init; } = SmallSampleFactor.ClustersAndCoefficients;

    /// <summary>
    /// Gets whether a weight, or what a plan repeats, is a number of rows that differ in nothing, each observed by itself; default false: a row is one observation, however much it weighs.
    /// It decides what n is, and without clusters whether a row adds its weight or the square of it.
    /// </summary>
    public bool HasCountsAsWeights { get; init; }
}
