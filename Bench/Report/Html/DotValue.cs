using Engine.Metrics;

namespace Bench.Report.Html;

/// <summary>A value and, where there is one, its interval.</summary>
/// <param name="Value">The value; null where undefined.</param>
/// <param name="Lower">Lower end of the interval.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="Deviation">The deviation of a mean; null for a value that is none.</param>
internal readonly record struct DotValue(double? Value, double? Lower = null, double? Upper = null, double? Deviation = null)
{
    /// <summary>Joins a value and the interval of a bootstrap.</summary>
    public static DotValue Of(double? value, MetricInterval? interval) => new(value, interval?.Lower, interval?.Upper);
}
