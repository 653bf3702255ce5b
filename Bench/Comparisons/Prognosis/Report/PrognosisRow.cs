using Bench.Comparisons.Rivals;

namespace Bench.Comparisons.Prognosis.Report;

/// <summary>One case and one of those who ran it: a line of prognosis.csv.</summary>
/// <param name="Case">The case.</param>
/// <param name="Work">What was done.</param>
/// <param name="Rows">On how many rows.</param>
/// <param name="Features">Columns.</param>
/// <param name="Contender">The engine, another way of it, or another library.</param>
/// <param name="Status">Measured, or what came between.</param>
/// <param name="Reason">Why it was not measured, or what is wrong.</param>
/// <param name="Seconds">Of the median repetition.</param>
/// <param name="Repetitions">How many there were.</param>
/// <param name="TimesTheEngine">How many times as long as the engine it took.</param>
/// <param name="PeakGrowthBytes">How far its process grew.</param>
/// <param name="LoadBefore">The load average before it began.</param>
internal sealed record PrognosisRow(
    string Case,
    string Work,
    long Rows,
    int Features,
    string Contender,
    string Status,
    string? Reason,
    double? Seconds,
    int Repetitions,
    double? TimesTheEngine,
    long? PeakGrowthBytes,
    double? LoadBefore)
{
    private const string EngineName = "engine";

    /// <summary>Lists the lines of a case: the engine's, then the others'.</summary>
    public static IEnumerable<PrognosisRow> Of(PrognosisResult result)
    {
        yield return OfEngine(result);
        foreach (var rival in result.Rivals)
        {
            yield return Create(result, rival.Name, rival.Status.ToString(), rival.Reason) with
            {
                Seconds = rival.Median,
                Repetitions = rival.Repetitions.Count,
                TimesTheEngine = result.RatioOf(rival),
                PeakGrowthBytes = rival.PeakGrowthBytes,
                LoadBefore = rival.LoadBefore,
            };
        }
    }

    private static PrognosisRow OfEngine(PrognosisResult result)
    {
        if (result.Engine is not { } engine)
            return Create(result, EngineName, "Skipped", result.Skipped);
        var wrong = result.FirstDifference;
        return Create(result, EngineName, wrong is null ? nameof(RivalStatus.Measured) : "Wrong", wrong) with
        {
            Seconds = engine.Median,
            Repetitions = engine.Repetitions.Count,
            PeakGrowthBytes = engine.PeakGrowthBytes,
            LoadBefore = engine.LoadBefore,
        };
    }

    private static PrognosisRow Create(PrognosisResult result, string contender, string status, string? reason) =>
        new(result.Name, result.Description, result.RowCount, result.FeatureCount, contender, status, reason, null, 0, null, null, null);
}
