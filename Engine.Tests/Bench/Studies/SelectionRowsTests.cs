using Bench.Cohorts;
using Bench.Studies.Samples;
using Engine.Data;

namespace Engine.Tests.Bench.Studies;

public sealed class SelectionRowsTests
{
    [Fact]
    public void Of_CohortWithValidation_ChoosesOnItAndKeepsTheModel()
    {
        var cohort = SmallCohort.Create();
        var selection = SelectionRows.Of(cohort, CohortSplit.Validation);
        Assert.Equal(cohort.RowsOf(CohortSplit.Train), selection.FitRows);
        Assert.Equal(cohort.RowsOf(CohortSplit.Validation), selection.ChoosingRows);
        Assert.False(selection.NeedsRefit);
    }

    [Fact]
    public void Of_TestAskedFor_ChoosesOnItAndSaysThatItIsOptimistic()
    {
        var cohort = SmallCohort.Create();
        var selection = SelectionRows.Of(cohort, CohortSplit.Test);
        Assert.Equal(cohort.RowsOf(CohortSplit.Train), selection.FitRows);
        Assert.Equal(cohort.RowsOf(CohortSplit.Test), selection.ChoosingRows);
        Assert.Contains("optimistic", selection.Description, StringComparison.Ordinal);
        Assert.False(selection.NeedsRefit);
    }

    [Fact]
    public void Of_NoValidationPart_HoldsOutEveryFifthTrainingRow()
    {
        // Test rows lie between: positions count training rows only.
        var cohort = SmallCohort.Create(row => row % 3 == 0 ? CohortSplit.Test : CohortSplit.Train);
        var train = cohort.RowsOf(CohortSplit.Train);
        var selection = SelectionRows.Of(cohort, CohortSplit.Validation);
        Assert.Equal(train.Where((_, position) => position % 5 == 4), selection.ChoosingRows);
        Assert.Equal(train.Where((_, position) => position % 5 != 4), selection.FitRows);
        Assert.Contains("every 5th training row", selection.Description, StringComparison.Ordinal);
        Assert.True(selection.NeedsRefit);
    }

    [Fact]
    public void Of_NoValidationPartButStays_HoldsOutWholeStays()
    {
        // Stays of seven hours: rows of one stay are never on both sides.
        PrefixSample[] prefixes = [.. Enumerable.Range(0, SmallCohort.RowCount).Select(row => new PrefixSample(row / 7, (row % 7) + 1))];
        var cohort = SmallCohort.Create(row => row < 1200 ? CohortSplit.Train : CohortSplit.Test) with { Prefixes = prefixes };
        var selection = SelectionRows.Of(cohort, CohortSplit.Validation);
        Assert.All(selection.ChoosingRows, row => Assert.Equal(4, prefixes[row].Stay % 5));
        Assert.All(selection.FitRows, row => Assert.NotEqual(4, prefixes[row].Stay % 5));
        Assert.Equal(cohort.RowsOf(CohortSplit.Train), selection.FitRows.Concat(selection.ChoosingRows).Order());
        Assert.Contains("every 5th training stay", selection.Description, StringComparison.Ordinal);
        Assert.True(selection.NeedsRefit);
    }

    [Fact]
    public void Of_NoValidationPartButPatients_HoldsOutWholePatientsByTheirOrder()
    {
        // Numbers of training patients are all even, and fifths of such numbers would hold out none or too many.
        var cohort = SmallCohort.Create(row => row < 1200 ? CohortSplit.Train : CohortSplit.Test) with { Patients = [.. Enumerable.Range(0, SmallCohort.RowCount).Select(row => row % 100 * 10)] };
        var selection = SelectionRows.Of(cohort, CohortSplit.Validation);
        Assert.Equal(cohort.RowsOf(CohortSplit.Train).Where(row => row % 100 % 5 == 4), selection.ChoosingRows);
        Assert.Contains("every 5th training patient", selection.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void StaysOf_KnownPatients_AreThePatientsAndNotTheStays()
    {
        var cohort = SmallCohort.WithStays(SmallCohort.Create(), row => row / 2);
        Assert.Equal([0, 0, 1], CohortStays.Of(cohort, [0, 1, 2]));
        Assert.Equal("stays", CohortStays.NounOf(cohort));
        cohort = cohort with { Patients = [.. Enumerable.Range(0, SmallCohort.RowCount).Select(row => row / 4)] };
        Assert.Equal([0, 0, 0, 1], CohortStays.Of(cohort, [0, 1, 2, 4]));
        Assert.Equal("patients", CohortStays.NounOf(cohort));
    }
}
