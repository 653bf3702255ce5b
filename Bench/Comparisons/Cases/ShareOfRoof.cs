using System.Globalization;

namespace Bench.Comparisons.Cases;

/// <summary>The engine works at a share of what the machine allows, measured in the same run, or faster.</summary>
/// <param name="share">The share of the roof, 1 for all of it.</param>
/// <param name="roof">One of <see cref="RoofName"/>.</param>
internal sealed class ShareOfRoof(double share, string roof) : IBar
{
    /// <inheritdoc/>
    public string Text => string.Create(CultureInfo.InvariantCulture, $">= {100 * share:0} % of {roof}");

    /// <inheritdoc/>
    public BarOutcome Judge(MeasuredCase measured)
    {
        if (measured.Rates.Where(rate => rate.Roof == roof).Cast<RateUnderRoof?>().FirstOrDefault() is not { } reached)
            return new BarOutcome(Text, Verdict.Unknown, "not measured");
        return new BarOutcome(
            Text,
            reached.Rate >= share * reached.Limit ? Verdict.Met : Verdict.Missed,
            string.Create(CultureInfo.InvariantCulture, $"{100 * reached.Rate / reached.Limit:0} % ({reached.Rate / 1e9:0.0} of {reached.Limit / 1e9:0.0} {reached.Unit})"));
    }
}
