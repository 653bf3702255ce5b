namespace Engine.Compute;

/// <summary>What L2 differences are multiplied by, in float32, before their squares are summed: a power of two, so that rows of any size can be told apart.</summary>
/// <remarks>
/// <para>Squares of differences above 2^64 overflow, those below 2^-63 lose digits and below 2^-75 become 0. A search of ordinary scale says nothing of the order of such rows;
/// <c>NearestNeighbors</c> then asks again, for the queries that it concerns, at another scale (docs/numerics.md, Wide distances).</para>
/// <para>At a scale that is not ordinary, an index ranks by the canonical sum of scaled squares, and distances are these sums, whatever the metric. L1 needs no scale.</para>
/// </remarks>
public enum DistanceScale
{
    /// <summary>(x - y)².</summary>
    Ordinary,

    /// <summary>(2^100 (x - y))²: rows that are very close; others are at infinity.</summary>
    Small,

    /// <summary>(2^-80 x - 2^-80 y)²: rows that are very far; others may be at 0.</summary>
    Large,
}
