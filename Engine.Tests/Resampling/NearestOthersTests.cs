using System.Collections.Concurrent;
using Engine.Compute;
using Engine.Data;
using Engine.Neighbors;
using Engine.Numerics.Distances;
using Engine.Resampling;
using Engine.Tests.Numerics;
using Engine.Tests.Support;

namespace Engine.Tests.Resampling;

public sealed class NearestOthersTests
{
    [Theory]
    [MemberData(nameof(SmallProblems.All), MemberType = typeof(SmallProblems))]
    public void Find_OneIndexOrThree_EqualsTheSearchOfAllRowsForThemselves(DataKind kind, int featureCount)
    {
        var (samples, _) = SmallProblems.Of(kind, featureCount);
        var rows = Enumerable.Range(0, 150).Select(row => (long)row).ToArray();
        foreach (var k in new[] { 1, 3, 80, 149 })
        {
            var expected = NearestNeighbors.Build(samples, Metric.SquaredL2).SearchSelf(k).Indices.ToArray();
            // An index a row is slow, and the same for any k.
            foreach (var rowsPerIndex in k == 3 ? [1, 149, 150] : new[] { 50, 149, 150 })
                Assert.Equal(expected, NearestOthers.Find(samples, RowMask.All(150), rows, k, ComputeOptions.Default, rowsPerIndex));
        }
    }

    [Fact]
    public void Find_AmongSomeRows_FindsOnlyThose()
    {
        var (samples, labels) = SmallProblems.Of(DataKind.SmallIntegers, 3);
        var (majority, minority) = (labels.ToMask(0), labels.ToMask(1).ToRows());
        var expected = NearestNeighbors.Build(samples, Metric.SquaredL2, new() { Rows = majority }).Search(samples.SelectRows(minority), 7).Indices.ToArray();
        foreach (var rowsPerIndex in new[] { 2, 1000 })
            Assert.Equal(expected, NearestOthers.Find(samples, majority, minority, 7, ComputeOptions.Default, rowsPerIndex));
    }

    [Theory]
    [MemberData(nameof(SmallProblems.All), MemberType = typeof(SmallProblems))]
    public void CountNearer_ALimitThatIsANeighbor_CountsTheNeighborsBefore(DataKind kind, int featureCount)
    {
        var (samples, _) = SmallProblems.Of(kind, featureCount);
        var rows = Enumerable.Range(0, 150).Select(row => (long)row).ToArray();
        foreach (var place in new[] { 1, 4, 149 })
        {
            var limits = NearestOthers.FindLast(samples, RowMask.All(150), rows, place, ComputeOptions.Default);
            foreach (var rowsPerIndex in new[] { 2, 149, 150 })
            {
                var needed = Enumerable.Repeat(100, 150).ToArray();
                NearestOthers.CountNearer(samples, RowMask.All(150), rows, limits, needed, ComputeOptions.Default, rowsPerIndex);
                Assert.All(needed, left => Assert.Equal(Math.Max(0, 100 - (place - 1)), left));
            }
        }
    }

    [Theory]
    [MemberData(nameof(SmallProblems.All), MemberType = typeof(SmallProblems))]
    public void BoundLast_OneIndexOrThree_NeverComesBeforeTheLast(DataKind kind, int featureCount)
    {
        var (samples, labels) = SmallProblems.Of(kind, featureCount);
        var among = labels.ToMask(0);
        var rows = among.ToRows();
        foreach (var k in new[] { 1, 3, 60 })
        {
            var last = NearestOthers.FindLast(samples, among, rows, k, ComputeOptions.Default);
            foreach (var rowsPerIndex in new[] { 30, 149 })
            {
                var bounds = NearestOthers.BoundLast(samples, among, k, ComputeOptions.Default, rowsPerIndex);
                for (var i = 0; i < rows.Length; i++)
                {
                    var (bound, exact) = ((bounds.Squares[i], bounds.Rows[i]), (last.Squares[i], last.Rows[i]));
                    Assert.True(bound.CompareTo(exact) >= 0, $"row {rows[i]}, k = {k}: {bound} comes before {exact}");
                    // Two leaves hold all rows of an index of all; equal rows are left to the exact search.
                    if (rowsPerIndex == 149)
                        Assert.Equal(exact.Item1 > 0 ? exact : (double.PositiveInfinity, 0), bound);
                    else if (double.IsFinite(bound.Item1))
                        Assert.Equal(bound.Item1, ReferenceDistance.Wide(samples.Row(rows[i]), samples.Row(bound.Item2)));
                }
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void BoundLast_ManyLeaves_IsMostlyTheLastAndNeverBefore(int threads)
    {
        var samples = Tables.Of(DataKind.LowRank, 6000, 12, 93);
        var (all, compute) = (RowMask.All(6000), new ComputeOptions { MaxDegreeOfParallelism = threads });
        var last = NearestOthers.FindLast(samples, all, all.ToRows(), 3, compute);
        foreach (var rowsPerIndex in new[] { 2000, 6000 })
        {
            var bounds = NearestOthers.BoundLast(samples, all, 3, compute, rowsPerIndex);
            Assert.DoesNotContain(Enumerable.Range(0, 6000), i => (bounds.Squares[i], bounds.Rows[i]).CompareTo((last.Squares[i], last.Rows[i])) < 0);
            Assert.InRange(Enumerable.Range(0, 6000).Count(i => bounds.Rows[i] == last.Rows[i]), 3600, 5999);
        }
    }

    [Fact]
    public void Find_NoRowSearches_ReturnsNothing() =>
        Assert.Empty(NearestOthers.Find(Tables.Normal(9, 2, 1), RowMask.All(9), [], 1, ComputeOptions.Default));

    [Fact]
    public void Find_MoreRowsThanABatch_SameAsInOne()
    {
        var samples = Tables.Integers(70_000, 2, 200, 91);
        var rows = Enumerable.Range(0, 70_000).Select(row => (long)row).ToArray();
        var expected = NearestNeighbors.Build(samples, Metric.SquaredL2).SearchSelf(2).Indices.ToArray();
        Assert.Equal(expected, NearestOthers.Find(samples, RowMask.All(70_000), rows, 2, ComputeOptions.Default));
    }

    [Fact]
    public void Find_Progress_CountsTheQueriesOfAllSearches()
    {
        var reports = new ConcurrentBag<long>();
        var compute = new ComputeOptions { Progress = new Reports(reports.Add) };
        NearestOthers.Find(Tables.Normal(60, 2, 92), RowMask.All(60), [.. Enumerable.Range(0, 60).Select(row => (long)row)], 3, compute, rowsPerIndex: 40);
        Assert.Equal(180, reports.Max());
    }

    private sealed class Reports(Action<long> report) : IProgress<long>
    {
        public void Report(long value) => report(value);
    }
}
