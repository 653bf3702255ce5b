using Engine.Numerics;
using Engine.Tests.Support;

namespace Engine.Tests.Numerics;

public sealed class PrincipalAxesTests
{
    private static readonly ParallelOptions s_options = new();

    [Theory]
    [InlineData(40, 30, 12)]
    [InlineData(300, 76, 47)]
    [InlineData(50, 8, 8)]
    public void Find_AnyRows_AxesAreOrthonormal(int rowCount, int columnCount, int axisCount)
    {
        var axes = Find(Rows(DataKind.Normal, rowCount, columnCount), rowCount, columnCount, axisCount);
        for (var i = 0; i < axisCount; i++)
        {
            for (var j = 0; j <= i; j++)
                Assert.Equal(i == j ? 1 : 0, Dot(axes, i, j, columnCount), Tolerance.OrthonormalAxes);
        }
    }

    [Fact]
    public void Find_PlantedSubspace_HoldsTheRows()
    {
        // Rows that vary along four directions only, up to noise a thousand times smaller.
        const int RowCount = 400, ColumnCount = 30;
        var rows = Rows(DataKind.LowRank, RowCount, ColumnCount);
        var axes = Find(rows, RowCount, ColumnCount, 4);
        var (within, total) = (0.0, 0.0);
        for (var row = 0; row < RowCount; row++)
        {
            var values = rows.AsSpan(row * ColumnCount, ColumnCount);
            total += PrincipalAxes.Dot(values, values);
            for (var axis = 0; axis < 4; axis++)
                within += Math.Pow(PrincipalAxes.Dot(values, axes.AsSpan(axis * ColumnCount, ColumnCount)), 2);
        }

        Assert.InRange(within / total, 0.998, 1 + 1e-12);
    }

    [Fact]
    public void Find_MoreAxesThanDirections_RestIsZeroOrOrthonormal()
    {
        // Three columns vary: whatever the other axes are, they must not stretch what they measure.
        const int RowCount = 60, ColumnCount = 20;
        var rows = new double[RowCount * ColumnCount];
        for (var row = 0; row < RowCount; row++)
            (rows[row * ColumnCount], rows[(row * ColumnCount) + 5], rows[(row * ColumnCount) + 9]) = (row % 2 == 0 ? 1 : -1, row % 3 - 1, row % 5 - 2);
        var axes = Find(rows, RowCount, ColumnCount, 8);
        for (var i = 0; i < 8; i++)
        {
            var square = Dot(axes, i, i, ColumnCount);
            Assert.True(square < 1e-20 || Math.Abs(square - 1) < Tolerance.OrthonormalAxes, $"axis {i} has squared length {square}.");
            for (var j = 0; j < i; j++)
                Assert.Equal(0, Dot(axes, i, j, ColumnCount), Tolerance.OrthonormalAxes);
        }
    }

    [Fact]
    public void Find_AnyRows_VarianceFalls()
    {
        const int RowCount = 300, ColumnCount = 30;
        var rows = Rows(DataKind.MixedScales, RowCount, ColumnCount);
        var axes = Find(rows, RowCount, ColumnCount, 10);
        var variances = Enumerable.Range(0, 10).Select(axis => Enumerable.Range(0, RowCount)
            .Sum(row => Math.Pow(PrincipalAxes.Dot(rows.AsSpan(row * ColumnCount, ColumnCount), axes.AsSpan(axis * ColumnCount, ColumnCount)), 2))).ToArray();
        for (var axis = 1; axis < 10; axis++)
            Assert.True(variances[axis] <= variances[axis - 1] * 1.01, $"axis {axis} has variance {variances[axis]} after {variances[axis - 1]}.");
    }

    [Fact]
    public void Find_RowsOfZeros_AxesAreZero() =>
        Assert.All(Find(new double[50 * 20], 50, 20, 5), value => Assert.Equal(0, value));

    [Theory]
    [InlineData(DataKind.Huge)]
    [InlineData(DataKind.Subnormal)]
    [InlineData(DataKind.Outliers)]
    public void Find_ExtremeValues_AxesAreFinite(DataKind kind) =>
        Assert.All(Find(Rows(kind, 300, 24), 300, 24, 15), value => Assert.True(double.IsFinite(value)));

    private static double[] Find(double[] values, int rowCount, int columnCount, int axisCount)
    {
        using var rows = NativeTable.Of(values, rowCount, columnCount);
        return PrincipalAxes.Find(rows, rowCount, axisCount, s_options);
    }

    private static double Dot(double[] axes, int i, int j, int columnCount) =>
        PrincipalAxes.Dot(axes.AsSpan(i * columnCount, columnCount), axes.AsSpan(j * columnCount, columnCount));

    private static double[] Rows(DataKind kind, int rowCount, int columnCount)
    {
        var samples = Tables.Of(kind, rowCount, columnCount, 5);
        return [.. Enumerable.Range(0, rowCount).SelectMany(row => samples.Row(row)).Select(value => (double)value)];
    }
}
