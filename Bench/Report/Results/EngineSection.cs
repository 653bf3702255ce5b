using System.Reflection;
using Engine.Numerics;

namespace Bench.Report.Results;

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
