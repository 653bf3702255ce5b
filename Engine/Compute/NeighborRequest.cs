using Engine.Data;

namespace Engine.Compute;

/// <summary>A search of an index for nearest rows, checked: shapes agree, values are finite, enough rows exist.</summary>
/// <param name="Queries">The searching rows, m x p.</param>
/// <param name="NeighborCount">k, the number of neighbors of each query, 1 or more.</param>
/// <param name="ExcludeSelf">Whether query i is row i of the reference and must not find itself.</param>
/// <param name="Among">The rows of the reference that may be found; null for all that the index holds.</param>
public sealed record NeighborRequest(SampleMatrix Queries, int NeighborCount, bool ExcludeSelf = false, RowMask? Among = null)
{
    /// <summary>Gets for each query a row of the reference that it must not find; empty, the default, for none.</summary>
    public ReadOnlyMemory<long> Excluded { get; init; }

    /// <summary>Gets for each query a distance, L2 squared, beyond which no row matters, such as that of the last of k rows known from elsewhere; infinite for none, empty, the default, for none at all.</summary>
    /// <remarks>Rows beyond it may be left out: places of a list without a row hold row -1 at infinity.</remarks>
    public ReadOnlyMemory<float> Limits { get; init; }

    /// <summary>Gets whether rows nearer than those found may be missed, so that the k rows bound the nearest from above, in less time; only where the queries are the rows of the index, in their order.</summary>
    public bool MayMissNearer { get; init; }

    /// <summary>Gets what L2 differences are multiplied by; distances are then sums of scaled squares.</summary>
    public DistanceScale Scale { get; init; }
}
