using Bench.Comparisons.Rivals;

namespace Bench.Comparisons.Resampling.Report;

/// <summary>One case and one of those who ran it: a line of resampling.csv.</summary>
/// <param name="Case">The case.</param>
/// <param name="Method">The method.</param>
/// <param name="Data">What its rows are.</param>
/// <param name="Rows">How many.</param>
/// <param name="MinorityRows">How many are of the rarer class.</param>
/// <param name="Features">Columns.</param>
/// <param name="Contender">The engine or a rival.</param>
/// <param name="Status">Measured, or what came between.</param>
/// <param name="Reason">Why it was not measured, or what is wrong.</param>
/// <param name="PlanSeconds">Of the median repetition of the engine.</param>
/// <param name="MakingSeconds">Likewise.</param>
/// <param name="TotalSeconds">Of the median repetition.</param>
/// <param name="Repetitions">How many there were.</param>
/// <param name="TimesTheEngine">How many times as long as the engine it took.</param>
/// <param name="ResampledRows">Rows of the resampled table.</param>
/// <param name="MadeRows">Those of them that were made.</param>
/// <param name="MakingBytesPerSecond">Read and written while rows are made.</param>
/// <param name="MemoryBandwidth">What the machine reads and writes at most.</param>
/// <param name="PeakGrowthBytes">How far its process grew.</param>
/// <param name="LoadBefore">The load average before it began.</param>
internal sealed record SamplerRow(
    string Case,
    string Method,
    string Data,
    long Rows,
    long MinorityRows,
    int Features,
    string Contender,
    string Status,
    string? Reason,
    double? PlanSeconds,
    double? MakingSeconds,
    double? TotalSeconds,
    int Repetitions,
    double? TimesTheEngine,
    long? ResampledRows,
    long? MadeRows,
    double? MakingBytesPerSecond,
    double? MemoryBandwidth,
    long? PeakGrowthBytes,
    double? LoadBefore)
{
    private const string EngineName = "engine";

    /// <summary>Lists the lines of a case: the engine's, then the rival's.</summary>
    public static IEnumerable<SamplerRow> Of(SamplerResult result)
    {
        yield return OfEngine(result);
        if (result.Rival is { } rival)
        {
            yield return Create(result, rival.Name, rival.Status.ToString(), rival.Reason, rival.Repetitions.Count) with
            {
                TotalSeconds = rival.Median,
                TimesTheEngine = result.TimesTheEngine,
                PeakGrowthBytes = rival.PeakGrowthBytes,
                LoadBefore = rival.LoadBefore,
            };
        }
    }

    private static SamplerRow OfEngine(SamplerResult result)
    {
        if (result.Engine is not { } engine)
            return Create(result, EngineName, "Skipped", result.Skipped, 0);
        var wrong = result.FirstDifference;
        return Create(result, EngineName, wrong is null ? nameof(RivalStatus.Measured) : "Wrong", wrong, engine.Repetitions.Count) with
        {
            PlanSeconds = engine.Median.Plan,
            MakingSeconds = engine.Median.Making,
            TotalSeconds = engine.Median.Total,
            ResampledRows = result.ResampledCount,
            MadeRows = result.MadeCount,
            MakingBytesPerSecond = engine.MakingRate,
            MemoryBandwidth = engine.MemoryBandwidth,
            PeakGrowthBytes = engine.PeakGrowthBytes,
            LoadBefore = engine.LoadBefore,
        };
    }

    private static SamplerRow Create(SamplerResult result, string contender, string status, string? reason, int repetitions) => new(
        result.Name, result.Method, result.Data, result.RowCount, result.MinorityCount, result.FeatureCount, contender, status, reason,
        null, null, null, repetitions, null, null, null, null, null, null, null);
}
