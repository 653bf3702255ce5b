using System.Text.Json.Serialization;

namespace Bench.Comparisons.Resampling.Measurement;

/// <summary>The wall time of one repetition.</summary>
/// <param name="Plan">Seconds to plan, searches included.</param>
/// <param name="Making">Seconds to make the planned rows, block by block into memory that is used again; 0 where none are made.</param>
internal readonly record struct SamplerTiming(double Plan, double Making)
{
    /// <summary>Gets the seconds of both.</summary>
    [JsonIgnore]
    public double Total => Plan + Making;
}
