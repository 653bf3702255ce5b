using Engine.Compute;
using Engine.Data;

namespace Engine.Neighbors;

/// <summary>What to search and how to measure it; fixed when the search is built.</summary>
public sealed record NeighborIndexOptions
{
    /// <summary>Gets the reference rows that may be found, such as those of class 1; null, the default, for all. No row is copied, and indices stay those of the reference.</summary>
    /// <remarks>Faster than <see cref="NeighborOptions.Among"/> for a set of rows that is searched more than once: only they are prepared.</remarks>
    public RowMask? Rows { get; init; }

    /// <summary>Gets a weight a feature, finite and 0 or more; empty, the default, for 1.</summary>
    /// <remarks>Distances are those of rows whose columns were multiplied, in float32, by the weight (L1) or its root (L2): sum w |x - y|, sum w (x - y)².</remarks>
    public ReadOnlyMemory<float> FeatureWeights { get; init; }

    /// <summary>Gets how the preparation may use the machine, and what prepares and searches.</summary>
    public ComputeOptions Compute { get; init; } = ComputeOptions.Default;
}
