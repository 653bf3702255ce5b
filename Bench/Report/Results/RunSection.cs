using System.Reflection;
using System.Runtime.InteropServices;
using Engine.Numerics;

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

/// <summary>The code that computed a result.</summary>
/// <param name="Version">The version of the engine, such as "1.0.0".</param>
/// <param name="Commit">The commit it was built from; null when the build did not know.</param>
internal sealed record EngineSection(string Version, string? Commit)
{
    /// <summary>Gets the engine of this process.</summary>
    public static EngineSection Current { get; } = Parse(typeof(Simd).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown");

    /// <summary>Takes apart "version+commit", as the SDK writes it.</summary>
    public static EngineSection Parse(string informationalVersion)
    {
        var parts = informationalVersion.Split('+', 2);
        return new EngineSection(parts[0], parts.Length == 2 ? parts[1] : null);
    }
}

/// <summary>The machine that computed a result; it explains times, never values.</summary>
/// <param name="ProcessorCount">Logical processors that the process may use.</param>
/// <param name="OperatingSystem">As the system describes itself.</param>
/// <param name="Architecture">Such as "X64".</param>
/// <param name="SimdLevel">A name of <see cref="Engine.Numerics.SimdLevel"/>.</param>
/// <param name="DotnetVersion">Such as ".NET 10.0.0".</param>
internal sealed record MachineSection(int ProcessorCount, string OperatingSystem, string Architecture, string SimdLevel, string DotnetVersion)
{
    /// <summary>Gets this machine.</summary>
    public static MachineSection Current { get; } = new(
        Environment.ProcessorCount,
        RuntimeInformation.OSDescription,
        RuntimeInformation.ProcessArchitecture.ToString(),
        Simd.Level.ToString(),
        RuntimeInformation.FrameworkDescription);
}
