using System.Globalization;

namespace Bench.Comparisons.Cases;

/// <summary>Building and searching takes no more memory than a share of the reference, results left out.</summary>
/// <param name="share">The share.</param>
internal sealed class WithinMemory(double share) : IBar
{
    /// <summary>Below this, the few megabytes that the runtime takes for threads and code decide, not the search.</summary>
    private const long SmallestReference = 32 << 20;

    /// <inheritdoc/>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"memory <= {100 * share:0} %");

    /// <inheritdoc/>
    public BarOutcome Judge(MeasuredCase measured)
    {
        if (measured.Engine.PeakGrowthBytes is not { } growth)
            return new BarOutcome(Text, Verdict.Unknown, "this system does not tell the peak");
        if (measured.ReferenceBytes < SmallestReference)
            return new BarOutcome(Text, Verdict.Unknown, "reference too small to tell");
        var taken = (double)growth / measured.ReferenceBytes;
        return new BarOutcome(Text, taken <= share ? Verdict.Met : Verdict.Missed, string.Create(CultureInfo.InvariantCulture, $"{100 * taken:0.0} %"));
    }
}
