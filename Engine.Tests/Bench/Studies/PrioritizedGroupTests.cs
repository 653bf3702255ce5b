using Bench.Cohorts;
using Bench.Studies.MainJob;

namespace Engine.Tests.Bench.Studies;

public sealed class PrioritizedGroupTests
{
    [Fact]
    public void Find_SeveralGroups_TakesTheFewestPositivesAmongThoseWithEnough()
    {
        Assert.Equal("b", Find([.. Group("a", 40, 10, 10), .. Group("b", 20, 10, 10), .. Group("c", 19, 10, 10), .. Group("d", 25, 10, 10)]));
        Assert.Equal("d", Find([.. Group("a", 40, 10, 10), .. Group("b", 20, 9, 10), .. Group("c", 20, 10, 9), .. Group("d", 25, 10, 10)]));
    }

    [Fact]
    public void Find_SamePositives_TakesTheFirst() => Assert.Equal("b", Find([.. Group("a", 30, 10, 10), .. Group("b", 20, 10, 10), .. Group("c", 20, 10, 10)]));

    [Fact]
    public void Find_OnlyEveryoneHasEnough_IsNull() => Assert.Null(Find([.. Group("a", 15, 6, 6), .. Group("b", 15, 6, 6)]));

    [Fact]
    public void Find_ChoosingOnTestRows_CountsThose()
    {
        // Group a has enough test rows to choose on, b enough validation rows.
        var cohort = SmallCohort.Of(
            (["a"], 1, CohortSplit.Train, 20), (["a"], 1, CohortSplit.Test, 10), (["a"], 0, CohortSplit.Test, 10),
            (["b"], 1, CohortSplit.Train, 21), (["b"], 1, CohortSplit.Validation, 10), (["b"], 0, CohortSplit.Validation, 10));
        Assert.Equal("b", PrioritizedGroup.Find(cohort, SelectionRows.Of(cohort, CohortSplit.Validation)));
        Assert.Equal("a", PrioritizedGroup.Find(cohort, SelectionRows.Of(cohort, CohortSplit.Test)));
    }

    private static (string[] Groups, int Label, CohortSplit Split, int Count)[] Group(string name, int positivesToFit, int positivesToChoose, int negativesToChoose) =>
    [
        ([name], 1, CohortSplit.Train, positivesToFit),
        ([name], 0, CohortSplit.Train, 50),
        ([name], 1, CohortSplit.Validation, positivesToChoose),
        ([name], 0, CohortSplit.Validation, negativesToChoose),
    ];

    private static string? Find((string[] Groups, int Label, CohortSplit Split, int Count)[] rows)
    {
        var cohort = SmallCohort.Of(rows);
        return PrioritizedGroup.Find(cohort, SelectionRows.Of(cohort, CohortSplit.Validation));
    }
}
