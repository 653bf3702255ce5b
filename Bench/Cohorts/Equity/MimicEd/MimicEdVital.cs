namespace Bench.Cohorts.Equity.MimicEd;

/// <summary>A vital sign taken at triage, or the acuity that triage gave, with the limits between which it is taken for one.</summary>
/// <param name="Name">The name behind "triage_".</param>
/// <param name="Unit">The unit; null without one.</param>
/// <param name="OutlierLow">A value below this is a slip, and missing.</param>
/// <param name="ValidLow">A value from <paramref name="OutlierLow"/> to here becomes this.</param>
/// <param name="ValidHigh">A value from here to <paramref name="OutlierHigh"/> becomes this.</param>
/// <param name="OutlierHigh">A value above this is a slip, and missing.</param>
internal sealed record MimicEdVital(string Name, string? Unit, double OutlierLow, double ValidLow, double ValidHigh, double OutlierHigh)
{
    /// <summary>Gets all of them, in the order of the features; the limits are those of the published processing.</summary>
    public static IReadOnlyList<MimicEdVital> All { get; } =
    [
        new("temperature", "°C", 14.2, 26, 45, 47),
        new("heartrate", "/min", 0, 0, 350, 390),
        new("resprate", "/min", 0, 0, 300, 330),
        new("o2sat", "%", 0, 0, 100, 150),
        new("sbp", "mmHg", 0, 0, 375, 375),
        new("dbp", "mmHg", 0, 0, 375, 375),
        new("pain", null, 0, 0, 10, 10),
        new("acuity", null, 1, 1, 5, 5),
    ];

    /// <summary>Turns degrees Fahrenheit into degrees Celsius.</summary>
    public static double ToCelsius(double fahrenheit) => (fahrenheit - 32) * 5 / 9;

    /// <summary>Returns the value that a written one is taken for: itself, the nearest valid one, or NaN.</summary>
    public double Clean(double value) => value < OutlierLow || value > OutlierHigh ? double.NaN : Math.Clamp(value, ValidLow, ValidHigh);
}
