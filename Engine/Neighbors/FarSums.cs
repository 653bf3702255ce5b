using Engine.Compute;
using Engine.Data;
using Engine.Numerics.Distances;

namespace Engine.Neighbors;

/// <summary>Completes L1 searches where sums are too large for float32: searches again among the same rows, scaled by a power of two.</summary>
/// <remarks>Nothing is done for a query whose distances are all finite, but to look at the last of them. Reported is infinity, which is what float32 has for such a distance.</remarks>
internal static class FarSums
{
    // 2^22 features, each difference below 2^129: every sum is finite. What falls below the smallest float32 is nothing beside sums from 2^104 on.
    private const float Factor = 1f / (1 << 24);

    /// <summary>Returns all rows, scaled.</summary>
    public static SampleMatrix Scale(SampleMatrix rows)
    {
        var factors = new float[rows.FeatureCount];
        Array.Fill(factors, Factor);
        return rows.MultiplyColumns(factors);
    }

    /// <summary>Lists the queries whose lists hold a row at infinity.</summary>
    /// <param name="queryCount">The number of queries.</param>
    /// <param name="distances">As many distances a query.</param>
    public static long[] Find(long queryCount, ReadOnlySpan<float> distances)
    {
        // Looked for in one stroke: there are nearly always none.
        if (!distances.Contains(float.PositiveInfinity))
            return [];
        var (far, length) = (new List<long>(), (int)(distances.Length / queryCount));
        for (var query = 0; query < queryCount; query++)
        {
            if (distances.Slice(query * length, length).Contains(float.PositiveInfinity))
                far.Add(query);
        }

        return [.. far];
    }

    /// <summary>Orders the rows at infinity.</summary>
    /// <param name="index">What was searched.</param>
    /// <param name="backend">What prepared it.</param>
    /// <param name="request">The search.</param>
    /// <param name="indices">m x k rows, nearest first; those at infinity are replaced by the nearest of them.</param>
    /// <param name="distances">Their distances.</param>
    /// <param name="options">How to use the machine.</param>
    /// <returns>How much more work there was.</returns>
    public static SearchStatistics Complete(INeighborIndex index, IComputeBackend backend, NeighborRequest request, Span<long> indices, ReadOnlySpan<float> distances, ComputeOptions options)
    {
        var far = Find(request.Queries.RowCount, distances);
        if (far.Length == 0)
            return default;
        var (k, compute) = (request.NeighborCount, options with { Progress = null });
        using var scaled = SlabIndex.Build(backend, Scale(index.Reference), Metric.L1, index.Rows, compute);
        var (rows, sums) = (new long[far.LongLength * k], new float[far.LongLength * k]);
        var again = new NeighborRequest(Scale(request.Queries.SelectRows(far)), k, ExcludeSelf: false, request.Among)
        {
            // Query i is row i of the reference, whatever place it has among the far ones.
            Excluded = request.ExcludeSelf ? far : default(ReadOnlyMemory<long>),
        };
        var statistics = scaled.FindNearest(again, rows, sums, compute);
        for (var i = 0; i < far.Length; i++)
        {
            var list = indices.Slice((int)far[i] * k, k);
            // With fewer finite distances than places, every row that has one is in the list.
            var place = distances.Slice((int)far[i] * k, k).IndexOf(float.PositiveInfinity);
            var finite = list[..place].ToArray();
            for (var entry = i * k; place < k; entry++)
            {
                if (!finite.Contains(rows[entry]))
                    list[place++] = rows[entry];
            }
        }

        return new SearchStatistics(0, statistics.ComparedPairs, statistics.RankedPairs);
    }
}
