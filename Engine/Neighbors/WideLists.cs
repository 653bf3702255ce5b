using Engine.Compute;
using Engine.Numerics.Distances;

namespace Engine.Neighbors;

/// <summary>Lists of nearest rows in the caller's memory, with room for wide distances beside those of float32.</summary>
internal readonly ref struct WideLists(int neighborCount, Span<long> indices, Span<float> distances, Span<double> squares, Metric metric)
{
    /// <summary>Gets k.</summary>
    public int NeighborCount { get; } = neighborCount;

    /// <summary>Gets the rows, m x k.</summary>
    public Span<long> Indices { get; } = indices;

    /// <summary>Gets the distances in the unit of the metric, m x k.</summary>
    public Span<float> Distances { get; } = distances;

    /// <summary>Gets the wide squared distances, m x k; empty where they are not wanted.</summary>
    public Span<double> Squares { get; } = squares;

    /// <summary>Returns the rows of a query.</summary>
    public Span<long> RowsOf(long query) => Indices.Slice((int)query * NeighborCount, NeighborCount);

    /// <summary>Counts the rows of a query before the first at infinity.</summary>
    public int CountFinite(long query)
    {
        var infinite = Distances.Slice((int)query * NeighborCount, NeighborCount).IndexOf(float.PositiveInfinity);
        return infinite < 0 ? NeighborCount : infinite;
    }

    /// <summary>Puts a row in a place of a list.</summary>
    public void Set(long query, int place, long row, double square)
    {
        var entry = ((int)query * NeighborCount) + place;
        Indices[entry] = row;
        Distances[entry] = WideDistance.ToUnit(metric, square);
        if (!Squares.IsEmpty)
            Squares[entry] = square;
    }
}
