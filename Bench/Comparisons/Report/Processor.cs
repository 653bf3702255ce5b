using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Engine.Numerics;

namespace Bench.Comparisons.Report;

/// <summary>The processor of this machine, and the name of the folder that its results go to.</summary>
internal static partial class Processor
{
    private const string Source = "/proc/cpuinfo";

    /// <summary>Gets its name, as Linux tells it; elsewhere its architecture.</summary>
    public static string ModelName { get; } = ReadModelName() ?? RuntimeInformation.ProcessArchitecture.ToString();

    /// <summary>Gets the name of the device: processor and vectors in use, such as "amd-epyc-avx2".</summary>
    public static string DeviceName { get; } = DeviceNameOf(ModelName, Simd.Level, RuntimeInformation.ProcessArchitecture);

    /// <summary>Makes the name of a device.</summary>
    public static string DeviceNameOf(string modelName, SimdLevel level, Architecture architecture) =>
        $"{Others().Replace(Marks().Replace(modelName, ""), "-").Trim('-')}-{LevelNameOf(level, architecture)}".ToLowerInvariant();

    private static string LevelNameOf(SimdLevel level, Architecture architecture) => level switch
    {
        SimdLevel.Vector512 => "avx512",
        SimdLevel.Vector256 => "avx2",
        SimdLevel.Vector128 => architecture == Architecture.Arm64 ? "neon" : "sse",
        _ => "scalar",
    };

    private static string? ReadModelName() =>
        File.Exists(Source) && File.ReadLines(Source).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) is { } line
            ? line.Split(':', 2)[1].Trim()
            : null;

    [GeneratedRegex(@"\((R|TM)\)|@.*$", RegexOptions.IgnoreCase)]
    private static partial Regex Marks();

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex Others();
}
