using Bench.Cohorts;

namespace Bench.Studies.MainJob;

/// <summary>Which rows DP's candidates are fitted on, and which rows choose among them.</summary>
/// <param name="FitRows">Rows to fit candidates on.</param>
/// <param name="ChoosingRows">Rows to choose on.</param>
/// <param name="Description">How they were come by, in words.</param>
/// <param name="NeedsRefit">Whether the chosen model must be fitted again, on all training rows.</param>
internal sealed record SelectionRows(long[] FitRows, long[] ChoosingRows, string Description, bool NeedsRefit)
{
    private const int HeldOutShare = 5;

    /// <summary>Takes the cohort's validation rows, its test rows if the paper's choice is asked for, or a fifth of the training rows where there is no validation part.</summary>
    public static SelectionRows Of(Cohort cohort, CohortSplit selectOn)
    {
        var train = cohort.RowsOf(CohortSplit.Train);
        if (selectOn == CohortSplit.Test)
            return new SelectionRows(train, cohort.RowsOf(CohortSplit.Test), "the test rows, as in the paper: results of DP on them are optimistic", NeedsRefit: false);
        var validation = cohort.RowsOf(CohortSplit.Validation);
        if (validation.Length > 0)
            return new SelectionRows(train, validation, "the cohort's validation rows", NeedsRefit: false);

        // Prefixes of one stay belong together: a model that has seen a stay's other hours must not be chosen on it.
        var heldOut = train.Select((row, position) => IsHeldOut(cohort.Prefixes is { } prefixes ? prefixes[(int)row].Stay : position)).ToArray();
        return new SelectionRows(
            [.. train.Where((_, position) => !heldOut[position])],
            [.. train.Where((_, position) => heldOut[position])],
            $"every {HeldOutShare}th training {(cohort.Prefixes is null ? "row" : "stay")}, held out while choosing; the chosen number of units is then fitted on all training rows",
            NeedsRefit: true);
    }

    private static bool IsHeldOut(int position) => position % HeldOutShare == HeldOutShare - 1;
}
