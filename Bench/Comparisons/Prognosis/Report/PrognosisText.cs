using Bench.Comparisons.Cases;
using Bench.Comparisons.Report;
using Bench.Comparisons.Rivals;

namespace Bench.Comparisons.Prognosis.Report;

/// <summary>Numbers of a case as tables show them.</summary>
internal static class PrognosisText
{
    /// <summary>Shows the engine's time.</summary>
    public static string Engine(PrognosisResult result) => result switch
    {
        { Engine: null } => "skipped",
        { FirstDifference: not null } => "wrong result",
        _ => CaseText.Seconds(result.Engine.Median),
    };

    /// <summary>Shows another's time and how many times the engine's that is; or why there is none.</summary>
    public static string Rival(PrognosisResult result, RivalMeasurement rival) => rival.Median is { } median
        ? $"{rival.Name} {CaseText.Seconds(median)} ({(result.RatioOf(rival) is { } ratio ? CaseText.Ratio(ratio) : CaseText.Nothing)})"
        : $"{rival.Name} {CaseText.StatusOf(rival.Status)}";

    /// <summary>Shows a share of a roof.</summary>
    public static string Rate(RateUnderRoof rate) =>
        FormattableString.Invariant($"{100 * rate.Rate / rate.Limit:0} % of {rate.Roof} ({rate.Rate / 1e9:0.0} of {rate.Limit / 1e9:0.0} {rate.Unit})");

    /// <summary>Shows the memory beside the data.</summary>
    public static string Memory(PrognosisResult result) => result.ExtraMemoryShare is { } share
        ? FormattableString.Invariant($"{100 * share:0.0} %, {CaseText.Megabytes(result.Engine!.PeakGrowthBytes)}")
        : CaseText.Nothing;

    /// <summary>Shows the sizes of the rows.</summary>
    public static string Size(PrognosisResult result) =>
        FormattableString.Invariant($"{result.RowCount:N0} x ") + (result.FeatureCount == 0 ? CaseText.Nothing : $"{result.FeatureCount}");
}
