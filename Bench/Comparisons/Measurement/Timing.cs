using System.Text.Json.Serialization;

namespace Bench.Comparisons.Measurement;

/// <summary>The wall time of one repetition.</summary>
/// <param name="Build">Seconds to prepare the reference: build, fit, add.</param>
/// <param name="Search">Seconds to search.</param>
internal readonly record struct Timing(double Build, double Search)
{
    /// <summary>Gets the seconds of both.</summary>
    [JsonIgnore]
    public double Total => Build + Search;

    /// <summary>Returns the median repetition by total time; of two in the middle the slower one, for the engine and its rivals alike.</summary>
    /// <param name="repetitions">One or more.</param>
    public static Timing MedianOf(IReadOnlyList<Timing> repetitions) => RepetitionMedian.Of(repetitions, static repetition => repetition.Total);
}
