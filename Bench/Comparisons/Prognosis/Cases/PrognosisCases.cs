using Bench.Cohorts.Simulated;
using Bench.Comparisons.Cases;
using Bench.Comparisons.Prognosis.Rivals;
using Bench.Comparisons.Prognosis.Work;

namespace Bench.Comparisons.Prognosis.Cases;

/// <summary>All cases of the comparison: fits beside other libraries, fits of the published size, metrics, prefix features.</summary>
internal static class PrognosisCases
{
    private const long Gibibyte = 1L << 30;
    private const int RivalRows = 1_000_000;
    private const int Narrow = 15;
    private const int Hours = 76;
    private const int Prefixes = 714;
    /// <summary>Of fewer rows the classes may be separated.</summary>
    private const int RowsPerColumn = 30;
    private const int SmallestCohort = 60_000;

    /// <summary>Just above half a million, from where a fit starts from a sample.</summary>
    private const int SampledRows = 530_000;
    private const int MetricRows = 2_400_000;

    private static readonly int s_published = (int)DecompensationSimulator.PublishedTrainingRows;

    /// <summary>A copy of the rows would take all of it.</summary>
    private static readonly IBar s_noCopy = new WithinMemory(0.25);

    /// <summary>Gets all.</summary>
    public static IReadOnlyList<PrognosisCase> All { get; } =
    [
        Fit("irls-15", RivalRows, Narrow, 4, [PrognosisRival.StatsModels, PrognosisRival.ScikitLearn], Against(PrognosisRival.StatsModels, 60), Against(PrognosisRival.ScikitLearn, 10)),
        Fit("irls-76", RivalRows, Hours, 6, [PrognosisRival.StatsModels, PrognosisRival.ScikitLearn], Against(PrognosisRival.StatsModels, 120), Against(PrognosisRival.ScikitLearn, 8)),
        Fit("irls-15-2.4m", s_published, Narrow, 2, [], new ShareOfRoof(0.5, RoofName.MemoryBandwidth)),
        Fit("irls-76-2.4m", s_published, Hours, 3, [], new WithinSeconds(2), s_noCopy),
        Fit("irls-714-2.4m", s_published, Prefixes, 10, [], new ShareOfRoof(0.7, RoofName.DoubleMultiplyAdds), new WithinSeconds(120), s_noCopy),
        new("dp-2.4m", "15 DP fits, simulated hours", s_published, UnitFitsWork.Prepare)
        {
            Bars = [new WithinTimes(3, UnitFitsWork.OneFit)],
            NeededBytes = 6 * Gibibyte,
            WarmUpRows = SmallestCohort,
        },
        new("metrics-2.4m", "all metrics of 15 groups, generated scores", MetricRows, SubgroupMetricsWork.Prepare)
        {
            Rivals = [PrognosisRival.ScikitLearn],
            Bars = [new WithinSeconds(0.15), Against(PrognosisRival.ScikitLearn, 10)],
            NeededBytes = 2 * Gibibyte,
        },
        new("features-200h", $"714 features of stays of {StayFeaturesWork.StayHours} h, one thread", StayFeaturesWork.PrefixesOf(20), StayFeaturesWork.Prepare)
        {
            Bars = [Against(StayFeaturesWork.OneByOne, 200)],
        },
        new("features-2.4m", "714 features, simulated stays, simulation included", s_published, CohortFeaturesWork.Prepare)
        {
            Bars = [new WithinSeconds(240)],
            NeededBytes = 3 * Gibibyte,
        },
    ];

    private static TimesAsFast Against(string rival, double ratio) => new(ratio, [rival]);

    private static PrognosisCase Fit(string name, int rowCount, int featureCount, int gibibytes, IReadOnlyList<string> rivals, params IReadOnlyList<IBar> bars) =>
        new(name, $"logistic regression, {featureCount} generated columns", rowCount, (rows, context) => FitWork.Prepare(rows, featureCount, context))
        {
            Rivals = rivals,
            Bars = bars,
            NeededBytes = gibibytes * Gibibyte,
            // A large fit starts from a sample of rows, another path; of wide rows it would take longer than it is worth.
            WarmUpRows = featureCount > Hours ? RowsPerColumn * featureCount : SampledRows,
        };
}
