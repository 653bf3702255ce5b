using Bench.Cohorts.Channels;

namespace Bench.Cohorts.Simulated;

/// <summary>The places of the words that one hour of a stay draws.</summary>
internal static class HourDraw
{
    public const int Severity = 0;
    public const int RespiratorySeverity = 1;
    public const int NeurologicalSeverity = 2;
    public const int HemodynamicSeverity = 3;
    public const int VitalsCharted = 4;
    public const int ComaCharted = 5;
    public const int Pressure = 6;

    /// <summary>The first of seventeen words that decide whether a channel is observed.</summary>
    public const int FirstMask = 8;

    /// <summary>The first of seventeen words for the noise of an observation.</summary>
    public const int FirstNoise = FirstMask + BenchmarkChannels.Count;

    /// <summary>The first of seventeen words that decide whether an observation is a slip of the pen.</summary>
    public const int FirstOutlier = FirstNoise + BenchmarkChannels.Count;

    /// <summary>The number of words, rounded up to whole blocks of four.</summary>
    public const int Count = (FirstOutlier + BenchmarkChannels.Count + 3) / 4 * 4;
}
