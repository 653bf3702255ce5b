using Engine.Compute;

namespace Engine.Neighbors;

/// <summary>How to search. Nothing here but <see cref="ExcludeSelf"/> changes a result.</summary>
public sealed record NeighborOptions
{
    /// <summary>Gets whether the queries are the reference rows themselves, so that query i must not find row i.</summary>
    public bool ExcludeSelf { get; init; }

    /// <summary>Gets how the search may use the machine.</summary>
    public ComputeOptions Compute { get; init; } = ComputeOptions.Default;
}
