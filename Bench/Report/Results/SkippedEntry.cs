namespace Bench.Report.Results;

/// <summary>A method that could not run.</summary>
/// <param name="Method">The resampling method.</param>
/// <param name="Reason">Why not, and what to change.</param>
internal sealed record SkippedEntry(string Method, string Reason);
