using Engine.Data;

namespace Engine.Tests.Data;

public sealed class SparseMatrixRowsTests
{
    private static readonly long[] s_starts = [0, 2, 2, 5];
    private static readonly int[] s_columns = [1, 18, 0, 2, 18];
    private static readonly float[] s_values = [2, -1, 1, 0.5f, 3];

    [Theory]
    [InlineData(1)]
    [InlineData(19)]
    [InlineData(257)]
    [InlineData(700)]
    public void WrapSparse_RandomRows_ReadsLikeDense(int rowCount)
    {
        const int FeatureCount = 37;
        var random = new Random(rowCount);
        using var dense = SampleMatrix.Create(rowCount, FeatureCount);
        var (starts, columns, values) = (new List<long> { 0 }, new List<int>(), new List<float>());
        for (var row = 0; row < rowCount; row++)
        {
            for (var column = 0; column < FeatureCount; column++)
            {
                if (random.Next(5) > 0)
                    continue;
                var value = random.NextSingle() - 0.5f;
                dense.GetWritableRow(row)[column] = value;
                columns.Add(column);
                values.Add(value);
            }

            starts.Add(columns.Count);
        }

        using var sparse = SampleMatrix.WrapSparse(starts.ToArray(), columns.ToArray(), values.ToArray(), FeatureCount);

        Assert.Equal((dense.RowCount, dense.FeatureCount, dense.BlockCount), (sparse.RowCount, sparse.FeatureCount, sparse.BlockCount));
        // What was in the scratch before must be gone, padding included.
        var (expected, read) = (new float[dense.BlockScratchLength], new float[dense.BlockScratchLength]);
        for (var block = 0L; block < dense.BlockCount; block++)
        {
            Array.Fill(read, float.NaN);
            Assert.Equal(dense.ReadBlock(block, expected).Values.ToArray(), sparse.ReadBlock(block, read).Values.ToArray());
        }

        long[] picked = [.. Enumerable.Range(0, rowCount).Select(row => (long)(rowCount - 1 - row))];
        Assert.Equal(ValuesOf(dense.SelectRows(picked)), ValuesOf(sparse.SelectRows(picked)));
        Assert.Equal(ValuesOf(dense.SelectColumns([5, 0, 36])), ValuesOf(sparse.SelectColumns([5, 0, 36])));
    }

    [Fact]
    public void WrapSparse_RowWithoutValues_IsZero()
    {
        using var samples = SampleMatrix.WrapSparse(s_starts, s_columns, s_values, 19);

        float[] row = [.. Enumerable.Repeat(7f, 19)];
        samples.CopyRow(1, row);
        Assert.All(row, static value => Assert.Equal(0, value));
        samples.CopyRow(2, row);
        Assert.Equal((1f, 0f, 0.5f, 3f), (row[0], row[1], row[2], row[18]));
    }

    [Fact]
    public void WrapSparse_NoRow_IsEmpty() => Assert.Equal(0, SampleMatrix.WrapSparse(new long[1], Array.Empty<int>(), Array.Empty<float>(), 3).RowCount);

    [Fact]
    public void WrapSparse_WritableRow_IsRefused() =>
        Assert.Throws<InvalidOperationException>(() => SampleMatrix.WrapSparse(s_starts, s_columns, s_values, 19).GetWritableRow(0).Length);

    [Theory]
    [InlineData(new long[0], "starts begin with 0")]
    [InlineData(new long[] { 1, 2 }, "the first row starts at 1")]
    [InlineData(new long[] { 0, 2, 1 }, "row 1 goes from 2 to 1")]
    [InlineData(new long[] { 0, 6 }, "5 columns and 5 values")]
    [InlineData(new long[] { 0, 3 }, "column 0 after column 18")]
    public void WrapSparse_BadRows_NamesRowAndRule(long[] starts, string message) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => SampleMatrix.WrapSparse(starts, s_columns, s_values, 19)).Message, StringComparison.Ordinal);

    [Fact]
    public void WrapSparse_ColumnTwice_IsRefused() => Assert.Contains(
        "column 4 after column 4",
        Assert.Throws<ArgumentException>(() => SampleMatrix.WrapSparse(new long[] { 0, 2 }, Enumerable.Repeat(4, 2).ToArray(), new float[] { 1, 2 }, 9)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void WrapSparse_ColumnOutside_NamesRange() =>
        Assert.Contains("0 to 17", Assert.Throws<ArgumentOutOfRangeException>(() => SampleMatrix.WrapSparse(s_starts, s_columns, s_values, 18)).Message, StringComparison.Ordinal);

    private static float[] ValuesOf(SampleMatrix samples)
    {
        var values = new float[samples.RowCount * samples.FeatureCount];
        samples.CopyRows(0, (int)samples.RowCount, values);
        return values;
    }
}
