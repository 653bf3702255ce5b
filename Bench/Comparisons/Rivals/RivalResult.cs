using System.Text.Json.Serialization;
using Bench.Comparisons.Measurement;

namespace Bench.Comparisons.Rivals;

/// <summary>What a rival took for a case, or why that is not known.</summary>
/// <param name="Name">One of <see cref="RivalName"/>.</param>
/// <param name="Status">Whether it was measured.</param>
/// <param name="Reason">Why not; null when it was.</param>
internal sealed record RivalResult(string Name, RivalStatus Status, string? Reason)
{
    /// <summary>Gets every repetition; none where the rival was not measured.</summary>
    public IReadOnlyList<Timing> Repetitions { get; init; } = [];

    /// <summary>Gets the median repetition; null where there is none.</summary>
    public Timing? Median => Repetitions.Count == 0 ? null : Timing.MedianOf(Repetitions);

    /// <summary>Gets how far its process grew while it fitted and searched; null where this is not known.</summary>
    public long? PeakGrowthBytes { get; init; }

    /// <summary>Gets the share of its neighbors that are right, counted with ties; null where it was not measured.</summary>
    public double? Recall { get; init; }

    /// <summary>Gets the load average before it began.</summary>
    public double? LoadBefore { get; init; }

    /// <summary>Gets what it found, m x k.</summary>
    [JsonIgnore]
    public long[] Indices { get; init; } = [];

    /// <summary>Describes a rival that was not measured.</summary>
    public static RivalResult Without(string name, RivalStatus status, string reason) => new(name, status, reason);
}
