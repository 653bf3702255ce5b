using Engine.Data;

namespace Engine.Tests.Data;

public sealed class RowMaskTests
{
    [Fact]
    public void From_EveryLength_HoldsExactlyTheRowsThatSatisfyTheCondition()
    {
        for (var rowCount = 0; rowCount <= 257; rowCount++)
        {
            var expected = Enumerable.Range(0, rowCount).Where(row => row % 7 is 0 or 3).ToArray();
            var mask = RowMask.From(rowCount, row => row % 7 is 0 or 3);
            Assert.Equal((rowCount, expected.Length), (mask.RowCount, mask.Count));
            Assert.Equal(expected.Select(row => (long)row), mask.ToRows());
            Assert.Equal(expected, Enumerable.Range(0, rowCount).Where(row => mask[row]));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(200)]
    public void Of_FewRowsOrMany_IsTheSetOfThem(int count)
    {
        const int RowCount = 1024;
        var rows = Enumerable.Range(0, count).Select(i => i * 5).ToList();
        var (mask, expected) = (RowMask.Of(RowCount, rows), RowMask.From(RowCount, rows.Contains));
        Assert.Equal(count < RowCount / 32, mask.IsListed);
        Assert.Equal((RowCount, count), (mask.RowCount, mask.Count));
        Assert.Equal(expected.ToRows(), mask.ToRows());
        Assert.All(Enumerable.Range(0, RowCount), row => Assert.Equal(expected[row], mask[row]));
        Assert.Equal(expected.Not().ToRows(), mask.Not().ToRows());
        Assert.Equal(expected.Select(new long[] { 155, 4, 155 }).ToRows(), mask.Select(new long[] { 155, 4, 155 }).ToRows());
        Assert.Equal(expected.Words, mask.Words);
        // The bits are there now, and say the same.
        Assert.All(Enumerable.Range(0, RowCount), row => Assert.Equal(expected[row], mask[row]));
        Assert.Equal(rows.Where(row => row < 500).Select(row => (long)row), RowMask.Of(RowCount, rows).And(RowMask.From(RowCount, row => row < 500)).ToRows());
        Assert.Throws<ArgumentOutOfRangeException>(() => RowMask.Of(RowCount, rows)[RowCount]);
    }

    [Fact]
    public void Words_AsManyRowsAsThereCanBe_HoldTheLast()
    {
        var words = RowMask.Of(int.MaxValue, [int.MaxValue - 1]).Words;
        Assert.Equal(1 << 25, words.Length);
        Assert.Equal(1UL << 62, words[^1]);
    }

    [Fact]
    public void From_Condition_IsAskedOnceForEveryRowInOrder()
    {
        var asked = new List<int>();
        _ = RowMask.From(100, row =>
        {
            asked.Add(row);
            return false;
        });
        Assert.Equal(Enumerable.Range(0, 100), asked);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-63)]
    [InlineData(-64)]
    [InlineData(int.MinValue)]
    [InlineData(70)]
    [InlineData(127)]
    [InlineData(128)]
    public void Item_RowOutsideTheMask_Throws(int row) =>
        Assert.Contains("0 to 69", Assert.Throws<ArgumentOutOfRangeException>(() => RowMask.All(70)[row]).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(-1L)]
    [InlineData(70L)]
    [InlineData((1L << 32) + 1)]
    [InlineData(1 - (1L << 32))]
    [InlineData(long.MinValue)]
    public void Select_RowOutsideTheMask_Throws(long row)
    {
        var groups = new Subgroups(70);
        groups.Add("all", RowMask.All(70));
        Assert.Throws<ArgumentOutOfRangeException>(() => RowMask.All(70).Select(new[] { 3, row }));
        Assert.Throws<ArgumentOutOfRangeException>(() => groups.Select(new[] { 3, row }));
    }

    [Fact]
    public void From_NegativeRowCount_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => RowMask.From(-1, _ => true));

    [Theory]
    [InlineData(0)]
    [InlineData(64)]
    [InlineData(65)]
    public void All_AnyLength_CountsNoRowBeyondTheLast(int rowCount)
    {
        Assert.Equal(rowCount, RowMask.All(rowCount).Count);
        Assert.Equal(rowCount, RowMask.All(rowCount).ToRows().Length);
    }

    [Fact]
    public void And_TwoMasks_IsTheirIntersection()
    {
        var both = RowMask.From(200, row => row % 2 == 0).And(RowMask.From(200, row => row % 3 == 0));
        Assert.Equal(Enumerable.Range(0, 200).Where(row => row % 6 == 0).Select(row => (long)row), both.ToRows());
        Assert.Equal(34, both.Count);
    }

    [Fact]
    public void Not_Mask_IsItsComplement()
    {
        // 70 rows end within a word, whose other bits must stay 0.
        var others = RowMask.From(70, row => row % 3 == 0).Not();
        Assert.Equal(Enumerable.Range(0, 70).Where(row => row % 3 != 0).Select(row => (long)row), others.ToRows());
        Assert.Equal(46, others.Count);
    }

    [Fact]
    public void And_OtherNumberOfRows_SaysBoth()
    {
        // Both have one word: only the row counts tell them apart.
        var error = Assert.Throws<ArgumentException>(() => RowMask.All(10).And(RowMask.All(11)));
        Assert.Contains("11 entries where this mask has 10", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Select_RowsInAnyOrderAndTwice_FollowsIt()
    {
        var selected = RowMask.From(100, row => row >= 50).Select(new long[] { 99, 0, 99, 50, 49 });
        Assert.Equal(5, selected.RowCount);
        Assert.Equal([0, 2, 3], selected.ToRows());
    }
}
