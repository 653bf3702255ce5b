using Engine.Data;
using Engine.Numerics.Distances;

namespace Engine.Compute;

/// <summary>A search for nearest rows, checked: shapes agree, values are finite, enough rows exist.</summary>
/// <param name="Reference">The searched rows, n x p.</param>
/// <param name="Queries">The searching rows, m x p.</param>
/// <param name="Metric">The distance.</param>
/// <param name="NeighborCount">k, the number of neighbors of each query, 1 or more.</param>
/// <param name="ExcludeSelf">Whether query i is reference row i and must not find itself.</param>
public sealed record NeighborRequest(SampleMatrix Reference, SampleMatrix Queries, Metric Metric, int NeighborCount, bool ExcludeSelf);
