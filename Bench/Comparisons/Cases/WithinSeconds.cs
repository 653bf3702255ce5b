using System.Globalization;

namespace Bench.Comparisons.Cases;

/// <summary>The engine is done within some seconds.</summary>
/// <param name="limit">The seconds.</param>
internal sealed class WithinSeconds(double limit) : IBar
{
    /// <inheritdoc/>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"<= {limit} s");

    /// <inheritdoc/>
    public BarOutcome Judge(MeasuredCase measured)
    {
        var seconds = measured.Seconds;
        return new BarOutcome(Text, seconds <= limit ? Verdict.Met : Verdict.Missed, string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0##} s"));
    }
}
