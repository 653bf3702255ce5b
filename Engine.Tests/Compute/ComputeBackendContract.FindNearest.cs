using Engine.Compute;
using Engine.Data;
using Engine.Numerics.Distances;
using Engine.Tests.Support;

namespace Engine.Tests.Compute;

/// <content>k nearest rows.</content>
public abstract partial class ComputeBackendContract
{
    private const float Huge = 3e38f;

    public static TheoryData<Metric> Metrics => [Metric.L1, Metric.L2, Metric.SquaredL2];

    [Theory]
    [MemberData(nameof(Metrics))]
    public void FindNearest_EveryLength_EqualsTheFullSort(Metric metric)
    {
        // Nine rows: two groups of four and a single one.
        for (var length = 1; length <= 257; length++)
            AssertNearest(new NeighborRequest(Tables.Normal(9, length, (ulong)length), Tables.Normal(2, length, 1000 + (ulong)length), metric, 4, ExcludeSelf: false));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(255, 63)]
    [InlineData(256, 64)]
    [InlineData(257, 65)]
    [InlineData(513, 300)]
    public void FindNearest_AroundBlockAndTileBorders_EqualsTheFullSort(int rowCount, int queryCount)
    {
        // Three values in three columns: ties everywhere, also across borders.
        var (reference, queries) = (Tables.Integers(rowCount, 3, 3, 1), Tables.Integers(queryCount, 3, 3, 2));
        foreach (var k in new[] { 1, Math.Min(5, rowCount) })
            AssertNearest(new NeighborRequest(reference, queries, Metric.L1, k, ExcludeSelf: false));
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void FindNearest_AsManyNeighborsAsRows_ReturnsEveryRowOnce(Metric metric)
    {
        var reference = Tables.Integers(300, 5, 2, 3);
        AssertNearest(new NeighborRequest(reference, Tables.Integers(3, 5, 2, 4), metric, 300, ExcludeSelf: false));
        AssertNearest(new NeighborRequest(reference, reference, metric, 299, ExcludeSelf: true));
    }

    [Fact]
    public void FindNearest_OneRow_IsEveryQuerysNeighbor()
    {
        var (indices, distances) = Find(new NeighborRequest(Tables.From([[1, 2]]), Tables.From([[1, 2], [4, 6]]), Metric.L2, 1, ExcludeSelf: false));
        Assert.Equal([0, 0], indices);
        Assert.Equal([0, 5], distances);
    }

    [Fact]
    public void FindNearest_AllRowsEqual_LowestIndicesWin()
    {
        var reference = SampleMatrix.Create(600, 7);
        var (indices, distances) = Find(new NeighborRequest(reference, SampleMatrix.Create(2, 7), Metric.L1, 3, ExcludeSelf: false));
        Assert.Equal([0, 1, 2, 0, 1, 2], indices);
        Assert.All(distances, distance => Assert.Equal(0, distance));
    }

    [Fact]
    public void FindNearest_SelfExcludedAmongDuplicates_IsExcludedByIndexOnly()
    {
        var samples = SampleMatrix.Create(600, 7);
        var (indices, _) = Find(new NeighborRequest(samples, samples, Metric.L2, 2, ExcludeSelf: true));
        for (var query = 0; query < 600; query++)
            Assert.Equal(query switch { 0 => [1, 2], 1 => [0, 2], _ => [0, 1] }, indices.AsSpan(query * 2, 2).ToArray());
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void FindNearest_DistanceOverflows_InfiniteOnesComeLastByIndex(Metric metric)
    {
        var reference = SampleMatrix.Create(300, 2);
        for (var row = 0; row < 300; row++)
            reference.GetWritableRow(row).Fill(row == 280 ? Huge : -Huge);
        var (indices, distances) = Find(new NeighborRequest(reference, Tables.From([[Huge, Huge]]), metric, 4, ExcludeSelf: false));
        Assert.Equal([280, 0, 1, 2], indices);
        Assert.Equal([0, float.PositiveInfinity, float.PositiveInfinity, float.PositiveInfinity], distances);
    }

    [Fact]
    public void FindNearest_RowsOfAView_EqualsTheFullSort()
    {
        var samples = Tables.Normal(400, 21, 5);
        var view = samples.SelectRows(Enumerable.Range(0, 300).Select(row => (long)(399 - row)).ToArray());
        AssertNearest(new NeighborRequest(view, view.SelectRows(new long[] { 299, 0, 0, 17 }), Metric.SquaredL2, 6, ExcludeSelf: false));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void FindNearest_AnyNumberOfThreads_SameBits(int threads)
    {
        var request = new NeighborRequest(Tables.Normal(520, 19, 6), Tables.Normal(200, 19, 7), Metric.L2, 5, ExcludeSelf: false);
        var (expected, actual) = (Find(request), Find(request, new ComputeOptions { MaxDegreeOfParallelism = threads }));
        Assert.Equal(expected.Indices, actual.Indices);
        Assert.Equal(expected.Distances, actual.Distances);
    }

    [Fact]
    public void FindNearest_Cancelled_Throws()
    {
        var samples = Tables.Normal(10, 3, 8);
        Assert.ThrowsAny<OperationCanceledException>(() => Find(new NeighborRequest(samples, samples, Metric.L1, 1, ExcludeSelf: true), Cancelled));
    }

    private (long[] Indices, float[] Distances) Find(NeighborRequest request, ComputeOptions? options = null)
    {
        // What lies in the caller's memory before must not matter.
        var indices = Enumerable.Repeat(-7L, (int)request.Queries.RowCount * request.NeighborCount).ToArray();
        var distances = Enumerable.Repeat(-7f, indices.Length).ToArray();
        Backend.FindNearest(request, indices, distances, options ?? ComputeOptions.Default);
        return (indices, distances);
    }

    private void AssertNearest(NeighborRequest request)
    {
        var (k, (indices, distances)) = (request.NeighborCount, Find(request));
        for (var query = 0; query < request.Queries.RowCount; query++)
        {
            var self = request.ExcludeSelf ? query : -1;
            var expected = ReferenceSearch.Nearest(request.Metric, request.Reference, request.Queries.Row(query), k, row => row != self);
            Assert.Equal(expected.Select(pair => pair.Index), indices.Skip(query * k).Take(k));
            Assert.Equal(expected.Select(pair => pair.Distance), distances.Skip(query * k).Take(k));
        }
    }
}
