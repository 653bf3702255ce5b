using Engine.Data;
using Engine.Numerics;
using Engine.Numerics.Codes;

namespace Engine.Compute.Search;

/// <summary>Rows in leaves of 64, with codes that tell which of them may be near a query: bounds discard, the canonical distance decides.</summary>
internal abstract class LeafFilter : IDisposable
{
    /// <summary>Rows in a leaf.</summary>
    public const int RowsPerLeaf = LeafKernel.RowsPerLeaf;

    protected LeafFilter(SampleMatrix rows, NativeBuffer<int> order)
    {
        Rows = rows;
        Order = order;
    }

    /// <summary>Gets the matrix that the rows lie in.</summary>
    public SampleMatrix Rows { get; }

    /// <summary>Gets the row in each place, leaf after leaf.</summary>
    public NativeBuffer<int> Order { get; }

    /// <summary>Gets the number of leaves.</summary>
    public long LeafCount => (Order.Length + RowsPerLeaf - 1) / RowsPerLeaf;

    /// <summary>Returns the places of a leaf that hold a row, a bit each.</summary>
    public ulong PlacesOf(long leaf)
    {
        var rows = Order.Length - (leaf * RowsPerLeaf);
        return rows >= RowsPerLeaf ? ulong.MaxValue : (1UL << (int)rows) - 1;
    }

    /// <summary>Creates the codes of a tile of queries; one a thread.</summary>
    public abstract QueryTile CreateTile(SampleMatrix queries);

    /// <summary>Orders queries so that those of a tile lie close together.</summary>
    public abstract NativeBuffer<int> OrderQueries(SampleMatrix queries, ParallelOptions options);

    /// <inheritdoc/>
    public virtual void Dispose() => Order.Dispose();
}
