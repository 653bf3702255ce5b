using Engine.Data;

namespace Engine.Tests.Data;

public sealed class SubgroupsTests
{
    [Fact]
    public void From_Categories_MakesOneGroupEachInOrderOfAppearance()
    {
        var groups = Subgroups.From(["white", "black", null, "White", "asian"]);
        Assert.Equal(5, groups.RowCount);
        Assert.Equal(["white", "black", "asian"], groups.Names);
        Assert.Equal([0, 3], groups["white"].ToRows());
        Assert.Equal([1], groups["black"].ToRows());
        Assert.Equal([4], groups["asian"].ToRows());
    }

    [Fact]
    public void From_AsManyCategoriesAsRows_LooksAtEveryRowOnce()
    {
        var categories = new CountingList([.. Enumerable.Range(0, 3_000).Select(row => row % 100 == 7 ? null : $"code {row % 1_500}")]);
        var groups = Subgroups.From(categories);
        Assert.Equal(1_485, groups.Names.Count);
        Assert.Equal([3, 1_503], groups["CODE 3"].ToRows());
        Assert.Equal("code 0", groups.Names[0]);
        Assert.InRange(categories.Reads, 3_000, 4 * 3_000);
    }

    [Fact]
    public void FromAndSelect_AsManyCategoriesAsRows_TakeNoBitARowAndGroup()
    {
        const int RowCount = 20_000;
        var categories = Enumerable.Range(0, RowCount).Select(row => $"code {row % 10_000}").ToArray();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var groups = Subgroups.From(categories);
        // One bit a row and group would be 25 MB.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8_000_000);
        Assert.Equal([7, 10_007], groups["code 7"].ToRows());

        var rows = Enumerable.Range(0, RowCount).Select(row => (long)(RowCount - 1 - row)).ToArray();
        before = GC.GetAllocatedBytesForCurrentThread();
        var selected = groups.Select(rows);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8_000_000);
        Assert.Equal(groups.Names, selected.Names);
        Assert.Equal([9_992, 19_992], selected["code 7"].ToRows());
    }

    [Fact]
    public void Select_GroupsOfFewRowsAndOfMany_AreThoseOfTheirMasks()
    {
        var categories = Enumerable.Range(0, 500).Select(row => row % 50 == 3 ? "few" : row % 3 == 0 ? "many" : row == 77 ? "one" : null).ToArray();
        var groups = Subgroups.From(categories);
        Assert.True(groups["few"].IsListed && !groups["many"].IsListed && groups["one"].IsListed);
        var rows = Enumerable.Range(0, 900).Select(i => (long)(i * 37 % 500)).ToArray();
        var selected = groups.Select(rows);
        foreach (var name in groups.Names)
            Assert.Equal(Enumerable.Range(0, 900).Where(place => categories[rows[place]] == name).Select(place => (long)place), selected[name].ToRows());
    }

    [Theory]
    [InlineData(-1L)]
    [InlineData(500L)]
    [InlineData((1L << 32) + 1)]
    public void Select_RowOutside_Throws(long row)
    {
        foreach (var groups in new[] { Subgroups.From([.. Enumerable.Repeat<string?>(null, 499), "last"]), Subgroups.From([.. Enumerable.Repeat("all", 500)]) })
            Assert.Contains("0 to 499", Assert.Throws<ArgumentOutOfRangeException>(() => groups.Select(new[] { 0, row })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Item_OtherCase_IsTheSameGroup()
    {
        var groups = Subgroups.From(["Black"]);
        Assert.Same(groups["Black"], groups["bLACK"]);
    }

    [Fact]
    public void Item_UnknownName_ListsTheGroups()
    {
        var error = Assert.Throws<KeyNotFoundException>(() => Subgroups.From(["white", "black"])["asian"]);
        Assert.Equal("there is no subgroup 'asian'; the subgroups are white, black.", error.Message);
    }

    [Fact]
    public void TryGet_UnknownName_IsFalse()
    {
        Assert.False(Subgroups.From(["white"]).TryGet("black", out var mask));
        Assert.Null(mask);
    }

    [Fact]
    public void Add_OverlappingAndEmptyGroups_AreKept()
    {
        var groups = new Subgroups(4);
        groups.Add("all", RowMask.All(4));
        groups.Add("even", RowMask.From(4, row => row % 2 == 0));
        groups.Add("none", RowMask.From(4, _ => false));
        Assert.Equal([4, 2, 0], groups.Names.Select(name => groups[name].Count));
    }

    [Fact]
    public void Add_NameTakenInOtherCase_ThrowsAndChangesNothing()
    {
        var groups = Subgroups.From(["white", "black"]);
        Assert.Contains("'WHITE'", Assert.Throws<ArgumentException>(() => groups.Add("WHITE", RowMask.All(2))).Message, StringComparison.Ordinal);
        Assert.Equal(["white", "black"], groups.Names);
        Assert.Equal([0], groups["white"].ToRows());
    }

    [Fact]
    public void Add_MaskOverOtherRows_SaysBothCounts()
    {
        var error = Assert.Throws<ArgumentException>(() => new Subgroups(3).Add("all", RowMask.All(4)));
        Assert.Contains("4 entries where the other groups has 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Subgroups_NegativeRowCount_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => new Subgroups(-1));

    [Fact]
    public void Select_RowsInAnyOrder_KeepsNamesAndEmptyGroups()
    {
        var selected = Subgroups.From(["white", "black", "asian"]).Select(new long[] { 2, 0, 2 });
        Assert.Equal(3, selected.RowCount);
        Assert.Equal(["white", "black", "asian"], selected.Names);
        Assert.Equal([1], selected["white"].ToRows());
        Assert.Empty(selected["black"].ToRows());
        Assert.Equal([0, 2], selected["asian"].ToRows());
    }

    /// <summary>Counts how often an entry is read.</summary>
    private sealed class CountingList(string?[] entries) : IReadOnlyList<string?>
    {
        public long Reads { get; private set; }

        public int Count => entries.Length;

        public string? this[int index]
        {
            get
            {
                Reads++;
                return entries[index];
            }
        }

        public IEnumerator<string?> GetEnumerator() => Enumerable.Range(0, Count).Select(index => this[index]).GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
