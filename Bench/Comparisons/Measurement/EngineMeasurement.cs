using Engine.Compute;

namespace Bench.Comparisons.Measurement;

/// <summary>What the engine took for a case.</summary>
/// <param name="Repetitions">Every repetition.</param>
/// <param name="PeakGrowthBytes">How far the process grew while it built and searched, the destinations left out; null where this is not known.</param>
/// <param name="Statistics">How much work bounds spared.</param>
/// <param name="LoadBefore">The load average before the first repetition.</param>
/// <param name="Roofs">What the machine did in float32 right after the last one.</param>
internal sealed record EngineMeasurement(
    IReadOnlyList<Timing> Repetitions, long? PeakGrowthBytes, SearchStatistics Statistics, double? LoadBefore, MachineRoofs Roofs)
{
    /// <summary>Gets the median repetition.</summary>
    public Timing Median => Timing.MedianOf(Repetitions);
}
