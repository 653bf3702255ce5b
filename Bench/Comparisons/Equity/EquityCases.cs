using Bench.Cohorts.Equity.Simulated;
using Bench.Comparisons.Arrays;
using Bench.Comparisons.Cases;
using Bench.Comparisons.Measurement;
using Bench.Comparisons.Report;
using Bench.Studies.Equity;

namespace Bench.Comparisons.Equity;

/// <summary>The study of synthetic rows at its published size.</summary>
internal static class EquityCases
{
    /// <summary>The rival: scikit-learn, with imbalanced-learn for rows made by SMOTE.</summary>
    public const string ScikitLearn = "scikit-learn";

    private const long Gibibyte = 1L << 30;

    /// <summary>Fewer have no 100 rows of a minority to train on and others to judge on.</summary>
    private const int SmallestCohort = 10_000;

    private const string Rows = "--rows", StudyRepeats = "--study-repeats", RivalRepeats = "--rival-repeats";

    /// <summary>Gets the family.</summary>
    public static ComparisonFamily Family { get; } = new(
        new FamilyPage(
            "equity",
            "engine-equity-comparison",
            "The study of synthetic rows for small groups",
            [Column.Case, Column.Work, Column.Data, Column.Size, Column.Engine(), Column.Of(ScikitLearn), Column.Bars, Column.Memory, Column.Load]),
        "Time the study of synthetic rows beside scikit-learn and imbalanced-learn.",
        [Visits(MimicEdSimulator.PublishedRows, EquityOptions.RepeatsOfPaper, null)])
    {
        WorkSize = "0.2 GB",
        // The whole study several times is enough to wait for.
        Defaults = new MeasureOptions { Repeats = 3, MaxSeconds = 120, TimeoutSeconds = 3600 },
        Python = ("equity_rivals.py", [ScikitLearn]),
        Numbers =
        [
            new(Rows, $"Visits to simulate; {MimicEdSimulator.PublishedRows:N0} by default, those published.", SmallestCohort, MimicEdSimulator.MaximumRows),
            new(StudyRepeats, $"Repeats of the study for each minority; {EquityOptions.RepeatsOfPaper} by default.", 1, 10_000),
            new(RivalRepeats, "Repeats that the rival does, its time then multiplied; all by default.", 1),
        ],
        WithNumbers = (planned, numbers) => Visits(numbers(Rows) ?? planned.Size.Rows, numbers(StudyRepeats) ?? EquityOptions.RepeatsOfPaper, numbers(RivalRepeats)),
    };

    private static ComparisonCase Visits(int rows, int repeats, int? rivalRepeats) => new(
        "visits",
        $"{repeats} repeats of the study of synthetic rows",
        "simulated visits",
        new ArraySize(rows),
        (size, context) => new EquityStudyWork(size.Rows, repeats, Math.Min(repeats, rivalRepeats ?? repeats), context.Cancellation))
    {
        Rivals = [ScikitLearn],
        Bars = [Bar.WithinSeconds(180), Bar.TimesAsFast(20, [ScikitLearn])],
        NeededBytes = 6 * Gibibyte,
    };
}
