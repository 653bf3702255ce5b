using Bench.Comparisons.Arrays;
using Bench.Comparisons.Checks;
using Bench.Comparisons.Neighbors;
using Engine.Numerics.Distances;

namespace Engine.Tests.Bench.Comparisons.Neighbors;

public sealed class EqualityCheckTests
{
    // Rows 1 and 4 are equally far from query 0, on its two sides.
    private static readonly CaseArrays s_arrays = SmallArrays.OnALine([0, 3, 10, 20, 7], [5, 19]);

    [Theory]
    [InlineData(Metric.L1)]
    [InlineData(Metric.L2)]
    public void Run_RightNeighbors_Holds(Metric metric)
    {
        var arrays = new UniformRows(7).Make(new ArraySize(400, 250), new CohortShelf("absent"), TestContext.Current.CancellationToken);
        var result = Run(arrays, SmallArrays.Find(arrays, metric, 4), metric);
        Assert.True(result.Holds, result.FirstDifference);
        Assert.Equal(200, result.Checked);
        Assert.InRange(result.LargestError!.Value, 0, 1e-7);
    }

    [Theory]
    [InlineData(new long[] { 1, 4, 3, 2 })]
    [InlineData(new long[] { 4, 1, 3, 2 })]
    public void Run_RowsEquallyFarExchanged_Holds(long[] indices) => Assert.True(Run(s_arrays, new FoundNeighbors(2, indices, [2, 2, 1, 9])).Holds);

    [Theory]
    [InlineData(new long[] { 1, 2, 3, 2 }, new float[] { 2, 2, 1, 9 }, "query 0, neighbor 1: row 2 is at 5, the true neighbor at 2")]
    [InlineData(new long[] { 1, 4, 2, 3 }, new float[] { 2, 2, 9, 1 }, "query 1, neighbor 0: row 2 is at 9, the true neighbor at 1")]
    [InlineData(new long[] { 1, 1, 3, 2 }, new float[] { 2, 2, 1, 9 }, "query 0, neighbor 1: row 1 was found before")]
    [InlineData(new long[] { 1, -1, 3, 2 }, new float[] { 2, 2, 1, 9 }, "query 0, neighbor 1: -1 is no row")]
    [InlineData(new long[] { 1, 5, 3, 2 }, new float[] { 2, 2, 1, 9 }, "query 0, neighbor 1: 5 is no row")]
    [InlineData(new long[] { 1, 4, 3, 2 }, new float[] { 2, 2.1f, 1, 9 }, "query 0, neighbor 1: row 4 is reported at 2.1")]
    [InlineData(new long[] { 1, 4, 3, 2 }, new float[] { 2, float.NaN, 1, 9 }, "query 0, neighbor 1: row 4 is reported at NaN")]
    public void Run_WrongNeighbor_SaysWhichAndWhy(long[] indices, float[] distances, string difference)
    {
        var result = Run(s_arrays, new FoundNeighbors(2, indices, distances));
        Assert.False(result.Holds);
        Assert.Equal(1, result.Wrong);
        Assert.StartsWith(difference, result.FirstDifference, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_QueryFoundItself_IsWrong()
    {
        var arrays = SmallArrays.OnALine([0, 3, 10], [3], [1]);
        Assert.True(Run(arrays, new FoundNeighbors(1, [0], [3])).Holds);
        Assert.Equal("query 0, neighbor 0: the query itself", Run(arrays, new FoundNeighbors(1, [1], [0])).FirstDifference);
    }

    [Fact]
    public void Run_EqualRows_AllowNoDistance()
    {
        var arrays = SmallArrays.OnALine([1, 2], [1]);
        Assert.True(Run(arrays, new FoundNeighbors(1, [0], [0])).Holds);
        Assert.False(Run(arrays, new FoundNeighbors(1, [0], [1e-20f])).Holds);
    }

    private static CheckResult Run(CaseArrays arrays, FoundNeighbors found, Metric metric = Metric.L2) =>
        EqualityCheck.Run(arrays, metric, found, SmallComparison.Context().Parallel);
}
