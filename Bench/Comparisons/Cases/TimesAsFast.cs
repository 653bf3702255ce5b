using System.Globalization;

namespace Bench.Comparisons.Cases;

/// <summary>The engine is so many times as fast as the fastest of some rivals.</summary>
/// <param name="ratio">How many times.</param>
/// <param name="rivals">One or more names.</param>
/// <param name="group">What they are called together; the name of the rival when null.</param>
internal sealed class TimesAsFast(double ratio, IReadOnlyList<string> rivals, string? group = null) : IBar
{
    /// <inheritdoc/>
    public string Text => string.Create(CultureInfo.InvariantCulture, $">= {ratio}x {group ?? rivals[0]}");

    /// <inheritdoc/>
    public BarOutcome Judge(MeasuredCase measured)
    {
        var results = rivals.Select(name => measured.Rivals.FirstOrDefault(rival => rival.Name == name)
            ?? new RivalSeconds(name, null, "not asked for")).ToArray();
        var fastest = results.Where(rival => rival.Seconds is not null).MinBy(rival => rival.Seconds);
        var times = fastest?.Seconds / measured.Seconds;
        if (times < ratio)
            return new BarOutcome(Text, Verdict.Missed, Describe(times.Value, fastest!));
        // The one that was not measured might have been the fastest.
        if (results.FirstOrDefault(rival => rival.Seconds is null) is { } unknown)
            return new BarOutcome(Text, Verdict.Unknown, $"{unknown.Name}: {unknown.Reason}");
        return new BarOutcome(Text, Verdict.Met, Describe(times!.Value, fastest!));
    }

    private string Describe(double times, RivalSeconds fastest) =>
        string.Create(CultureInfo.InvariantCulture, $"{times:0.00}x") + (rivals.Count > 1 ? $" {fastest.Name}" : "");
}
