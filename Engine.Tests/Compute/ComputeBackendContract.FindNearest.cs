using Engine.Compute;
using Engine.Data;
using Engine.Numerics.Distances;
using Engine.Tests.Support;

namespace Engine.Tests.Compute;

/// <content>k nearest rows.</content>
public abstract partial class ComputeBackendContract
{
    [Theory]
    [MemberData(nameof(Metrics))]
    public void FindNearest_EveryLength_EqualsTheFullSort(Metric metric)
    {
        // Nine rows: two groups of four and a single one.
        foreach (var length in Lengths)
            AssertNearest(Tables.Normal(9, length, (ulong)length), metric, new NeighborRequest(Tables.Normal(2, length, 1000 + (ulong)length), 4));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(63, 5)]
    [InlineData(64, 3)]
    [InlineData(65, 4)]
    [InlineData(255, 63)]
    [InlineData(256, 64)]
    [InlineData(257, 65)]
    [InlineData(513, 300)]
    public void FindNearest_AroundBlockAndTileBorders_EqualsTheFullSort(int rowCount, int queryCount)
    {
        // Three values in three columns: ties everywhere, also across borders.
        var (reference, queries) = (Tables.Integers(rowCount, 3, 3, 1), Tables.Integers(queryCount, 3, 3, 2));
        foreach (var metric in new[] { Metric.L1, Metric.SquaredL2 })
        {
            foreach (var k in new[] { 1, Math.Min(5, rowCount) })
                AssertNearest(reference, metric, new NeighborRequest(queries, k));
        }
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void FindNearest_AsManyNeighborsAsRows_ReturnsEveryRowOnce(Metric metric)
    {
        var reference = Tables.Integers(300, 5, 2, 3);
        AssertNearest(reference, metric, new NeighborRequest(Tables.Integers(3, 5, 2, 4), 300));
        AssertNearest(reference, metric, new NeighborRequest(reference, 299, ExcludeSelf: true));
    }

    [Fact]
    public void FindNearest_OneRow_IsEveryQuerysNeighbor()
    {
        var (indices, distances) = Find(Tables.From([[1, 2]]), Metric.L2, new NeighborRequest(Tables.From([[1, 2], [4, 6]]), 1));
        Assert.Equal([0, 0], indices);
        Assert.Equal([0, 5], distances);
    }

    [Fact]
    public void FindNearest_AllRowsEqual_LowestIndicesWin()
    {
        var reference = SampleMatrix.Create(600, 7);
        var (indices, distances) = Find(reference, Metric.L1, new NeighborRequest(SampleMatrix.Create(2, 7), 3));
        Assert.Equal([0, 1, 2, 0, 1, 2], indices);
        Assert.All(distances, distance => Assert.Equal(0, distance));
    }

    [Fact]
    public void FindNearest_SelfExcludedAmongDuplicates_IsExcludedByIndexOnly()
    {
        var samples = SampleMatrix.Create(600, 7);
        var (indices, _) = Find(samples, Metric.L2, new NeighborRequest(samples, 2, ExcludeSelf: true));
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
        var (indices, distances) = Find(reference, metric, new NeighborRequest(Tables.From([[Huge, Huge]]), 4));
        Assert.Equal([280, 0, 1, 2], indices);
        Assert.Equal([0, float.PositiveInfinity, float.PositiveInfinity, float.PositiveInfinity], distances);
    }

    [Fact]
    public void FindNearest_RowsOfAView_EqualsTheFullSort()
    {
        var samples = Tables.Normal(400, 21, 5);
        var view = samples.SelectRows(Enumerable.Range(0, 300).Select(row => (long)(399 - row)).ToArray());
        AssertNearest(view, Metric.SquaredL2, new NeighborRequest(view.SelectRows(new long[] { 299, 0, 0, 17 }), 6));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void FindNearest_AnyNumberOfThreads_SameBits(int threads)
    {
        var (reference, request) = (Tables.Normal(520, 19, 6), new NeighborRequest(Tables.Normal(200, 19, 7), 5));
        var options = new ComputeOptions { MaxDegreeOfParallelism = threads };
        var (expected, actual) = (Find(reference, Metric.L2, request), Find(reference, Metric.L2, request, options));
        Assert.Equal(expected.Indices, actual.Indices);
        Assert.Equal(expected.Distances, actual.Distances);
    }

    [Fact]
    public void FindNearest_Cancelled_Throws()
    {
        var samples = Tables.Normal(10, 3, 8);
        using var index = Index(samples, Metric.L1);
        Assert.ThrowsAny<OperationCanceledException>(() => Find(index, new NeighborRequest(samples, 1, ExcludeSelf: true), Cancelled));
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void FindNearest_FirstColumnsAloneAtTheLimit_RowsFurtherByTheOthersComeLater(Metric metric)
    {
        // Zeros and ones: what the first 256 of many columns come to is often the distance of the last neighbor so far, to the bit; the others add too little for a filter.
        using SampleMatrix reference = Tables.Integers(400, 270, 2, 64), queries = Tables.Integers(40, 270, 2, 65);
        foreach (var samples in new[] { reference, queries })
        {
            for (var row = 0; row < samples.RowCount; row++)
            {
                foreach (ref var value in samples.GetWritableRow(row)[256..])
                    value *= 1e-3f;
            }
        }

        using var index = Index(reference, metric);
        AssertNearest(index, new NeighborRequest(queries, 40));
    }
}
