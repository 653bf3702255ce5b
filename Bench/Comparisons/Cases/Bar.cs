using System.Globalization;
using System.Text.Json.Serialization;
using Bench.Comparisons.Arrays;
using Bench.Comparisons.Measurement;

namespace Bench.Comparisons.Cases;

/// <summary>What a case asks of the engine.</summary>
/// <param name="Text">It in words.</param>
/// <param name="Measure">Says whether it is met by a right result, and what was measured.</param>
internal sealed record Bar(string Text, Func<CaseResult, (Verdict Verdict, string Measured)> Measure)
{
    /// <summary>Below this, the few megabytes that the runtime takes for threads and code decide, not the work.</summary>
    private const long SmallestData = 32 << 20;

    /// <summary>Gets what is asked of the paths that users take, beside rows in own memory.</summary>
    public static IReadOnlyList<Bar> OfPaths { get; } =
    [
        OtherWayWithin(1.1, RowPaths.Wrapped),
        OtherWayWithin(1.25, RowPaths.Selected),
        OtherWayWithin(1.25, RowPaths.Scaled),
        OtherWayWithin(1.25, RowPaths.WrappedScaledSelected),
        OtherWayWithin(1.15, RowPaths.Mapped),
    ];

    /// <summary>Says whether it is met. A wrong result is worth nothing, however fast.</summary>
    /// <param name="result">A case that was run.</param>
    public BarOutcome Judge(CaseResult result)
    {
        var (verdict, measured) = result.FirstDifference is null ? Measure(result) : (Verdict.Missed, "the result is wrong");
        return new BarOutcome(Text, verdict, measured);
    }

    /// <summary>The engine is so many times as fast as the fastest of some rivals.</summary>
    /// <param name="ratio">How many times.</param>
    /// <param name="rivals">One or more names.</param>
    /// <param name="group">What they are called together; the name of the rival when null.</param>
    public static Bar TimesAsFast(double ratio, IReadOnlyList<string> rivals, string? group = null) => new(Words($">= {ratio}x {group ?? rivals[0]}"), result =>
    {
        var results = rivals.Select(name => Find(result, name) ?? new Contender(name, ContenderStatus.Absent, "not asked for")).ToArray();
        var fastest = results.Where(rival => rival.Seconds is not null).MinBy(rival => rival.Seconds);
        var times = fastest?.Seconds / result.Engine!.Seconds;
        var measured = Words($"{times:0.00}x") + (rivals.Count > 1 ? $" {fastest?.Name}" : "");
        if (times < ratio)
            return (Verdict.Missed, measured);
        // The one that was not measured might have been the fastest.
        return results.FirstOrDefault(rival => rival.Seconds is null) is { } unknown ? (Verdict.Unknown, $"{unknown.Name}: {unknown.Reason}") : (Verdict.Met, measured);
    });

    /// <summary>The engine takes no more than so many times as long as something smaller that was measured beside it.</summary>
    /// <param name="times">How many times.</param>
    /// <param name="unit">The name of what was measured beside it.</param>
    public static Bar WithinTimes(double times, string unit) => new(Words($"<= {times}x {unit}"), result =>
        result.Engine!.Seconds / Find(result, unit)?.Seconds is { } taken ? (Of(taken <= times), Words($"{taken:0.00}x")) : (Verdict.Unknown, "not measured"));

    /// <summary>Another way of the engine takes no more than so many times as long as the first.</summary>
    /// <param name="times">How many times.</param>
    /// <param name="way">The name of the other way.</param>
    public static Bar OtherWayWithin(double times, string way) => new(Words($"{way} <= {times}x"), result =>
        Find(result, way)?.Seconds / result.Engine!.Seconds is { } taken ? (Of(taken <= times), Words($"{taken:0.00}x")) : (Verdict.Unknown, "not measured"));

    /// <summary>The engine is done within some seconds.</summary>
    /// <param name="limit">The seconds.</param>
    public static Bar WithinSeconds(double limit) => new(Words($"<= {limit} s"), result => (Of(result.Engine!.Seconds <= limit), Words($"{result.Engine.Seconds:0.0##} s")));

    /// <summary>The process grows by no more than a share of the data that it works on.</summary>
    /// <param name="share">The share.</param>
    public static Bar WithinMemory(double share) => new(Words($"memory <= {100 * share:0} %"), result => result switch
    {
        { Engine.PeakGrowthBytes: null } => (Verdict.Unknown, "this system does not tell the peak"),
        { DataBytes: < SmallestData } => (Verdict.Unknown, "data too small to tell"),
        _ => (Of(result.ExtraMemoryShare <= share), Words($"{100 * result.ExtraMemoryShare:0.0} %")),
    });

    /// <summary>A way to the same work takes no more than a share longer than another.</summary>
    /// <param name="share">The share.</param>
    /// <param name="way">The name of the way.</param>
    /// <param name="other">The name of the other.</param>
    public static Bar AddsSeconds(double share, string way, string other) => new(Words($"{way} adds <= {100 * share:0.#} % to {other}"), result =>
        (Find(result, way)?.Seconds / Find(result, other)?.Seconds) - 1 is { } added ? (Of(added <= share), Words($"{100 * added:0.0} %")) : (Verdict.Unknown, "not measured"));

    /// <summary>Another way to the same work lets its process grow by no more than a share of the data beyond what the engine lets its own.</summary>
    /// <param name="share">The share.</param>
    /// <param name="way">The name of the other way.</param>
    public static Bar AddsMemory(double share, string way) => new(Words($"{way} adds memory <= {100 * share:0.#} %"), result => result switch
    {
        { DataBytes: < SmallestData } => (Verdict.Unknown, "data too small to tell"),
        _ => (double?)(Find(result, way)?.PeakGrowthBytes - result.Engine!.PeakGrowthBytes) / result.DataBytes is { } added
            ? (Of(added <= share), Words($"{100 * added:0.0} %"))
            : (Verdict.Unknown, "the peak is not known"),
    });

    /// <summary>The engine works at a share of what the machine allows, measured in the same run, or faster.</summary>
    /// <param name="share">The share of the roof, 1 for all of it.</param>
    /// <param name="roof">One of <see cref="RoofName"/>.</param>
    public static Bar ShareOfRoof(double share, string roof) => new(Words($">= {100 * share:0} % of {roof}"), result =>
        result.Rates.Where(rate => rate.Roof == roof).Cast<RateUnderRoof?>().FirstOrDefault() is { } reached
            ? (Of(reached.Rate >= share * reached.Limit), Words($"{100 * reached.Rate / reached.Limit:0} % ({reached.Rate / 1e9:0.0} of {reached.Limit / 1e9:0.0} {reached.Unit})"))
            : (Verdict.Unknown, "not measured"));

    private static Contender? Find(CaseResult result, string name) => result.Rivals.FirstOrDefault(rival => rival.Name == name);

    private static Verdict Of(bool isMet) => isMet ? Verdict.Met : Verdict.Missed;

    private static string Words(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A bar after the measurement.</summary>
/// <param name="Bar">What was asked, such as "6 times as fast as faiss".</param>
/// <param name="Verdict">Whether it is met.</param>
/// <param name="Measured">What was measured, or why it was not.</param>
internal sealed record BarOutcome(string Bar, Verdict Verdict, string Measured);

/// <summary>Whether a bar is met.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Verdict>))]
public enum Verdict
{
    /// <summary>It is.</summary>
    Met,

    /// <summary>It is not.</summary>
    Missed,

    /// <summary>It is not known: what it speaks of was not measured. It never counts as met.</summary>
    Unknown,
}
