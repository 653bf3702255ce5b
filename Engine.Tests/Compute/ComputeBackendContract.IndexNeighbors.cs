using System.Collections.Concurrent;
using Engine.Compute;
using Engine.Data;
using Engine.Numerics.Distances;
using Engine.Tests.Support;

namespace Engine.Tests.Compute;

/// <content>One index, many searches.</content>
public abstract partial class ComputeBackendContract
{
    [Theory]
    [MemberData(nameof(Metrics))]
    public void IndexNeighbors_SeveralSearches_NoneDisturbsAnother(Metric metric)
    {
        var samples = Tables.Of(DataKind.LowRank, 400, 24, 71);
        using var index = Index(samples, metric);
        for (var repeat = 0; repeat < 2; repeat++)
        {
            AssertNearest(index, new NeighborRequest(samples, 3, ExcludeSelf: true), everyQuery: 29);
            AssertNearest(index, new NeighborRequest(Tables.Of(DataKind.LowRank, 9, 24, 72), 1, Among: RowMask.From(400, static row => row % 7 == 0)));
            AssertWithin(index, new RadiusRequest(Tables.Of(DataKind.LowRank, 9, 24, 73), 2));
            AssertNearest(index, new NeighborRequest(Tables.Of(DataKind.LowRank, 130, 24, 74), 11), everyQuery: 29);
        }
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void IndexNeighbors_SeveralThreadsAtOnce_EachAsIfAlone(Metric metric)
    {
        var samples = Tables.Of(DataKind.Clusters, 500, 24, 75);
        using var index = Index(samples, metric);
        var requests = Enumerable.Range(1, 8).Select(k => new NeighborRequest(Tables.Of(DataKind.Clusters, 20 * k, 24, (ulong)k), k)).ToArray();
        var expected = requests.Select(request => Find(index, request)).ToArray();
        var actual = new (long[] Indices, float[] Distances)[requests.Length];
        Parallel.For(0, requests.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i => actual[i] = Find(index, requests[i]));
        for (var i = 0; i < requests.Length; i++)
        {
            Assert.Equal(expected[i].Indices, actual[i].Indices);
            Assert.Equal(expected[i].Distances, actual[i].Distances);
        }
    }

    [Fact]
    public void IndexNeighbors_AnyReference_IsNamedAgain()
    {
        var samples = Tables.Normal(5, 3, 76);
        using var index = Index(samples, Metric.SquaredL2);
        Assert.Same(samples, index.Reference);
        Assert.Equal(Metric.SquaredL2, index.Metric);
        Assert.Null(index.Rows);
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void IndexNeighbors_Cancelled_Throws(Metric metric) =>
        Assert.ThrowsAny<OperationCanceledException>(() => Index(Tables.Normal(2000, 24, 77), metric, null, Cancelled));

    [Theory]
    [MemberData(nameof(Metrics))]
    public void FindNearest_NoQueries_FindsNothing(Metric metric)
    {
        using var index = Index(Tables.Normal(5, 3, 78), metric);
        Assert.Empty(Find(index, new NeighborRequest(SampleMatrix.Create(0, 3), 2)).Indices);
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void FindNearest_Progress_EndsWithTheNumberOfQueries(Metric metric)
    {
        var told = new ConcurrentBag<long>();
        var options = new ComputeOptions { Progress = new Told(told.Add) };
        Find(Tables.Normal(100, 3, 79), metric, new NeighborRequest(Tables.Normal(150, 3, 80), 2), options);
        Assert.Equal(150, told.Max());
    }

    /// <summary>Unlike Progress of the library, tells at once and on the thread that reports.</summary>
    private sealed class Told(Action<long> tell) : IProgress<long>
    {
        public void Report(long value) => tell(value);
    }
}
