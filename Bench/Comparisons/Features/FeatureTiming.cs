namespace Bench.Comparisons.Features;

/// <summary>How long a way of computing prefix features took.</summary>
/// <param name="Work">What was done.</param>
/// <param name="Threads">The number of threads.</param>
/// <param name="PrefixCount">How many prefixes.</param>
/// <param name="Seconds">The wall time of the median repetition.</param>
/// <param name="Load">The load average before; null where the system does not tell.</param>
internal sealed record FeatureTiming(string Work, int Threads, long PrefixCount, double Seconds, double? Load)
{
    /// <summary>Gets the microseconds of a prefix.</summary>
    public double MicrosecondsPerPrefix => Seconds * 1e6 / PrefixCount;
}
