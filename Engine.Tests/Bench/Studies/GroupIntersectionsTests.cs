using Bench.Cohorts;
using Bench.Report;
using Bench.Studies.Arms;
using Bench.Studies.MainJob;
using Bench.Studies.Samples;

namespace Engine.Tests.Bench.Studies;

public sealed class GroupIntersectionsTests
{
    private static readonly Cohort s_cohort = SmallCohort.Of(
        (["black", "female"], 1, CohortSplit.Train, 30),
        (["black", "female"], 0, CohortSplit.Test, 25),
        (["black", "male"], 0, CohortSplit.Test, 19),
        (["white", "female"], 1, CohortSplit.Test, 40));

    [Fact]
    public void AddTo_TwoGroups_HoldsTheRowsOfBothUnderTheNamesOfTheCohort()
    {
        var groups = GroupIntersections.AddTo(s_cohort, ["FEMALE&black", "black & female & all"]).Groups;
        Assert.Equal([.. s_cohort.Groups.Names, "female & black", "black & female & all"], groups.Names);
        Assert.Equal(Enumerable.Range(0, 55).Select(row => (long)row), groups["female & black"].ToRows());
        Assert.Equal(55, groups["black & female & all"].Count);
    }

    [Fact]
    public void AddTo_FewerTestRowsThanAsked_IsLeftOutAndANoteSaysSo()
    {
        var cohort = GroupIntersections.AddTo(s_cohort, ["black & male", "black & female"]);
        Assert.DoesNotContain("black & male", cohort.Groups.Names);
        Assert.Contains("fewer than 20 patients among the test rows are left out: black & male (19).", cohort.Notes[^1], StringComparison.Ordinal);
        Assert.Contains("black & male", GroupIntersections.AddTo(s_cohort, ["black & male"], least: 19).Groups.Names);
    }

    [Fact]
    public void AddTo_HoursOfStays_CountsStays()
    {
        var hours = SmallCohort.WithStays(s_cohort, row => row / 5);
        var cohort = GroupIntersections.AddTo(hours, ["black & female"]);
        Assert.Contains("20 stays among the test rows are left out: black & female (5).", cohort.Notes[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("black")]
    [InlineData("black & ")]
    [InlineData("black & BLACK")]
    public void AddTo_OneGroup_SaysWhatAnIntersectionIs(string name) =>
        Assert.Contains("such as 'black & female'", Assert.Throws<ArgumentException>(() => GroupIntersections.AddTo(s_cohort, [name])).Message, StringComparison.Ordinal);

    [Fact]
    public void AddTo_UnknownGroup_NamesThoseThereAre() =>
        Assert.Contains("white", Assert.Throws<KeyNotFoundException>(() => GroupIntersections.AddTo(s_cohort, ["black & green"])).Message, StringComparison.Ordinal);

    [Fact]
    public void Families_Intersections_AreAFamilyOfTheirOwn()
    {
        var cohort = GroupIntersections.AddTo(s_cohort, ["black & female", "white & female"]);
        var families = GroupFamily.Of(cohort, cohort.Groups.Names);
        Assert.Equal(["black & female", "white & female"], families[^1].Groups);
        Assert.Equal(families.Count, families.Select(family => family.Name).Distinct().Count());
    }

    [Fact]
    public void Run_Intersection_IsJudgedButNotServedUnasked()
    {
        var small = SmallCohort.Create();
        var groups = small.Groups.Only(small.Groups.Names);
        groups.Add("female", Engine.Data.RowMask.From(SmallCohort.RowCount, static row => row % 2 == 0));
        var cohort = GroupIntersections.AddTo(small with { Groups = groups }, ["black & female"]);
        var result = MainJobRunner.Run(cohort, new MainJobOptions { Methods = [ResamplingMethod.None, ResamplingMethod.DoublePrioritized], Units = [1, 2] }, progress: null, TestContext.Current.CancellationToken);
        Assert.DoesNotContain("&", Assert.IsType<string>(result.PrioritizedGroup), StringComparison.Ordinal);
        Assert.Contains(result.Methods[0].Tables[CohortSplit.Test].Rows, row => row.Group == "black & female" && row.Metrics.RowCount > 0);
    }
}
