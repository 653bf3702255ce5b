namespace Bench.Report.Prioritized.Results;

/// <summary>An arm that could not be trained.</summary>
/// <param name="Method">The resampling method.</param>
/// <param name="Served">The group that it was to serve; null for everyone.</param>
/// <param name="Reason">Why not, and what to change.</param>
internal sealed record SkippedArmEntry(string Method, string? Served, string Reason);
