using Bench.Comparisons.Measurement;
using Bench.Comparisons.Rivals;
using Engine.Numerics.Distances;

namespace Bench.Comparisons.Report;

/// <summary>One case and one of those who ran it: a line of neighbors.csv.</summary>
/// <param name="Case">The case.</param>
/// <param name="Data">What its rows are.</param>
/// <param name="Rows">Rows of the reference.</param>
/// <param name="Queries">Queries.</param>
/// <param name="Features">Columns.</param>
/// <param name="Metric">The distance.</param>
/// <param name="NeighborCount">k.</param>
/// <param name="Contender">The engine or a rival.</param>
/// <param name="Status">Measured, or what came between.</param>
/// <param name="Reason">Why it was not measured.</param>
/// <param name="BuildSeconds">Of the median repetition.</param>
/// <param name="SearchSeconds">Of the median repetition.</param>
/// <param name="TotalSeconds">Of the median repetition.</param>
/// <param name="Repetitions">How many there were.</param>
/// <param name="TimesTheEngine">How many times as long as the engine it took.</param>
/// <param name="Recall">The share of its neighbors that are right.</param>
/// <param name="PeakGrowthBytes">How far its process grew.</param>
/// <param name="ComparedShare">The share of pairs whose codes the engine compared.</param>
/// <param name="RankedShare">The share of pairs whose distance the engine computed.</param>
/// <param name="LoadBefore">The load average before it began.</param>
internal sealed record ContenderRow(
    string Case,
    string Data,
    long Rows,
    long Queries,
    int Features,
    Metric Metric,
    int NeighborCount,
    string Contender,
    string Status,
    string? Reason,
    double? BuildSeconds,
    double? SearchSeconds,
    double? TotalSeconds,
    int Repetitions,
    double? TimesTheEngine,
    double? Recall,
    long? PeakGrowthBytes,
    double? ComparedShare,
    double? RankedShare,
    double? LoadBefore)
{
    private const string EngineName = "engine";

    /// <summary>Lists the lines of a case: the engine's, then one a rival.</summary>
    public static IEnumerable<ContenderRow> Of(CaseResult result)
    {
        yield return OfEngine(result);
        foreach (var rival in result.Rivals)
        {
            yield return Create(result, rival.Name, rival.Status.ToString(), rival.Reason, rival.Median, rival.Repetitions.Count) with
            {
                TimesTheEngine = result.RatioOf(rival),
                Recall = rival.Recall,
                PeakGrowthBytes = rival.PeakGrowthBytes,
                LoadBefore = rival.LoadBefore,
            };
        }
    }

    private static ContenderRow OfEngine(CaseResult result)
    {
        if (result.Engine is not { } engine)
            return Create(result, EngineName, "Skipped", result.Skipped, null, 0);
        var wrong = result.Equality!.FirstDifference;
        var row = Create(result, EngineName, wrong is null ? nameof(RivalStatus.Measured) : "Wrong", wrong, engine.Median, engine.Repetitions.Count);
        var pairs = (double)engine.Statistics.PairCount;
        return row with
        {
            PeakGrowthBytes = engine.PeakGrowthBytes,
            ComparedShare = engine.Statistics.ComparedPairs / pairs,
            RankedShare = engine.Statistics.RankedPairs / pairs,
            LoadBefore = engine.LoadBefore,
        };
    }

    private static ContenderRow Create(CaseResult result, string contender, string status, string? reason, Timing? median, int repetitions) => new(
        result.Name,
        result.Data,
        result.RowCount,
        result.QueryCount,
        result.FeatureCount,
        result.Metric,
        result.NeighborCount,
        contender,
        status,
        reason,
        median?.Build,
        median?.Search,
        median?.Total,
        repetitions,
        null,
        null,
        null,
        null,
        null,
        null);
}
