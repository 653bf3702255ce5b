using Bench.Comparisons.Report;
using Bench.Comparisons.Resampling.Checks;

namespace Bench.Comparisons.Resampling.Report;

/// <summary>Numbers of a case as tables show them.</summary>
internal static class SamplerText
{
    /// <summary>Shows the engine's time, with its two parts where rows are made.</summary>
    public static string Engine(SamplerResult result) => result switch
    {
        { Engine: null } => "skipped",
        { FirstDifference: not null } => "wrong result",
        { Engine.Median: { Making: > 0 } median } => $"{CaseText.Seconds(median.Total)} ({CaseText.Seconds(median.Plan)} + {CaseText.Seconds(median.Making)})",
        _ => CaseText.Seconds(result.Engine.Median.Total),
    };

    /// <summary>Shows the rival's time and how many times the engine's that is; or why there is none.</summary>
    public static string Rival(SamplerResult result) => result.Rival switch
    {
        null => "",
        { Median: { } median } => $"{CaseText.Seconds(median)} ({(result.TimesTheEngine is { } ratio ? CaseText.Ratio(ratio) : CaseText.Nothing)})",
        var rival => CaseText.StatusOf(rival.Status),
    };

    /// <summary>Shows the rows before.</summary>
    public static string Size(SamplerResult result) =>
        Invariant($"{result.RowCount:N0}") + (result.MinorityCount == 0 ? "" : Invariant($" ({result.MinorityCount:N0})"));

    /// <summary>Shows the rows after.</summary>
    public static string Resampled(SamplerResult result) => result switch
    {
        { Engine: null } => CaseText.Nothing,
        { MadeCount: > 0 } => Invariant($"{result.ResampledCount:N0}, {result.MadeCount:N0} made"),
        _ => Invariant($"{result.ResampledCount:N0}"),
    };

    /// <summary>Shows how fast rows are made.</summary>
    public static string Making(SamplerResult result) => result.Engine is { MakingRate: { } rate, MemoryBandwidth: { } bandwidth }
        ? Invariant($"{rate / 1e9:0.0} of {bandwidth / 1e9:0.0} GB/s, {100 * rate / bandwidth:0} %")
        : CaseText.Nothing;

    /// <summary>Shows the memory beside the data.</summary>
    public static string Memory(SamplerResult result) =>
        result.ExtraMemoryShare is { } share ? Invariant($"{100 * share:0} %, {CaseText.Megabytes(result.Engine!.PeakGrowthBytes)}") : CaseText.Nothing;

    /// <summary>Shows what a check found.</summary>
    public static string Check(CheckResult check) =>
        $"{check.What}: "
        + (check.FirstDifference is { } difference ? Invariant($"**{check.Wrong:N0} wrong**, {difference}") : Invariant($"{check.Checked:N0} right"))
        + (check.Ties > 0 ? Invariant($", {check.Ties:N0} of them differ by ties") : "");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
