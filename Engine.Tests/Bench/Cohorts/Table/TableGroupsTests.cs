using Bench.Report;

namespace Engine.Tests.Bench.Cohorts.Table;

public sealed class TableGroupsTests : IDisposable
{
    private readonly OwnTable _table = new();

    public void Dispose() => _table.Dispose();

    [Fact]
    public void Read_TextColumns_MakeAGroupOfEachValue()
    {
        var cohort = _table.Read(
            OwnTable.Died with { Groups = ["race,sex"] },
            "race,sex,x,died", "black,F,1,0", "white,M,2,1", ",F,3,0", "black,M,4,1", "asian,NA,5,0", "white,F,6,1");
        Assert.Equal(["all", "asian", "black", "white", "F", "M"], cohort.Groups.Names);
        Assert.Equal([0L, 3], OwnTable.RowsOf(cohort, "black"));
        Assert.Equal([0L, 2, 5], OwnTable.RowsOf(cohort, "F"));
        Assert.Equal(["race", "sex"], cohort.Traits!.Select(trait => trait.Name));
        Assert.Equal(["asian", "black", "white"], cohort.Traits![0].Groups);
        Assert.Contains("race=black", cohort.FeatureNames);
        Assert.Contains("Features as well as groups: race, sex; --ignore takes a column out of the features and leaves its groups.", cohort.Notes);
    }

    [Fact]
    public void Read_IgnoredGroupColumn_MakesGroupsAndNoFeature()
    {
        var cohort = _table.Read(OwnTable.Died with { Groups = ["race"], Ignored = ["race"] }, "race,x,died", "black,1,0", "white,2,1", "white,3,1");
        Assert.Equal(["x"], cohort.FeatureNames);
        Assert.Equal(["all", "black", "white"], cohort.Groups.Names);
    }

    [Fact]
    public void Read_ValuesThatSayNothingAlone_AreNamedWithTheirColumn()
    {
        var cohort = _table.Read(
            OwnTable.Died with { Groups = ["smoker", "diabetic", "ward", "clinic"] },
            "smoker,diabetic,ward,clinic,died", "yes,1,A,a,0", "no,0,all,c,1", "no,0,B,2-3,1");
        Assert.Equal(
            ["all", "smoker=no", "smoker=yes", "diabetic=0", "diabetic=1", "ward=A", "B", "ward=all", "clinic=2-3", "clinic=a", "c"],
            cohort.Groups.Names);
    }

    [Theory]
    [InlineData("age")]
    [InlineData("anchor_age")]
    [InlineData("Age (years)")]
    public void Read_Age_MakesDecades(string name)
    {
        var cohort = _table.Read(OwnTable.Died with { Groups = [name] }, $"{name},died", "29.9,0", "30,1", "89,0", "300,1", ",0");
        Assert.Equal(["all", "<30", "30s", "80s", "90+"], cohort.Groups.Names);
        Assert.Equal([3L], OwnTable.RowsOf(cohort, "90+"));
    }

    [Fact]
    public void Read_TwoAges_AreNamedWithTheirColumns()
    {
        var cohort = _table.Read(OwnTable.Died with { Groups = ["age", "age mother"] }, "age,age mother,died", "29,61,0", "35,65,1", "29,35,1");
        Assert.Equal(["all", "<30", "age=30s", "age mother=30s", "60s"], cohort.Groups.Names);
    }

    [Fact]
    public void Read_OtherNumbers_MakeQuartilesOfTheTrainingRows()
    {
        // Training rows hold 0 to 39 but for every fifth, test rows lie far above.
        var cohort = _table.Read(OwnTable.Died with { Groups = ["bmi"] }, ["bmi,died", .. Enumerable.Range(0, 40).Select(row => $"{(row % 5 == 4 ? row + 1000 : row)}.25,{row % 2}")]);
        Assert.Equal(["all", "bmi<10.25", "bmi 10.25 to 20.25", "bmi 20.25 to 30.25", "bmi 30.25+"], cohort.Groups.Names);
        Assert.All(cohort.Traits![0].Groups.Take(3), name => Assert.Equal(8, cohort.Groups[name].Count));
        Assert.Equal(16, cohort.Groups["bmi 30.25+"].Count);
        Assert.Equal(40, cohort.Traits[0].Groups.Sum(name => cohort.Groups[name].Count));
    }

    [Fact]
    public void Read_NumbersOfWhichManyAreEqual_MakeFewerGroups()
    {
        var cohort = _table.Read(OwnTable.Died with { Groups = ["drinks"] }, ["drinks,died", .. Enumerable.Range(0, 50).Select(row => $"{Math.Max(0, row - 30)},{row % 2}")]);
        Assert.Equal(["all", "drinks<7", "drinks 7+"], cohort.Groups.Names);
    }

    [Fact]
    public void FamilyOf_CohortThatTellsItsTraits_IsTheTrait()
    {
        var cohort = _table.Read(OwnTable.Died with { Groups = ["site", "sex"] }, "site,sex,died", "north,male,0", "south,female,1", "south,male,1");
        var families = GroupFamily.Of(cohort, ["all", "north", "south", "male"]);
        Assert.Equal(["site", "sex"], families.Select(family => family.Name));
        Assert.Equal(["north", "south"], families[0].Groups);
        Assert.Equal(["male"], families[1].Groups);
        Assert.Equal(["sex"], GroupFamily.Of(cohort with { Traits = null }, cohort.Groups.Names).Select(family => family.Name));
    }
}
