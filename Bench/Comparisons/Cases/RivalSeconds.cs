namespace Bench.Comparisons.Cases;

/// <summary>What a rival took.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Seconds">The seconds; null when it was not measured.</param>
/// <param name="Reason">Why it was not; null when it was.</param>
internal sealed record RivalSeconds(string Name, double? Seconds, string? Reason);
