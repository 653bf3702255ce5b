using Engine.Compute;
using Engine.Data;

namespace Engine.Neighbors;

/// <summary>How to search. Nothing in <see cref="Compute"/> changes a result.</summary>
public sealed record NeighborOptions
{
    /// <summary>Gets whether the queries are the reference rows themselves, so that query i must not find row i.</summary>
    public bool ExcludeSelf { get; init; }

    /// <summary>Gets the reference rows that may be found in this search; null, the default, for all that the search was built on.</summary>
    public RowMask? Among { get; init; }

    /// <summary>Gets how the search may use the machine.</summary>
    public ComputeOptions Compute { get; init; } = ComputeOptions.Default;
}
