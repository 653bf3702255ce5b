using System.Globalization;

namespace Bench.Devices;

/// <summary>One piece of work, done by a device and by the processor.</summary>
/// <param name="Work">What was done, with its sizes.</param>
/// <param name="Promise">How far the results must agree.</param>
/// <param name="IsKept">Whether they do.</param>
/// <param name="DeviceSeconds">What the device took, copies to it and back included unless <paramref name="Work"/> says otherwise.</param>
/// <param name="ProcessorSeconds">What the processor took.</param>
/// <param name="Bytes">What the device must at least read and write of its own memory; null where that is not counted.</param>
/// <param name="Operations">Additions and multiplications that the result is made of; null where they are not counted.</param>
internal sealed record DeviceCheck(string Work, string Promise, bool IsKept, double DeviceSeconds, double ProcessorSeconds, double? Bytes = null, double? Operations = null)
{
    /// <summary>Gets the processor's time in the device's.</summary>
    public double TimesAsLong => ProcessorSeconds / DeviceSeconds;

    /// <summary>Gets the device's bytes a second, in GB.</summary>
    public double? GigabytesPerSecond => Bytes / DeviceSeconds / 1e9;

    /// <summary>Gets the device's operations a second, in 10^9.</summary>
    public double? GigaoperationsPerSecond => Operations / DeviceSeconds / 1e9;

    /// <summary>Returns a line for a person.</summary>
    public string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Work}: {(IsKept ? Promise : $"NOT {Promise}")}; device {DeviceSeconds:F4} s{DescribeRates()}, processor {ProcessorSeconds:F4} s, {TimesAsLong:F2} x");

    private string DescribeRates()
    {
        string[] rates =
        [
            .. GigabytesPerSecond is { } bytes ? [string.Create(CultureInfo.InvariantCulture, $"{bytes:F1} GB/s")] : (string[])[],
            .. GigaoperationsPerSecond is { } operations ? [string.Create(CultureInfo.InvariantCulture, $"{operations:F1} G operations/s")] : (string[])[],
        ];
        return rates.Length == 0 ? "" : $" ({string.Join(", ", rates)})";
    }
}
