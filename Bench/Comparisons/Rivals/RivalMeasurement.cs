using System.Text.Json.Serialization;
using Bench.Comparisons.Measurement;

namespace Bench.Comparisons.Rivals;

/// <summary>What a rival took for a case, or why that is not known.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Status">Whether it was measured.</param>
/// <param name="Reason">Why not; null when it was.</param>
internal sealed record RivalMeasurement(string Name, RivalStatus Status, string? Reason)
{
    /// <summary>Gets the seconds of every repetition; none where the rival was not measured.</summary>
    public IReadOnlyList<double> Repetitions { get; init; } = [];

    /// <summary>Gets the median repetition; null where there is none.</summary>
    public double? Median => Repetitions.Count == 0 ? null : RepetitionMedian.Of(Repetitions, static seconds => seconds);

    /// <summary>Gets how far its process grew meanwhile; null where this is not known.</summary>
    public long? PeakGrowthBytes { get; init; }

    /// <summary>Gets how it was used, where that was a choice; null where it was none.</summary>
    public string? Note { get; init; }

    /// <summary>Gets the load average before it began.</summary>
    public double? LoadBefore { get; init; }

    /// <summary>Gets what it found, to be compared.</summary>
    [JsonIgnore]
    public long[] Found { get; init; } = [];
}
