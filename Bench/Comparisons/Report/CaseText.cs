using System.Globalization;
using Bench.Comparisons.Cases;
using Bench.Comparisons.Measurement;
using Bench.Comparisons.Rivals;

namespace Bench.Comparisons.Report;

/// <summary>Numbers of a case as tables show them, three digits where more would be noise.</summary>
internal static class CaseText
{
    /// <summary>What stands where there is nothing to show.</summary>
    public const string Nothing = "-";

    /// <summary>Shows a duration.</summary>
    public static string Seconds(double seconds) =>
        seconds.ToString(seconds >= 100 ? "0" : seconds >= 10 ? "0.0" : seconds >= 1 ? "0.00" : "0.000", CultureInfo.InvariantCulture);

    /// <summary>Shows the engine's time with its two parts.</summary>
    public static string Engine(CaseResult result) => result switch
    {
        { Skipped: not null } => "skipped",
        { Equality.Holds: false } => "wrong result",
        _ => $"{Seconds(result.Engine!.Median.Total)} ({Parts(result.Engine.Median)})",
    };

    /// <summary>Shows a rival's time and how many times the engine's that is; or why there is none.</summary>
    public static string Rival(CaseResult result, RivalResult rival) => rival.Median is { } median
        ? $"{Seconds(median.Total)} ({(result.RatioOf(rival) is { } ratio ? Ratio(ratio) : Nothing)}{LowRecall(rival)})"
        : StatusOf(rival);

    /// <summary>Shows what became of a rival that was not measured.</summary>
    public static string StatusOf(RivalResult rival) => StatusOf(rival.Status);

    /// <summary>Shows what became of a rival.</summary>
    public static string StatusOf(RivalStatus status) => status == RivalStatus.TimedOut ? "timed out" : status.ToString().ToLowerInvariant();

    /// <summary>Shows a bar and how the engine stands to it.</summary>
    public static string Bar(BarOutcome bar) => $"{bar.Bar}: {bar.Verdict.ToString().ToLowerInvariant()}, {bar.Measured}";

    /// <summary>Shows the same on a page, what is missed in bold.</summary>
    public static string BarOnPage(BarOutcome bar) => bar.Verdict switch
    {
        Verdict.Met => $"{bar.Bar}: yes, {bar.Measured}",
        Verdict.Missed => $"{bar.Bar}: **no**, {bar.Measured}",
        _ => $"{bar.Bar}: not known, {bar.Measured}",
    };

    /// <summary>Shows the sizes of the arrays.</summary>
    public static string Size(CaseResult result) =>
        Invariant($"{result.RowCount:N0} x ") + (result.QueryCount == 0 ? "class 1 rows" : Invariant($"{result.QueryCount:N0}"));

    /// <summary>Shows the number of columns.</summary>
    public static string Features(CaseResult result) => result.FeatureCount == 0 ? Nothing : $"{result.FeatureCount}";

    /// <summary>Shows the pairs that no code of the engine looked at, and those whose distance it did not compute.</summary>
    public static string Discarded(CaseResult result)
    {
        if (result.Engine is not { Statistics: { PairCount: > 0 } statistics })
            return Nothing;
        var pairs = (double)statistics.PairCount;
        // A leaf that is not full is compared as if it were: without any discarded, more than all pairs are.
        return $"{Percent(Math.Max(0, 1 - (statistics.ComparedPairs / pairs)))}, {Percent(statistics.DiscardedShare)}";
    }

    /// <summary>Shows the memory beside the reference.</summary>
    public static string Memory(CaseResult result) =>
        result.ExtraMemoryShare is { } share ? Invariant($"{100 * share:0} %, {Megabytes(result.Engine!.PeakGrowthBytes)}") : Nothing;

    /// <summary>Shows a recall, never rounded up to 1.</summary>
    public static string Recall(double recall) => Invariant($"{Math.Floor(recall * 1e5) / 1e5:0.00000}");

    /// <summary>Shows an amount of memory.</summary>
    public static string Megabytes(long? bytes) => bytes is { } known ? Invariant($"{known / 1e6:N1} MB") : Nothing;

    /// <summary>Shows a load average.</summary>
    public static string Load(double? load) => load is { } known ? Invariant($"{known:0.0}") : Nothing;

    private static string Parts(Timing timing) => $"{Seconds(timing.Build)} + {Seconds(timing.Search)}";

    /// <summary>Shows how many times as long as the engine a rival took.</summary>
    public static string Ratio(double ratio) => ratio.ToString(ratio >= 100 ? "0" : ratio >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture) + "x";

    // Shown only where it says something.
    private static string LowRecall(RivalResult rival) => rival.Recall is { } recall and < 1 ? $", recall {Recall(recall)}" : "";

    private static string Percent(double share) => Invariant($"{Math.Floor(share * 1e4) / 100:0.00} %");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
