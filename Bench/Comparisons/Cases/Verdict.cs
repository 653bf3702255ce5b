using System.Text.Json.Serialization;

namespace Bench.Comparisons.Cases;

/// <summary>Whether a bar is met.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Verdict>))]
public enum Verdict
{
    /// <summary>It is.</summary>
    Met,

    /// <summary>It is not.</summary>
    Missed,

    /// <summary>It is not known: what it speaks of was not measured. It never counts as met.</summary>
    Unknown,
}
