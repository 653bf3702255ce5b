using Bench.Cohorts;

namespace Bench.Studies.Samples;

/// <summary>Which rows models are fitted on, which DP's candidates are, and which rows choose among them.</summary>
/// <param name="TrainRows">Rows to fit every model on.</param>
/// <param name="EpochRows">Rows on which a network chooses its epoch, none of them among those to fit on.</param>
/// <param name="FitRows">Rows to fit candidates on.</param>
/// <param name="ChoosingRows">Rows to choose on.</param>
/// <param name="Description">How they were come by, in words.</param>
/// <param name="NeedsRefit">Whether the chosen model must be fitted again, on all training rows.</param>
internal sealed record SelectionRows(long[] TrainRows, long[] EpochRows, long[] FitRows, long[] ChoosingRows, string Description, bool NeedsRefit)
{
    private const int HeldOutShare = 5;

    /// <summary>Takes the cohort's validation rows, its test rows if the paper's choice is asked for, or a fifth of the training rows where there is no validation part.</summary>
    /// <param name="cohort">The cohort.</param>
    /// <param name="selectOn">The part on which DP is to choose.</param>
    /// <param name="choosesEpochs">Whether models choose an epoch; then rows that are held out for it are held out throughout.</param>
    public static SelectionRows Of(Cohort cohort, CohortSplit selectOn, bool choosesEpochs = false)
    {
        var train = cohort.RowsOf(CohortSplit.Train);
        var validation = cohort.RowsOf(CohortSplit.Validation);
        var (fit, heldOut) = (train, validation);
        if (validation.Length == 0)
        {
            var isHeldOut = HoldOut(CohortStays.Of(cohort, train));
            (fit, heldOut) = ([.. train.Where((_, position) => !isHeldOut[position])], [.. train.Where((_, position) => isHeldOut[position])]);
        }

        var trainRows = choosesEpochs ? fit : train;
        if (selectOn == CohortSplit.Test)
            return new SelectionRows(trainRows, heldOut, trainRows, cohort.RowsOf(CohortSplit.Test), "the test rows, as in the paper: results of DP on them are optimistic", NeedsRefit: false);
        if (validation.Length > 0)
            return new SelectionRows(train, validation, train, validation, "the cohort's validation rows", NeedsRefit: false);
        var what = $"every {HeldOutShare}th training {UnitOf(cohort)}, held out";
        return choosesEpochs
            ? new SelectionRows(fit, heldOut, fit, heldOut, $"{what} from every fit, where epochs are chosen as well", NeedsRefit: false)
            : new SelectionRows(train, heldOut, fit, heldOut, $"{what} while choosing; the chosen number of units is then fitted on all training rows", NeedsRefit: true);
    }

    // Rows of one patient or stay belong together: a model that has seen a stay's other hours must not be chosen on it.
    private static bool[] HoldOut(int[] owners)
    {
        var order = new Dictionary<int, int>();
        return Array.ConvertAll(owners, owner =>
        {
            if (!order.TryGetValue(owner, out var position))
                order.Add(owner, position = order.Count);
            return position % HeldOutShare == HeldOutShare - 1;
        });
    }

    private static string UnitOf(Cohort cohort) => cohort switch
    {
        { Patients: not null } => "patient",
        { Prefixes: not null } => "stay",
        _ => "row",
    };
}
