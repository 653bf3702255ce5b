using Bench.Cohorts.Equity.Simulated;
using Bench.Comparisons.Cases;
using Bench.Comparisons.Prognosis.Cases;
using Bench.Comparisons.Prognosis.Rivals;
using Bench.Studies.Equity;

namespace Bench.Comparisons.Equity;

/// <summary>The case of the comparison: the study of synthetic rows at its published size.</summary>
internal static class EquityCases
{
    private const long Gibibyte = 1L << 30;

    /// <summary>Gets all.</summary>
    public static IReadOnlyList<PrognosisCase> All { get; } = [Visits(MimicEdSimulator.PublishedRows, EquityOptions.RepeatsOfPaper, EquityOptions.RepeatsOfPaper)];

    /// <summary>The study on visits in the shape of MIMIC-IV-ED.</summary>
    /// <param name="rows">The visits.</param>
    /// <param name="repeats">The repeats of the study.</param>
    /// <param name="rivalRepeats">Those that other libraries do, no more than all.</param>
    public static PrognosisCase Visits(int rows, int repeats, int rivalRepeats) =>
        new("visits", $"{repeats} repeats of the study of synthetic rows, simulated visits", rows, (count, context) => EquityStudyWork.Prepare(count, repeats, rivalRepeats, context))
        {
            Rivals = [PrognosisRival.ScikitLearn],
            Bars = [new WithinSeconds(180), new TimesAsFast(20, [PrognosisRival.ScikitLearn])],
            NeededBytes = 6 * Gibibyte,
            WarmUpRows = 20_000,
        };
}
