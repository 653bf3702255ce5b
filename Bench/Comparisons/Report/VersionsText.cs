using System.Globalization;
using System.Text;

namespace Bench.Comparisons.Report;

/// <summary>What ran, on what: the file Versions.txt.</summary>
internal static class VersionsText
{
    /// <summary>Writes one line a fact.</summary>
    /// <param name="document">The comparison.</param>
    public static string Render<TCase>(ComparisonDocument<TCase> document)
    {
        var (machine, engine) = (document.Machine, document.Engine);
        var text = new StringBuilder();
        Append("date", $"{document.StartedAt.ToUniversalTime():yyyy-MM-dd HH:mm} UTC");
        Append("engine", $"{engine.Version}, commit {engine.Commit ?? "unknown"}");
        Append("processor", $"{document.Processor}, {machine.ProcessorCount} logical");
        Append("SIMD level", $"{machine.SimdLevel}");
        Append(".NET", $"{machine.DotnetVersion}, {machine.Architecture}");
        Append("operating system", $"{machine.OperatingSystem}");
        foreach (var (name, version) in document.Versions)
            Append(name, $"{version}");
        return text.ToString();

        void Append(string name, FormattableString value) => text.Append(CultureInfo.InvariantCulture, $"{name}: {FormattableString.Invariant(value)}\n");
    }
}
