using System.Globalization;
using Bench.Comparisons.Cases;
using Bench.Comparisons.Checks;
using Bench.Comparisons.Measurement;

namespace Bench.Comparisons.Report;

/// <summary>Numbers of a case as tables show them, three digits where more would be noise.</summary>
internal static class CaseText
{
    /// <summary>What stands where there is nothing to show.</summary>
    public const string Nothing = "-";

    /// <summary>Shows the engine's time, with its phases where there are more.</summary>
    public static string Engine(CaseResult result) => result switch
    {
        { Engine: null } => "skipped",
        { FirstDifference: not null } => "wrong result",
        { Engine.Median: [_, > 0, ..] phases } => $"{Seconds(phases.Sum())} ({string.Join(" + ", phases.Select(Seconds))})",
        _ => Seconds(result.Engine.Seconds!.Value),
    };

    /// <summary>Shows another's time and how many times the engine's that is; or why there is none.</summary>
    public static string Other(CaseResult result, Contender other) => other.Seconds is { } seconds
        ? $"{Seconds(seconds)} ({(result.RatioOf(other) is { } ratio ? Ratio(ratio) : Nothing)}{(other.Recall is < 1 ? $", recall {Recall(other.Recall.Value)}" : "")})"
        : Status(other);

    /// <summary>Shows what became of one that was not measured.</summary>
    public static string Status(Contender other) => other.Status == ContenderStatus.TimedOut ? "timed out" : other.Status.ToString().ToLowerInvariant();

    /// <summary>Shows a name, and which version it was where that is known.</summary>
    public static string Name(Contender other) => other.Version is null ? other.Name : $"{other.Name} {other.Version}";

    /// <summary>Shows how another behaved.</summary>
    public static string Behavior(Contender other) => string.Join(", ", new[]
    {
        other.Recall is { } recall ? $"recall {Recall(recall)}" : null, Megabytes(other.PeakGrowthBytes), Load(other.LoadBefore), other.Note,
    }.OfType<string>());

    /// <summary>Shows a bar and how the engine stands to it.</summary>
    public static string Bar(BarOutcome bar) => $"{bar.Bar}: {bar.Verdict.ToString().ToLowerInvariant()}, {bar.Measured}";

    /// <summary>Shows the same on a page, what is missed in bold.</summary>
    public static string BarOnPage(BarOutcome bar) => bar.Verdict switch
    {
        Verdict.Met => $"{bar.Bar}: yes, {bar.Measured}",
        Verdict.Missed => $"{bar.Bar}: **no**, {bar.Measured}",
        _ => $"{bar.Bar}: not known, {bar.Measured}",
    };

    /// <summary>Shows what a check found.</summary>
    public static string Check(CheckResult check) =>
        $"{check.What}: "
        + (check.FirstDifference is { } difference ? Invariant($"**{check.Wrong:N0} wrong**, {difference}") : Invariant($"{check.Checked:N0} right"))
        + (check.LargestError is { } error ? Invariant($", largest error {error:0.0e0}") : "")
        + (check.Ties > 0 ? Invariant($", {check.Ties:N0} of them differ by ties") : "");

    /// <summary>Shows the sizes of the rows.</summary>
    public static string Size(CaseResult result) => Invariant($"{result.RowCount:N0} x ") + (result.FeatureCount == 0 ? Nothing : $"{result.FeatureCount}");

    /// <summary>Shows a count.</summary>
    public static string Fact(CaseResult result, string name) => result.Facts.TryGetValue(name, out var count) ? Invariant($"{count:N0}") : Nothing;

    /// <summary>Shows a share of a roof.</summary>
    public static string Rate(RateUnderRoof rate) =>
        Invariant($"{100 * rate.Rate / rate.Limit:0} % of {rate.Roof} ({rate.Rate / 1e9:0.0} of {rate.Limit / 1e9:0.0} {rate.Unit})");

    /// <summary>Shows the memory beside the data.</summary>
    public static string Memory(CaseResult result) =>
        result.ExtraMemoryShare is { } share ? Invariant($"{100 * share:0.0} %, {Megabytes(result.Engine!.PeakGrowthBytes)}") : Nothing;

    /// <summary>Shows a load average.</summary>
    public static string Load(double? load) => load is { } known ? Invariant($"{known:0.0}") : Nothing;

    /// <summary>Shows a share, never rounded up to all.</summary>
    public static string Percent(double share) => Invariant($"{Math.Floor(share * 1e4) / 100:0.00} %");

    private static string Seconds(double seconds) =>
        seconds.ToString(seconds >= 100 ? "0" : seconds >= 10 ? "0.0" : seconds >= 1 ? "0.00" : "0.000", CultureInfo.InvariantCulture);

    private static string Recall(double recall) => Invariant($"{Math.Floor(recall * 1e5) / 1e5:0.00000}");

    private static string Megabytes(long? bytes) => bytes is { } known ? Invariant($"{known / 1e6:N1} MB") : Nothing;

    private static string Ratio(double ratio) => ratio.ToString(ratio >= 100 ? "0" : ratio >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture) + "x";

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
