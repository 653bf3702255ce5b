using ILGPU;

namespace Engine.Gpu.Ilgpu.Kernels;

/// <summary>One comparison of a batch of queries with some rows of a slab.</summary>
internal struct FilterTask
{
    /// <summary>Centered queries, one every element of <see cref="QueryPitch"/>: element i of all queries, then element i + 1.</summary>
    public ArrayView<float> Queries;

    /// <summary>One number a query: see <see cref="IFilterTerm.Bound"/>.</summary>
    public ArrayView<float> QueryShares;

    /// <summary>One threshold a query: a pair whose bound is above it cannot matter.</summary>
    public ArrayView<float> Thresholds;

    /// <summary>Centered rows of the slab, laid out as <see cref="Queries"/>.</summary>
    public ArrayView<float> Rows;

    /// <summary>One number a row.</summary>
    public ArrayView<float> RowShares;

    /// <summary>One number a row: 1 where it may be found, else 0.</summary>
    public ArrayView<int> MayBeFound;

    /// <summary>Receives the pairs that remain, in any order: query x 2^32 + row of the slab.</summary>
    public ArrayView<long> Pairs;

    /// <summary>One number, which receives how many pairs remain; those beyond the room of <see cref="Pairs"/> are not kept.</summary>
    public ArrayView<long> PairCount;

    public int QueryCount;
    public int QueryPitch;
    public int FirstRow;
    public int RowCount;
    public int RowPitch;
    public int Stride;
}
