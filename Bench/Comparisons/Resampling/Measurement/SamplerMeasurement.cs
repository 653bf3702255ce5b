using Bench.Comparisons.Measurement;

namespace Bench.Comparisons.Resampling.Measurement;

/// <summary>What the engine took for a case.</summary>
/// <param name="Repetitions">Every repetition.</param>
/// <param name="PeakGrowthBytes">How far the process grew while it planned and made rows, the plan included; null where this is not known.</param>
/// <param name="LoadBefore">The load average before the first repetition.</param>
/// <param name="MadeBytes">Bytes of the values of made rows, three times: of each, two rows are read and one is written.</param>
/// <param name="MemoryBandwidth">Bytes read and written a second by a loop right after the last repetition; null where no row is made.</param>
internal sealed record SamplerMeasurement(
    IReadOnlyList<SamplerTiming> Repetitions, long? PeakGrowthBytes, double? LoadBefore, long MadeBytes, double? MemoryBandwidth)
{
    /// <summary>Gets the median repetition.</summary>
    public SamplerTiming Median => RepetitionMedian.Of(Repetitions, static repetition => repetition.Total);

    /// <summary>Gets the bytes read and written a second while rows are made; null where none are.</summary>
    public double? MakingRate => MadeBytes == 0 ? null : MadeBytes / Median.Making;
}
