using Engine.Data;
using Engine.Tests.Support;

namespace Engine.Tests.Data;

/// <summary>Rows whose memory is in several chunks of 64 MB; most of it stays untouched zeros.</summary>
public sealed class OwnedRowsTests
{
    // 16 floats a row: 4,096 blocks, 1,048,576 rows a chunk.
    private const int NarrowFeatures = 3;
    private const long NarrowRows = (1 << 20) + 300;

    // 65,552 floats a row: a chunk holds one block only.
    private const int WideFeatures = 65_540;
    private const long WideRows = 600;

    [Theory]
    [InlineData(NarrowRows, NarrowFeatures, new long[] { 0, (1 << 20) - 256, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, NarrowRows - 1 })]
    [InlineData(WideRows, WideFeatures, new long[] { 0, 255, 256, 257, 511, 512, 599 })]
    public void GetWritableRow_AroundChunkBorders_IsReadBackByEveryWay(long rowCount, int featureCount, long[] rows)
    {
        var samples = SampleMatrix.Create(rowCount, featureCount);
        foreach (var row in rows)
        {
            var values = samples.GetWritableRow(row);
            Assert.Equal(featureCount, values.Length);
            for (var column = 0; column < featureCount; column++)
                values[column] = Value(row, column);
        }

        var scratch = new float[samples.BlockScratchLength];
        foreach (var row in rows)
        {
            var expected = Enumerable.Range(0, featureCount).Select(column => Value(row, column)).ToArray();
            Assert.Equal(expected, samples.Row(row));
            var block = samples.ReadBlock(row / SampleMatrix.RowsPerBlock, scratch);
            Assert.Equal(expected, block.Row((int)(row - block.FirstRow)));
            Assert.True(block.PaddedRow((int)(row - block.FirstRow))[featureCount..].IndexOfAnyExcept(0f) < 0);
        }
    }

    [Fact]
    public void ReadBlock_OneRowPastAChunk_IsReadFromBoth()
    {
        // Behind 255 rows of another matrix, a block ends with the first row of the second chunk.
        const long FirstOfSecond = 1 << 20;
        var samples = SampleMatrix.Create(NarrowRows, NarrowFeatures);
        foreach (var row in new[] { FirstOfSecond - 1, FirstOfSecond })
            samples.GetWritableRow(row).Fill(row - FirstOfSecond + 2);
        var joined = JoinedRows.Join(SampleMatrix.Create(255, NarrowFeatures), samples);
        var block = joined.ReadBlock((FirstOfSecond + 255) / SampleMatrix.RowsPerBlock, new float[joined.BlockScratchLength]);
        Assert.Equal((FirstOfSecond, 256), (block.FirstRow, block.RowCount));
        Assert.Equal([1, 1, 1], block.Row(254));
        Assert.Equal([2, 2, 2], block.Row(255));
    }

    [Theory]
    [InlineData(NarrowRows, NarrowFeatures)]
    [InlineData(WideRows, WideFeatures)]
    public unsafe void ReadBlock_EveryBlock_LiesInPlaceAndAligned(long rowCount, int featureCount)
    {
        var samples = SampleMatrix.Create(rowCount, featureCount);
        var scratch = new float[samples.BlockScratchLength];
        var rows = 0L;
        for (long index = 0; index < samples.BlockCount; index++)
        {
            var block = samples.ReadBlock(index, scratch);
            Assert.Equal(rows, block.FirstRow);
            rows += block.RowCount;
            Assert.False(block.Values.Overlaps(scratch));
            fixed (float* start = block.Values)
                Assert.Equal(0u, (nuint)start % 64);
        }

        Assert.Equal(rowCount, rows);
    }

    [Fact]
    public void SelectRows_FromBothSidesOfAChunkBorder_CopiesEach()
    {
        var samples = SampleMatrix.Create(NarrowRows, NarrowFeatures);
        long[] rows = [(1 << 20) + 5, (1 << 20) - 5, (1 << 20) + 5];
        foreach (var row in rows)
            samples.GetWritableRow(row)[2] = row;
        var view = samples.SelectRows(rows);
        Assert.Equal(rows.Select(row => (float)row), Enumerable.Range(0, 3).Select(row => view.Row(row)[2]));
    }

    [Fact]
    public void CopyRows_AcrossAChunkBorder_TakesRowsOfBoth()
    {
        using var rows = new OwnedRows(NarrowRows, NarrowFeatures, 16);
        const long First = (1 << 20) - 3;
        for (var i = 0; i < 6; i++)
            rows.GetRow(First + i)[1] = i + 1;
        var copied = new float[6 * 4];
        rows.CopyRows(First, 6, copied, 4);
        Assert.Equal([1, 2, 3, 4, 5, 6], Enumerable.Range(0, 6).Select(i => copied[(i * 4) + 1]));
        Assert.False(rows.TryGetPaddedRows(First, 6, out _));
        Assert.True(rows.TryGetPaddedRows(First, 3, out var before));
        Assert.Equal(3, before[(2 * 16) + 1]);
    }

    [Fact]
    public void Create_NoRows_HasNoBlocks()
    {
        var samples = SampleMatrix.Create(0, 5);
        Assert.Equal((0L, 0L), (samples.RowCount, samples.BlockCount));
        Assert.Throws<ArgumentOutOfRangeException>(() => samples.GetWritableRow(0).Length);
    }

    private static float Value(long row, int column) => ((row % 1000) * 100) + (column % 97) + 1;
}
