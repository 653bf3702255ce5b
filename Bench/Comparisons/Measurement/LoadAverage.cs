using System.Globalization;

namespace Bench.Comparisons.Measurement;

/// <summary>How busy the machine has been.</summary>
internal static class LoadAverage
{
    private const string Source = "/proc/loadavg";

    /// <summary>Returns the mean number of running tasks of the last minute, the bench's own included; null where the system does not tell.</summary>
    public static double? Read() =>
        File.Exists(Source) ? double.Parse(File.ReadAllText(Source).Split(' ')[0], CultureInfo.InvariantCulture) : null;
}
