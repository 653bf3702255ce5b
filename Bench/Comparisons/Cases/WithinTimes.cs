using System.Globalization;

namespace Bench.Comparisons.Cases;

/// <summary>The engine takes no more than so many times as long as something smaller that was measured beside it.</summary>
/// <param name="times">How many times.</param>
/// <param name="unit">The name of what was measured beside it.</param>
internal sealed class WithinTimes(double times, string unit) : IBar
{
    /// <inheritdoc/>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"<= {times}x {unit}");

    /// <inheritdoc/>
    public BarOutcome Judge(MeasuredCase measured) =>
        measured.Rivals.FirstOrDefault(rival => rival.Name == unit)?.Seconds is not { } seconds
            ? new BarOutcome(Text, Verdict.Unknown, "not measured")
            : new BarOutcome(
                Text, measured.Seconds <= times * seconds ? Verdict.Met : Verdict.Missed, string.Create(CultureInfo.InvariantCulture, $"{measured.Seconds / seconds:0.00}x"));
}
