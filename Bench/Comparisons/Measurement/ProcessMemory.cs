using System.Globalization;

namespace Bench.Comparisons.Measurement;

/// <summary>Memory of this process as Linux counts it; elsewhere nothing is known.</summary>
internal static class ProcessMemory
{
    private const string Status = "/proc/self/status";
    private const string ClearReferences = "/proc/self/clear_refs";

    /// <summary>What the kernel takes for "forget the peak".</summary>
    private const string ResetPeak = "5";

    private const long BytesPerKibibyte = 1024;

    /// <summary>Lets the garbage collector return what it can, and starts a new peak from there.</summary>
    /// <returns>The bytes in use; null where they or the peak are not known.</returns>
    public static long? Begin()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        try
        {
            File.WriteAllText(ClearReferences, ResetPeak);
            return Read(Status, "VmRSS:");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Returns how far the process grew beyond what <see cref="Begin"/> found, at its largest.</summary>
    /// <param name="begin">What <see cref="Begin"/> returned.</param>
    public static long? GrowthSince(long? begin) => begin is { } bytes && Read(Status, "VmHWM:") is { } peak ? Math.Max(0, peak - bytes) : null;

    /// <summary>Returns the memory of the machine that programs can still take.</summary>
    public static long? Available() => Read("/proc/meminfo", "MemAvailable:");

    private static long? Read(string file, string key) =>
        File.Exists(file) && File.ReadLines(file).FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal)) is { } line
            ? long.Parse(line[key.Length..].Trim().Split(' ')[0], CultureInfo.InvariantCulture) * BytesPerKibibyte
            : null;
}
