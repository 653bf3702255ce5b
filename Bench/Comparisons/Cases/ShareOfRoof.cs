using System.Globalization;
using Bench.Comparisons.Measurement;

namespace Bench.Comparisons.Cases;

/// <summary>The engine, building, searching and ranking, works through pairs at a share of what float32 arithmetic alone allows on the same machine in the same run, or faster.</summary>
/// <param name="share">The share of the roof, 1 for all of it.</param>
/// <param name="name">The roof in words.</param>
/// <param name="roofOf">Picks the roof.</param>
internal sealed class ShareOfRoof(double share, string name, Func<MachineRoofs, double> roofOf) : IBar
{
    /// <inheritdoc/>
    public string Text => string.Create(CultureInfo.InvariantCulture, $">= {100 * share:0} % of {name}");

    /// <inheritdoc/>
    public BarOutcome Judge(MeasuredCase measured)
    {
        var rate = measured.Elements / measured.Engine.Median.Total;
        var roof = roofOf(measured.Engine.Roofs);
        return new BarOutcome(
            Text,
            rate >= share * roof ? Verdict.Met : Verdict.Missed,
            string.Create(CultureInfo.InvariantCulture, $"{100 * rate / roof:0} % ({rate / 1e9:0.0} of {roof / 1e9:0.0} G/s)"));
    }
}
