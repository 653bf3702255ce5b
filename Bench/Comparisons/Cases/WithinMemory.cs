using System.Globalization;

namespace Bench.Comparisons.Cases;

/// <summary>The process grows by no more than a share of the data that it works on.</summary>
/// <param name="share">The share.</param>
internal sealed class WithinMemory(double share) : IBar
{
    /// <summary>Below this, the few megabytes that the runtime takes for threads and code decide, not the work.</summary>
    private const long SmallestData = 32 << 20;

    /// <inheritdoc/>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"memory <= {100 * share:0} %");

    /// <inheritdoc/>
    public BarOutcome Judge(MeasuredCase measured)
    {
        if (measured.PeakGrowthBytes is not { } growth)
            return new BarOutcome(Text, Verdict.Unknown, "this system does not tell the peak");
        if (measured.DataBytes < SmallestData)
            return new BarOutcome(Text, Verdict.Unknown, "data too small to tell");
        var taken = (double)growth / measured.DataBytes;
        return new BarOutcome(Text, taken <= share ? Verdict.Met : Verdict.Missed, string.Create(CultureInfo.InvariantCulture, $"{100 * taken:0.0} %"));
    }
}
