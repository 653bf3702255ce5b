using Engine.Data;

namespace Engine.Tests.Data;

public sealed class LabelsTests
{
    [Fact]
    public void From_BytesIntegersAndTruthValues_AreTheSame()
    {
        byte[] expected = [0, 1, 1, 0, 1];
        var fromIntegers = Labels.From((ReadOnlySpan<int>)[0, 1, 1, 0, 1]);
        var fromTruthValues = Labels.From((ReadOnlySpan<bool>)[false, true, true, false, true]);
        foreach (var labels in new[] { Labels.From(expected), fromIntegers, fromTruthValues })
        {
            Assert.Equal(expected, labels.Values.ToArray());
            Assert.Equal((5, 3, 2), (labels.Count, labels.PositiveCount, labels.NegativeCount));
            Assert.Equal(1, labels[4]);
        }
    }

    [Fact]
    public void From_CallerChangesValue_LabelsKeepTheirs()
    {
        byte[] values = [0, 1];
        var labels = Labels.From(values);
        values[0] = 1;
        Assert.Equal(0, labels[0]);
        Assert.Equal(1, labels.PositiveCount);
    }

    [Fact]
    public void From_Null_Throws()
    {
        Assert.Throws<ArgumentNullException>(() => Labels.From((byte[])null!));
        Assert.Throws<ArgumentNullException>(() => Labels.From((int[])null!));
        Assert.Throws<ArgumentNullException>(() => Labels.From((bool[])null!));
    }

    [Fact]
    public void From_NoRows_HasNoneOfEitherClass()
    {
        var labels = Labels.From(ReadOnlySpan<byte>.Empty);
        Assert.Equal((0, 0, 0), (labels.Count, labels.PositiveCount, labels.NegativeCount));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(255)]
    public void From_ByteNotBinary_NamesRowAndValue(byte value)
    {
        var error = Assert.Throws<ArgumentException>(() => Labels.From((byte[])[0, 1, value]));
        Assert.Contains($"the label of row 2 is {value}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(256)]
    [InlineData(257)]
    public void From_IntegerNotBinary_NamesRowAndValue(int value)
    {
        // 256 and 257 are 0 and 1 in their last byte.
        var error = Assert.Throws<ArgumentException>(() => Labels.From((ReadOnlySpan<int>)[0, value]));
        Assert.Contains($"the label of row 1 is {value}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 1 }, 1)]
    [InlineData(new byte[] { 1, 1, 0 }, 0)]
    [InlineData(new byte[] { 1, 0 }, 1)]
    [InlineData(new byte[] { 1, 1 }, 0)]
    public void MinorityClass_AnyBalance_IsTheRarerAndClass1OnATie(byte[] values, byte minority) => Assert.Equal(minority, Labels.From(values).MinorityClass);

    [Fact]
    public void Select_RowsInAnyOrder_FollowsIt()
    {
        var selected = Labels.From((byte[])[0, 1, 0, 1]).Select([3, 0, 3]);
        Assert.Equal([1, 0, 1], selected.Values.ToArray());
        Assert.Equal(2, selected.PositiveCount);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(4)]
    [InlineData(1L << 40)]
    public void Select_RowOutside_NamesRowAndRange(long row) => Assert.Contains(
        "is outside 0 to 3", Assert.Throws<ArgumentOutOfRangeException>(() => Labels.From((byte[])[0, 1, 0, 1]).Select([row])).Message, StringComparison.Ordinal);

    [Fact]
    public void ToMask_EachClass_PartitionsTheRows()
    {
        var labels = Labels.From(Enumerable.Range(0, 130).Select(row => row % 3 == 0).ToArray());
        Assert.Equal(Enumerable.Range(0, 130).Where(row => row % 3 == 0).Select(row => (long)row), labels.ToMask(1).ToRows());
        Assert.Equal(labels.NegativeCount, labels.ToMask(0).Count);
        Assert.Equal(0, labels.ToMask(0).And(labels.ToMask(1)).Count);
    }
}
