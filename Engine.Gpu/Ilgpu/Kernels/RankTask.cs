using ILGPU;

namespace Engine.Gpu.Ilgpu.Kernels;

/// <summary>The pairs of a step, and the k nearest rows so far of each query of a batch.</summary>
internal struct RankTask
{
    /// <summary>Padded queries, one every <see cref="Stride"/> elements.</summary>
    public ArrayView<float> Queries;

    /// <summary>Padded rows of the slab.</summary>
    public ArrayView<float> Rows;

    /// <summary>Query x 2^32 + row of the slab, in any order.</summary>
    public ArrayView<long> Pairs;

    /// <summary>Receives the canonical distance of each pair.</summary>
    public ArrayView<float> PairDistances;

    /// <summary>Receives for each pair another one of the same query; -1 for none.</summary>
    public ArrayView<int> NextPairs;

    /// <summary>For each query one of its pairs, from which the others follow; -1 for none, as it is left.</summary>
    public ArrayView<int> FirstPairs;

    /// <summary>For each query a row that it must not find; -1 for none.</summary>
    public ArrayView<long> Excluded;

    /// <summary>Query by query, the rows found, ordered by (distance, row).</summary>
    public ArrayView<long> Found;

    /// <summary>Their distances.</summary>
    public ArrayView<float> Distances;

    /// <summary>How many rows each query has found.</summary>
    public ArrayView<int> Counts;

    /// <summary>Receives for each query the distance above which no row matters.</summary>
    public ArrayView<float> Limits;

    /// <summary>For each query how many pairs were ranked.</summary>
    public ArrayView<int> RankedPairs;

    /// <summary>The first row of the slab, counted among all.</summary>
    public long FirstRow;

    public int PairCount;
    public int QueryCount;
    public int NeighborCount;
    public int Stride;
}
