using System.Runtime.InteropServices;
using Engine.Numerics;

namespace Bench.Report.Results;

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
