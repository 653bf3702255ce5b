using Engine.Compute;
using Engine.Data;
using Engine.Numerics.Distances;
using Engine.Tests.Support;

namespace Engine.Tests.Compute;

/// <content>Nearest row of each group.</content>
public abstract partial class ComputeBackendContract
{
    [Theory]
    [MemberData(nameof(Metrics))]
    public void FindNearestOfGroups_EveryLength_EqualsOneSearchAGroup(Metric metric)
    {
        foreach (var length in Lengths)
        {
            var groups = Enumerable.Range(0, 9).Select(row => row < 4 ? 0b01UL : 0b11UL).ToArray();
            AssertNearestOfGroups(Tables.Normal(9, length, (ulong)length), metric, groups, 2, Tables.Normal(2, length, 1000 + (ulong)length));
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(256, 64)]
    [InlineData(257, 65)]
    [InlineData(513, 300)]
    public void FindNearestOfGroups_TiesAroundBlockAndTileBorders_EqualsOneSearchAGroup(int rowCount, int queryCount)
    {
        // Group 0 holds all, group 1 every third row, group 2 the last row only; the others are never read.
        var groups = Enumerable.Range(0, rowCount)
            .Select(row => 1UL | (row % 3 == 0 ? 2UL : 0) | (row == rowCount - 1 ? 4UL : 0))
            .ToArray();
        foreach (var metric in new[] { Metric.L1, Metric.SquaredL2 })
            AssertNearestOfGroups(Tables.Integers(rowCount, 3, 3, 11), metric, groups, 3, Tables.Integers(queryCount, 3, 3, 12));
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void FindNearestOfGroups_SixtyFourGroups_EqualsOneSearchAGroup(Metric metric)
    {
        var groups = Enumerable.Range(0, 300).Select(row => 1UL << (row % 64)).ToArray();
        AssertNearestOfGroups(Tables.Integers(300, 5, 4, 13), metric, groups, 64, Tables.Integers(5, 5, 4, 14));
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void FindNearestOfGroups_AllRowsEqual_LowestIndexOfTheGroupWins(Metric metric)
    {
        var groups = Enumerable.Range(0, 600).Select(row => row < 300 ? 1UL : 2UL).ToArray();
        var (indices, distances) = FindOfGroups(SampleMatrix.Create(600, 2), metric, groups, 2, SampleMatrix.Create(1, 2));
        Assert.Equal([0, 300], indices);
        Assert.Equal([0, 0], distances);
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void FindNearestOfGroups_EveryDistanceOverflows_StillNamesARowOfTheGroup(Metric metric)
    {
        var reference = SampleMatrix.Create(300, 2);
        for (var row = 0; row < 300; row++)
            reference.GetWritableRow(row).Fill(-Huge);
        var groups = Enumerable.Range(0, 300).Select(row => row < 270 ? 1UL : 2UL).ToArray();
        var (indices, distances) = FindOfGroups(reference, metric, groups, 2, Tables.From([[Huge, Huge]]));
        Assert.Equal([0, 270], indices);
        Assert.Equal([float.PositiveInfinity, float.PositiveInfinity], distances);
    }

    [Fact]
    public void FindNearestOfGroups_InfiniteDistanceFirst_FiniteOneReplacesIt()
    {
        var (indices, distances) = FindOfGroups(Tables.From([[-Huge], [1]]), Metric.L1, [1, 1], 1, Tables.From([[Huge], [3]]));
        Assert.Equal([1, 1], indices);
        Assert.Equal([Huge, 2], distances);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void FindNearestOfGroups_AnyNumberOfThreads_SameBits(int threads)
    {
        var (reference, queries) = (Tables.Normal(520, 19, 15), Tables.Normal(200, 19, 16));
        var groups = Enumerable.Range(0, 520).Select(row => row % 2 == 0 ? 1UL : 3UL).ToArray();
        var expected = FindOfGroups(reference, Metric.L1, groups, 2, queries);
        var actual = FindOfGroups(reference, Metric.L1, groups, 2, queries, new ComputeOptions { MaxDegreeOfParallelism = threads });
        Assert.Equal(expected.Indices, actual.Indices);
        Assert.Equal(expected.Distances, actual.Distances);
    }

    [Fact]
    public void FindNearestOfGroups_Cancelled_Throws() =>
        Assert.ThrowsAny<OperationCanceledException>(() => FindOfGroups(Tables.Normal(3, 2, 17), Metric.L1, [1, 1, 1], 1, Tables.Normal(3, 2, 18), Cancelled));

    private (long[] Indices, float[] Distances) FindOfGroups(
        SampleMatrix reference, Metric metric, ulong[] groupsOfRow, int groupCount, SampleMatrix queries, ComputeOptions? options = null)
    {
        using var index = Index(reference, metric);
        return FindOfGroups(index, groupsOfRow, groupCount, queries, options);
    }

    private void AssertNearestOfGroups(SampleMatrix reference, Metric metric, ulong[] groupsOfRow, int groupCount, SampleMatrix queries)
    {
        using var index = Index(reference, metric);
        AssertNearestOfGroups(index, groupsOfRow, groupCount, queries);
    }
}
