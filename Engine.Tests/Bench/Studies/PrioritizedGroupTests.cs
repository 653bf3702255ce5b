using Bench.Cohorts;
using Bench.Studies.MainJob;
using Bench.Studies.Samples;

namespace Engine.Tests.Bench.Studies;

public sealed class PrioritizedGroupTests
{
    private const int Enough = GroupSupport.Least;

    [Fact]
    public void Find_SeveralGroups_TakesTheFewestPositivesAmongThoseWithEnough()
    {
        Assert.Equal("b", Find([.. Group("a", 40), .. Group("b", 20), .. Group("c", 19), .. Group("d", 25)]));
        Assert.Equal("d", Find([.. Group("a", 40), .. Group("b", 20, positivesToChoose: 19), .. Group("c", 20, negativesToChoose: 19), .. Group("e", 20, positivesToJudge: 19), .. Group("d", 25)]));
    }

    [Fact]
    public void Find_SamePositives_TakesTheFirst() => Assert.Equal("b", Find([.. Group("a", 30), .. Group("b", 20), .. Group("c", 20)]));

    [Fact]
    public void Find_OnlyEveryoneHasEnough_IsNull() => Assert.Null(Find([.. Group("a", 15, 12, 12, 12), .. Group("b", 15, 12, 12, 12)]));

    [Fact]
    public void Find_ChoosingOnTestRows_CountsThose()
    {
        // Group a has enough test rows to choose on, b enough validation rows.
        var cohort = SmallCohort.Of(
            (["a"], 1, CohortSplit.Train, 20), (["a"], 1, CohortSplit.Test, Enough), (["a"], 0, CohortSplit.Test, Enough),
            (["b"], 1, CohortSplit.Train, 21), (["b"], 1, CohortSplit.Validation, Enough), (["b"], 0, CohortSplit.Validation, Enough), (["b"], 1, CohortSplit.Test, Enough));
        Assert.Equal("b", PrioritizedGroup.Find(cohort, SelectionRows.Of(cohort, CohortSplit.Validation))?.Group);
        Assert.Equal("a", PrioritizedGroup.Find(cohort, SelectionRows.Of(cohort, CohortSplit.Test))?.Group);
    }

    [Fact]
    public void Find_HoursOfFewStays_AreFewStays()
    {
        // Group a has as many rows as b, but three rows are of one stay each.
        var rows = new[] { Group("a", 60, 60, 60, 60), Group("b", 66, 66, 66, 66) }.SelectMany(group => group).ToArray();
        var alone = SmallCohort.Of(rows);
        Assert.Equal("a", PrioritizedGroup.Find(alone, SelectionRows.Of(alone, CohortSplit.Validation))?.Group);
        var inA = alone.Groups["a"];
        var cohort = SmallCohort.WithStays(alone, row => inA[row] ? row / 4 : 100_000 + row);
        var selection = SelectionRows.Of(cohort, CohortSplit.Validation);
        Assert.Equal("b", PrioritizedGroup.Find(cohort, selection)?.Group);
        Assert.Equal(new GroupSupport("a", 15, 15, 15, 15), GroupSupport.Of(cohort, selection, "a"));
    }

    [Fact]
    public void Shortages_NameWhatIsMissing()
    {
        Assert.Empty(new GroupSupport("a", 20, 20, 20, 20).Shortages("stays"));
        Assert.Equal(["3 stays of C1 to choose on", "1 stay of C1 to be judged on"], new GroupSupport("a", 20, 3, 20, 1).Shortages("stays"));
    }

    private static (string[] Groups, int Label, CohortSplit Split, int Count)[] Group(
        string name, int positivesToFit, int positivesToChoose = Enough, int negativesToChoose = Enough, int positivesToJudge = Enough) =>
    [
        ([name], 1, CohortSplit.Train, positivesToFit),
        ([name], 0, CohortSplit.Train, 52),
        ([name], 1, CohortSplit.Validation, positivesToChoose),
        ([name], 0, CohortSplit.Validation, negativesToChoose),
        ([name], 1, CohortSplit.Test, positivesToJudge),
    ];

    private static string? Find((string[] Groups, int Label, CohortSplit Split, int Count)[] rows)
    {
        var cohort = SmallCohort.Of(rows);
        return PrioritizedGroup.Find(cohort, SelectionRows.Of(cohort, CohortSplit.Validation))?.Group;
    }
}
