namespace Bench.Report.Results;

/// <summary>What is needed to repeat a run.</summary>
/// <param name="Arguments">The command line, without the name of the program.</param>
/// <param name="StartedAt">UTC.</param>
/// <param name="Seconds">Wall time.</param>
/// <param name="Seed">The seed of every draw.</param>
/// <param name="Engine">The code.</param>
/// <param name="Machine">Where it ran.</param>
internal sealed record RunSection(
    IReadOnlyList<string> Arguments, DateTimeOffset StartedAt, double Seconds, ulong Seed, EngineSection Engine, MachineSection Machine)
{
    /// <summary>Adds code and machine to what the command knows.</summary>
    public static RunSection From(RunInfo run, ulong seed) =>
        new(run.Arguments, run.StartedAt.ToUniversalTime(), run.Elapsed.TotalSeconds, seed, EngineSection.Current, MachineSection.Current);
}
