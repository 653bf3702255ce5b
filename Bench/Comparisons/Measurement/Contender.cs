using System.Text.Json.Serialization;

namespace Bench.Comparisons.Measurement;

/// <summary>What the engine, another way of it, or a rival took for a case; or why that is not known.</summary>
/// <param name="Name">Its name, as tables and bars spell it.</param>
/// <param name="Status">Whether it was measured.</param>
/// <param name="Reason">Why not; null when it was.</param>
internal sealed record Contender(string Name, ContenderStatus Status, string? Reason = null)
{
    /// <summary>The name of the engine.</summary>
    public const string Engine = "engine";

    /// <summary>Gets its version, as it tells it itself; null where it is the engine.</summary>
    public string? Version { get; init; }

    /// <summary>Gets every repetition, in seconds by phase; none where it was not measured.</summary>
    public IReadOnlyList<double[]> Repetitions { get; init; } = [];

    /// <summary>Gets the median repetition by total time; of two in the middle the slower one, for the engine and its rivals alike; null where there is none.</summary>
    public double[]? Median => Repetitions.Count == 0 ? null : Repetitions.OrderBy(static phases => phases.Sum()).ElementAt(Repetitions.Count / 2);

    /// <summary>Gets the seconds of the median repetition.</summary>
    public double? Seconds => Median?.Sum();

    /// <summary>Gets how far its process grew meanwhile; null where this is not known.</summary>
    public long? PeakGrowthBytes { get; init; }

    /// <summary>Gets the share of what it found that is right, where it is allowed to find something else; null where it is not.</summary>
    public double? Recall { get; init; }

    /// <summary>Gets how it was used, where that was a choice; null where it was none.</summary>
    public string? Note { get; init; }

    /// <summary>Gets the load average before it began.</summary>
    public double? LoadBefore { get; init; }
}

/// <summary>What became of a measurement.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ContenderStatus>))]
internal enum ContenderStatus
{
    /// <summary>It ran, and its times count.</summary>
    Measured,

    /// <summary>It is not installed here.</summary>
    Absent,

    /// <summary>It was stopped because it took too long.</summary>
    TimedOut,

    /// <summary>It ended with an error.</summary>
    Failed,
}
