using Engine.Diagnostics;

namespace Engine.Metrics;

/// <summary>The calibration of one group, with an interval for every measure.</summary>
public sealed class CalibrationIntervals
{
    private readonly MetricInterval?[] _intervals;

    internal CalibrationIntervals(string group, CalibrationSet measures, MetricInterval?[] intervals) => (Group, Measures, _intervals) = (group, measures, intervals);

    /// <summary>Gets the name of the group.</summary>
    public string Group { get; }

    /// <summary>Gets the measures over its rows.</summary>
    public CalibrationSet Measures { get; }

    /// <summary>Gets the interval of a measure; null where it is undefined over the rows, or defined in fewer than two replicates.</summary>
    /// <param name="metric">One of the named measures.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="metric"/> is not one of them.</exception>
    public MetricInterval? this[CalibrationMetric metric]
    {
        get
        {
            if (!Enum.IsDefined(metric))
                Throw.ArgumentOutOfRange(nameof(metric), metric, "a named measure");
            return _intervals[(int)metric];
        }
    }
}
