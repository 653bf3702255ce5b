using Engine.Numerics;
using Engine.Tests.Support;

namespace Engine.Tests.Numerics;

public sealed class RowProjectionTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(600)]
    public void Project_AnyShape_EqualsThePlainProduct(int columnCount)
    {
        const int LargestAxisCount = 25;
        var axes = Normal(LargestAxisCount * columnCount, 1);
        foreach (var (rowCount, axisCount) in new[] { (1, 1), (3, 8), (4, 9), (5, 16), (8, 17), (9, 24), (17, LargestAxisCount) })
        {
            var projection = new RowProjection(axes.AsSpan(0, axisCount * columnCount), axisCount, columnCount);
            var padded = (rowCount + RowProjection.RowsPerTile - 1) / RowProjection.RowsPerTile * RowProjection.RowsPerTile;
            using var rows = GuardedMemory.EndingAtGuard<double>(Normal(padded * columnCount, 2));
            using var scores = GuardedMemory.EndingAtGuard<double>(padded * projection.ScoreStride);
            // What the last call left must not be added to.
            scores.Span.Fill(1e9);
            projection.Project(rows.Span, rowCount, axisCount, scores.Span);
            for (var row = 0; row < rowCount; row++)
            {
                var values = rows.Span.Slice(row * columnCount, columnCount);
                for (var axis = 0; axis < axisCount; axis++)
                    AssertProduct(values, axes.AsSpan(axis * columnCount, columnCount), scores.Span[(row * projection.ScoreStride) + axis]);
            }
        }
    }

    [Fact]
    public void Project_FewerAxesThanPacked_ComputesTheLeadingOnes()
    {
        var (axes, rows) = (Normal(24 * 30, 3), Normal(8 * 30, 4));
        var projection = new RowProjection(axes, 24, 30);
        var scores = new double[8 * projection.ScoreStride];
        projection.Project(rows, 4, 5, scores);
        for (var axis = 0; axis < 5; axis++)
            AssertProduct(rows.AsSpan(30, 30), axes.AsSpan(axis * 30, 30), scores[projection.ScoreStride + axis]);
    }

    private static void AssertProduct(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double actual)
    {
        double sum = 0, absolute = 0;
        for (var i = 0; i < x.Length; i++)
        {
            sum += x[i] * y[i];
            absolute += Math.Abs(x[i] * y[i]);
        }

        Assert.Equal(sum, actual, Tolerance.DoubleDot(x.Length) * absolute);
    }

    private static double[] Normal(int count, ulong stream)
    {
        var draws = new RandomStream(8, stream);
        return [.. Enumerable.Range(0, count).Select(i => draws.Normal((ulong)i))];
    }
}
