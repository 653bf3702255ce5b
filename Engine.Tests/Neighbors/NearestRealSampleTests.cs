using Engine.Data;
using Engine.Neighbors;
using Engine.Numerics.Distances;
using Engine.Tests.Numerics;
using Engine.Tests.Support;

namespace Engine.Tests.Neighbors;

public sealed class NearestRealSampleTests
{
    [Fact]
    public void Distances_Golden_EqualsSciPyExactly()
    {
        foreach (var set in Golden.Load("dcr_l1.json")["cases"]!.AsArray())
        {
            var real = Tables.From(set!["real"].Rows());
            var groups = new Subgroups((int)real.RowCount);
            groups.Add("all", RowMask.All((int)real.RowCount));
            var found = NearestRealSample.Distances(Tables.From(set["synthetic"].Rows()), real, groups);
            Assert.Equal(set["nearest_index"].As<long[]>(), found.Indices.ToArray());
            Assert.Equal(set["nearest_l1"].Doubles(), found.DistancesTo("all").Select(distance => (double)distance));
        }
    }

    [Fact]
    public void Distances_ManyGroups_EachFindsItsOwnRow()
    {
        var groups = new Subgroups(70);
        for (var row = 0; row < 70; row++)
        {
            var own = row;
            groups.Add($"{row}", RowMask.From(70, other => other == own));
        }

        var found = NearestRealSample.Distances(Tables.From([[10]]), Tables.From([.. Enumerable.Range(0, 70).Select(row => new[] { (double)row })]), groups);
        Assert.Equal(Enumerable.Range(0, 70).Select(row => (long)row), found.Indices.ToArray());
        Assert.Equal(Enumerable.Range(0, 70).Select(row => (float)Math.Abs(row - 10)), found.Distances.ToArray());
    }

    [Fact]
    public void Distances_OverlappingGroups_EqualsOneSearchAGroup()
    {
        var (real, synthetic) = (Tables.Integers(600, 9, 4, 21), Tables.Integers(90, 9, 4, 22));
        var groups = new Subgroups(600);
        groups.Add("even", RowMask.From(600, row => row % 2 == 0));
        groups.Add("empty", RowMask.From(600, _ => false));
        groups.Add("late", RowMask.From(600, row => row > 400));
        var found = NearestRealSample.Distances(synthetic, real, groups);
        Assert.Equal(["even", "late"], found.Groups);
        for (var column = 0; column < 2; column++)
        {
            var rows = groups[found.Groups[column]].ToRows();
            for (var query = 0; query < 90; query++)
            {
                var best = rows.MinBy(row => (ReferenceDistance.Canonical(Metric.L1, synthetic.Row(query), real.Row(row)), row));
                Assert.Equal(best, found.Indices.Span[(query * 2) + column]);
            }
        }
    }

    [Fact]
    public void Distances_NaN_NamesTheTableThatHoldsIt()
    {
        var (clean, spoiled, groups) = (Tables.Normal(3, 2, 1), Tables.From([[1, 2], [3, double.NaN], [5, 6]]), new Subgroups(3));
        groups.Add("first", RowMask.From(3, static row => row == 0));
        Assert.Equal("real", Assert.Throws<ArgumentException>(() => NearestRealSample.Distances(clean, spoiled, groups)).ParamName);
        Assert.Equal("synthetic", Assert.Throws<ArgumentException>(() => NearestRealSample.Distances(spoiled, clean, groups)).ParamName);
    }

    [Fact]
    public void Distances_NoGroupHasRows_Throws()
    {
        var real = Tables.Normal(3, 2, 1);
        Assert.Throws<ArgumentException>(() => NearestRealSample.Distances(real, real, new Subgroups(3)));
    }
}
