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
