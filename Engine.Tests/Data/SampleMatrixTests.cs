using CommunityToolkit.HighPerformance;
using Engine.Data;
using Engine.Tests.Support;

namespace Engine.Tests.Data;

public sealed class SampleMatrixTests
{
    [Theory]
    [InlineData(7)]
    [InlineData(1030)]
    public void SelectColumns_AnyOrder_ReadsThoseColumns(int featureCount)
    {
        var samples = Tables.Normal(300, featureCount, 5);
        var selected = samples.SelectColumns([6, 0, 6]);
        var block = selected.ReadBlock(1, new float[selected.BlockScratchLength]);
        Assert.Equal([samples.Row(258)[6], samples.Row(258)[0], samples.Row(258)[6]], block.Row(2).ToArray());
        Assert.True(block.PaddedRow(2)[3..].IndexOfAnyExcept(0f) < 0);
        Assert.Equal([samples.Row(299)[6], samples.Row(299)[0], samples.Row(299)[6]], selected.Row(299));
    }

    [Fact]
    public void SelectRows_CallerChangesTheRowsLater_TheViewKeepsItsOwn()
    {
        var samples = Tables.Normal(6, 16, seed: 1);
        long[] rows = [4, 2];
        var view = samples.SelectRows(rows);
        var viewOfView = view.SelectRows(new long[] { 1, 1 });
        rows[0] = 1L << 40;
        Assert.Equal(samples.Row(4), view.Row(0));
        Assert.Equal(samples.Row(2), viewOfView.Row(1));
    }

    [Fact]
    public void SelectRows_ViewOfManyViews_IsReadInOneStep()
    {
        var view = Tables.Normal(6, 3, seed: 1);
        var expected = view.Row(5);
        // One frame a view would overflow the stack.
        for (var i = 0; i < 50_001; i++)
            view = view.SelectRows(new long[] { 5, 4, 3, 2, 1, 0 });
        Assert.Equal(expected, view.Row(0));
    }

    [Fact]
    public void SelectColumns_ViewOfManyViews_IsReadInOneStep()
    {
        var view = Tables.Normal(6, 3, seed: 1);
        var expected = view.Row(4).Reverse();
        // One frame a view would overflow the stack.
        for (var i = 0; i < 50_001; i++)
            view = view.SelectColumns([2, 1, 0]);
        Assert.Equal(expected, view.Row(4));
    }

    [Fact]
    public void SelectColumns_NoneOrOutside_Throws()
    {
        var samples = SampleMatrix.Create(3, 7);
        Assert.Throws<ArgumentOutOfRangeException>(() => samples.SelectColumns([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => samples.SelectColumns([0, 7]));
        Assert.Throws<ArgumentOutOfRangeException>(() => samples.SelectColumns([-1]));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(255, 76)]
    [InlineData(256, 16)]
    [InlineData(300, 8)]
    [InlineData(300, 24)]
    [InlineData(1000, 33)]
    public void ReadBlock_AnySource_GivesSamePaddedRows(int rowCount, int featureCount)
    {
        var values = Enumerable.Range(1, rowCount * featureCount).Select(i => (float)i).ToArray();
        var owned = SampleMatrix.Create(rowCount, featureCount);
        for (var row = 0; row < rowCount; row++)
            values.AsSpan(row * featureCount, featureCount).CopyTo(owned.GetWritableRow(row));
        var wrapped = SampleMatrix.Wrap(values, rowCount, featureCount);
        var selected = wrapped.SelectRows(Enumerable.Range(0, rowCount).Select(row => (long)row).ToArray());

        foreach (var samples in new[] { owned, wrapped, selected, selected.Copy() })
        {
            var scratch = new float[samples.BlockScratchLength];
            Array.Fill(scratch, float.NaN);
            for (long index = 0; index < samples.BlockCount; index++)
            {
                var block = samples.ReadBlock(index, scratch);
                for (var row = 0; row < block.RowCount; row++)
                {
                    Assert.Equal(values.AsSpan((int)(block.FirstRow + row) * featureCount, featureCount), block.Row(row));
                    Assert.True(block.PaddedRow(row)[featureCount..].IndexOfAnyExcept(0f) < 0);
                }
            }
        }
    }

    [Fact]
    public void Wrap_CallerChangesValue_MatrixSeesIt()
    {
        var values = new float[6];
        var samples = SampleMatrix.Wrap(values.AsMemory().AsMemory2D(2, 3));
        values[4] = 7;
        var row = new float[3];
        samples.CopyRow(1, row);
        Assert.Equal([0, 7, 0], row);
    }

    [Fact]
    public void EnsureFinite_NaN_NamesRowAndColumn()
    {
        var values = new float[600 * 3];
        values[(500 * 3) + 2] = float.NaN;
        var error = Assert.Throws<ArgumentException>(() => SampleMatrix.Wrap(values, 600, 3).EnsureFinite("samples"));
        Assert.Contains("row 500, column 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EnsureFinite_ManyBadBlocks_NamesTheFirstBadRow()
    {
        // Blocks are looked at by many threads, in any order.
        var samples = SampleMatrix.Create(100_000, 2);
        for (var row = 300; row < 100_000; row++)
            samples.GetWritableRow(row)[1] = float.PositiveInfinity;
        Assert.Contains("row 300, column 1", Assert.Throws<ArgumentException>(() => samples.EnsureFinite("samples")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CopyRows_LastRows_AreReadAndOneMoreIsRefused()
    {
        var samples = Tables.From([[1, 2], [3, 4], [5, 6]]);
        var rows = new float[4];
        samples.CopyRows(1, 2, rows);
        Assert.Equal([3, 4, 5, 6], rows);
        Assert.Contains("0 to 1 for 2 rows", Assert.Throws<ArgumentOutOfRangeException>(() => samples.CopyRows(2, 2, rows)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GetWritableRow_ViewOfOtherMemory_Throws() =>
        Assert.Throws<InvalidOperationException>(() => SampleMatrix.Wrap(new float[4], 2, 2).GetWritableRow(0));

    [Fact]
    public void ReadBlock_BeyondLastBlock_ThrowsNamingTheRange()
    {
        var samples = SampleMatrix.Create(300, 2);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => samples.ReadBlock(2, new float[samples.BlockScratchLength]));
        Assert.Contains("0 to 1", error.Message, StringComparison.Ordinal);
    }
}
