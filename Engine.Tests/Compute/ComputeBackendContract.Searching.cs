using Engine.Compute;
using Engine.Data;
using Engine.Numerics.Distances;
using Engine.Tests.Support;

namespace Engine.Tests.Compute;

/// <content>Runs searches, and compares each with the slow one by bits.</content>
public abstract partial class ComputeBackendContract
{
    private const float Huge = 3e38f;

    public static TheoryData<Metric> Metrics => [Metric.L1, Metric.L2, Metric.SquaredL2];

    private INeighborIndex Index(SampleMatrix reference, Metric metric, RowMask? rows = null, ComputeOptions? options = null) =>
        Backend.IndexNeighbors(reference, metric, rows, options ?? ComputeOptions.Default);

    private (long[] Indices, float[] Distances) Find(SampleMatrix reference, Metric metric, NeighborRequest request, ComputeOptions? options = null)
    {
        using var index = Index(reference, metric, null, options);
        return Find(index, request, options);
    }

    private static (long[] Indices, float[] Distances) Find(INeighborIndex index, NeighborRequest request, ComputeOptions? options = null)
    {
        // What lies in the caller's memory before must not matter.
        var indices = Enumerable.Repeat(-7L, (int)request.Queries.RowCount * request.NeighborCount).ToArray();
        var distances = Enumerable.Repeat(-7f, indices.Length).ToArray();
        index.FindNearest(request, indices, distances, options ?? ComputeOptions.Default);
        return (indices, distances);
    }

    private static (long Index, float Distance)[][] FindWithin(INeighborIndex index, RadiusRequest request, ComputeOptions? options = null)
    {
        var found = new (long Index, float Distance)[request.Queries.RowCount][];
        index.FindWithin(request, Keep, options ?? ComputeOptions.Default);
        return found;

        void Keep(long query, ReadOnlySpan<long> indices, ReadOnlySpan<float> distances)
        {
            var rows = indices.ToArray().Zip(distances.ToArray()).ToArray();
            // Told once, or a second answer would hide the first.
            Assert.Null(Interlocked.Exchange(ref found[query], rows));
        }
    }

    private void AssertNearest(SampleMatrix reference, Metric metric, NeighborRequest request)
    {
        using var index = Index(reference, metric);
        AssertNearest(index, request);
    }

    /// <summary>Compares a search with the slow one; of many queries only every so many, for the slow one's sake.</summary>
    private static void AssertNearest(INeighborIndex index, NeighborRequest request, int everyQuery = 1)
    {
        var (k, (indices, distances)) = (request.NeighborCount, Find(index, request));
        for (var query = 0; query < request.Queries.RowCount; query += everyQuery)
        {
            var mayBeFound = MayBeFound(index, request.Among, request.ExcludeSelf ? query : -1);
            var expected = ReferenceSearch.Nearest(index.Metric, index.Reference, request.Queries.Row(query), k, mayBeFound);
            Assert.Equal(expected, indices.Skip(query * k).Take(k).Zip(distances.Skip(query * k)));
        }
    }

    private static void AssertWithin(INeighborIndex index, RadiusRequest request, int everyQuery = 1)
    {
        var found = FindWithin(index, request);
        for (var query = 0; query < request.Queries.RowCount; query += everyQuery)
        {
            var mayBeFound = MayBeFound(index, request.Among, request.ExcludeSelf ? query : -1);
            Assert.Equal(ReferenceSearch.Within(index.Metric, index.Reference, request.Queries.Row(query), request.Radius, mayBeFound), found[query]);
        }
    }

    private static Func<int, bool> MayBeFound(INeighborIndex index, RowMask? among, int self) =>
        row => row != self && (index.Rows is null || index.Rows[row]) && (among is null || among[row]);
}
