using Bench.Cohorts.Simulated;
using Bench.Comparisons.Arrays;
using Bench.Comparisons.Cases;
using Bench.Comparisons.Measurement;
using Bench.Comparisons.Report;

namespace Bench.Comparisons.Prognosis;

/// <summary>Fits beside other libraries, fits of the published size, metrics, prefix features.</summary>
internal static class PrognosisCases
{
    /// <summary>statsmodels: GLM with the binomial family.</summary>
    public const string StatsModels = "statsmodels";

    /// <summary>scikit-learn: the fastest solver of LogisticRegression that reaches the optimum; the functions of sklearn.metrics.</summary>
    public const string ScikitLearn = "scikit-learn";

    private const long Gibibyte = 1L << 30;
    private const int RivalRows = 1_000_000;
    private const int Narrow = 15;
    private const int Hours = 76;
    private const int Prefixes = 714;
    private const int MetricRows = 2_400_000;

    private static readonly int s_published = (int)DecompensationSimulator.PublishedTrainingRows;

    /// <summary>A copy of the rows would take all of it.</summary>
    private static readonly Bar s_noCopy = Bar.WithinMemory(0.25);

    /// <summary>Gets the family.</summary>
    public static ComparisonFamily Family { get; } = new(
        new FamilyPage(
            "prognosis",
            "engine-prognosis-comparison",
            "Logistic regression, metrics and prefix features",
            [Column.Case, Column.Work, Column.Data, Column.Size, Column.Engine(), Column.Beside, Column.Bars, Column.Rates, Column.Memory, Column.Load]),
        "Time logistic regression, metrics and prefix features, some of them beside statsmodels and scikit-learn.",
        MakeAll())
    {
        WorkSize = "0.4 GB",
        Python = ("prognosis_rivals.py", [StatsModels, ScikitLearn]),
    };

    private static ComparisonCase[] MakeAll() =>
    [
        Fit("irls-15", RivalRows, Narrow, 4, [StatsModels, ScikitLearn], Against(StatsModels, 60), Against(ScikitLearn, 10)),
        Fit("irls-76", RivalRows, Hours, 6, [StatsModels, ScikitLearn], Against(StatsModels, 120), Against(ScikitLearn, 8)),
        Fit("irls-15-2.4m", s_published, Narrow, 2, [], Bar.ShareOfRoof(0.5, RoofName.MemoryBandwidth)),
        Fit("irls-76-2.4m", s_published, Hours, 3, [], Bar.WithinSeconds(2), s_noCopy),
        Fit("irls-714-2.4m", s_published, Prefixes, 10, [], Bar.ShareOfRoof(0.7, RoofName.DoubleMultiplyAdds), Bar.WithinSeconds(120), s_noCopy),
        new(
            "irls-76-paths",
            "logistic regression of views",
            $"{Hours} generated columns",
            new ArraySize(RivalRows),
            (size, context) => new FitPathsWork(size.Rows, Hours, context))
        {
            Bars = Bar.OfPaths,
            NeededBytes = 6 * Gibibyte,
        },
        new("dp-2.4m", "15 DP fits", "simulated hours", new ArraySize(s_published), (size, context) => new UnitFitsWork(size.Rows, context))
        {
            Bars = [Bar.WithinTimes(3, UnitFitsWork.OneFit)],
            NeededBytes = 6 * Gibibyte,
        },
        new("metrics-2.4m", "all metrics of 15 groups", "generated scores", new ArraySize(MetricRows), (size, context) => new SubgroupMetricsWork(size.Rows, context))
        {
            Rivals = [ScikitLearn],
            Bars = [Bar.WithinSeconds(0.15), Against(ScikitLearn, 10)],
            NeededBytes = 2 * Gibibyte,
        },
        new(
            "features-200h",
            "714 features, one thread",
            $"stays of {StayFeaturesWork.StayHours} h",
            new ArraySize(StayFeaturesWork.PrefixesOf(20)),
            (size, _) => new StayFeaturesWork(size.Rows))
        {
            Bars = [Against(StayFeaturesWork.OneByOne, 200)],
        },
        new("features-2.4m", "714 features, simulation included", "simulated stays", new ArraySize(s_published), (size, _) => new CohortFeaturesWork(size.Rows))
        {
            Bars = [Bar.WithinSeconds(240)],
            NeededBytes = 3 * Gibibyte,
        },
    ];

    private static Bar Against(string rival, double ratio) => Bar.TimesAsFast(ratio, [rival]);

    private static ComparisonCase Fit(string name, int rowCount, int featureCount, int gibibytes, IReadOnlyList<string> rivals, params IReadOnlyList<Bar> bars) =>
        new(name, "logistic regression", $"{featureCount} generated columns", new ArraySize(rowCount), (size, context) => new FitWork(size.Rows, featureCount, context))
        {
            Rivals = rivals,
            Bars = bars,
            NeededBytes = gibibytes * Gibibyte,
        };
}
