using Engine.Data;
using Engine.Tests.Support;

namespace Engine.Tests.Data;

public sealed class JoinedRowsTests
{
    private const int FirstCount = 300;
    private const int SecondCount = 250;
    private const int FeatureCount = 5;

    private static readonly SampleMatrix s_first = Tables.Normal(FirstCount, FeatureCount, 1);
    private static readonly SampleMatrix s_second = Tables.Normal(SecondCount, FeatureCount, 2);

    [Fact]
    public void Join_AnyBlock_HoldsTheRowsOfOneAfterThoseOfTheOther()
    {
        // The second of three blocks lies across the join, the third does not begin where a block of the second table does.
        var joined = JoinedRows.Join(s_first, s_second);
        Assert.Equal((FirstCount + SecondCount, FeatureCount), (joined.RowCount, joined.FeatureCount));
        var scratch = new float[joined.BlockScratchLength];
        for (long index = 0; index < joined.BlockCount; index++)
        {
            var block = joined.ReadBlock(index, scratch);
            for (var row = 0; row < block.RowCount; row++)
                Assert.Equal(Expected(block.FirstRow + row), block.Row(row).ToArray());
        }
    }

    [Theory]
    [InlineData(0, FirstCount, true)]
    [InlineData(FirstCount - 1, 2, false)]
    [InlineData(FirstCount - 1, 1, true)]
    [InlineData(FirstCount, SecondCount, true)]
    public void TryGetPaddedRows_RowsOfOneTable_AreThereInPlace(int firstRow, int rowCount, bool areInPlace)
    {
        var joined = JoinedRows.Join(s_first, s_second);
        Assert.Equal(areInPlace, joined.TryGetPaddedRows(firstRow, rowCount, out var rows));
        for (var row = 0; row < rowCount && areInPlace; row++)
            Assert.Equal(Expected(firstRow + row), rows.Slice(row * joined.Stride, FeatureCount).ToArray());
    }

    [Fact]
    public void CopyRows_AcrossTheJoin_CopiesBothParts()
    {
        var copied = new float[4 * FeatureCount];
        JoinedRows.Join(s_first, s_second).CopyRows(FirstCount - 3, 4, copied);
        for (var row = 0; row < 4; row++)
            Assert.Equal(Expected(FirstCount - 3 + row), copied.AsSpan(row * FeatureCount, FeatureCount).ToArray());
    }

    private static float[] Expected(long row) => row < FirstCount ? s_first.Row(row) : s_second.Row(row - FirstCount);
}
