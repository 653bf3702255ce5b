using System.Text.Json.Serialization;

namespace Bench.Comparisons.Rivals;

/// <summary>What became of the measurement of a rival.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RivalStatus>))]
internal enum RivalStatus
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
