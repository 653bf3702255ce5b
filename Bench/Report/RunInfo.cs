namespace Bench.Report;

/// <summary>What must be known of a run to repeat it.</summary>
/// <param name="Arguments">The command line, without the name of the program.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="Elapsed">How long it took, reading included.</param>
public sealed record RunInfo(IReadOnlyList<string> Arguments, DateTimeOffset StartedAt, TimeSpan Elapsed);
