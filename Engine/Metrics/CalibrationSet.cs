using Engine.Diagnostics;

namespace Engine.Metrics;

/// <summary>How far the probabilities of one set of rows can be taken at their word; null where a measure has no value.</summary>
/// <remarks>
/// <para><b>NaN</b>: never. Null means: no rows, or a score outside 0 to 1, which is no probability (all); and where <see cref="LogisticRecalibration"/> is undefined (intercept, slope, in the large).</para>
/// <para><b>Determinism</b>: without weights, row order changes no bit.</para>
/// </remarks>
public sealed class CalibrationSet
{
    private CalibrationSet(RankingCurve curve, int binCount)
    {
        (RowCount, PositiveCount) = (curve.RowCount, curve.PositiveCount);
        if (!CalibrationTable.TryCreate(curve, out var table, binCount))
            return;
        Bins = table.Bins;
        (ExpectedCalibrationError, MaximumCalibrationError) = (table.ExpectedCalibrationError, table.MaximumCalibrationError);
        CertainWeight = WeightAt(curve, 0) + WeightAt(curve, 1);
        if (curve.TryComputeLogLoss(out var loss))
            LogLoss = loss;
        if (BrierDecomposition.TryCompute(curve, out var parts))
            BrierParts = parts;
        if (LogisticRecalibration.TryFit(curve, out var fit))
            Recalibration = fit;
        if (LogisticRecalibration.TryComputeInTheLarge(curve, out var intercept))
            CalibrationInTheLarge = intercept;
    }

    /// <summary>Gets the number of rows.</summary>
    public long RowCount { get; }

    /// <summary>Gets the number of rows of class 1.</summary>
    public long PositiveCount { get; }

    /// <summary>Gets the weight of the rows whose score is 0 or 1 exactly, without weights their number: the log loss and the recalibration take them 2^-52 inside.</summary>
    public double CertainWeight { get; }

    /// <summary>Gets the bins that hold a row, by rising score: the points of a reliability diagram.</summary>
    public IReadOnlyList<CalibrationBin> Bins { get; } = [];

    /// <inheritdoc cref="CalibrationMetric.Brier"/>
    public double? Brier => BrierParts?.Brier;

    /// <summary>Gets the Brier score taken apart.</summary>
    public BrierDecomposition? BrierParts { get; }

    /// <inheritdoc cref="CalibrationMetric.LogLoss"/>
    public double? LogLoss { get; }

    /// <inheritdoc cref="CalibrationMetric.ExpectedCalibrationError"/>
    public double? ExpectedCalibrationError { get; }

    /// <summary>Gets the largest distance of score and share of class 1 of a bin.</summary>
    public double? MaximumCalibrationError { get; }

    /// <summary>Gets the logistic recalibration.</summary>
    public LogisticRecalibration? Recalibration { get; }

    /// <inheritdoc cref="CalibrationMetric.CalibrationInTheLarge"/>
    public double? CalibrationInTheLarge { get; }

    /// <summary>Gets a measure by name.</summary>
    /// <param name="metric">One of the named measures.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="metric"/> is not one of them.</exception>
    public double? this[CalibrationMetric metric]
    {
        get
        {
            switch (metric)
            {
                case CalibrationMetric.Brier: return Brier;
                case CalibrationMetric.LogLoss: return LogLoss;
                case CalibrationMetric.ExpectedCalibrationError: return ExpectedCalibrationError;
                case CalibrationMetric.CalibrationIntercept: return Recalibration?.Intercept;
                case CalibrationMetric.CalibrationSlope: return Recalibration?.Slope;
                case CalibrationMetric.CalibrationInTheLarge: return CalibrationInTheLarge;
                default:
                    Throw.ArgumentOutOfRange(nameof(metric), metric, "a named measure");
                    return null;
            }
        }
    }

    /// <summary>Measures the rows of a curve.</summary>
    /// <param name="curve">A curve, with or without weights; one of <see cref="SubgroupCurves"/> for a group.</param>
    /// <param name="binCount">The number of bins of equal width, 1 or more.</param>
    /// <returns>The measures.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="binCount"/> is 0 or less.</exception>
    public static CalibrationSet Compute(RankingCurve curve, int binCount = 10)
    {
        ArgumentNullException.ThrowIfNull(curve);
        return new CalibrationSet(curve, binCount);
    }

    private static double WeightAt(RankingCurve curve, double score)
    {
        var run = curve.Scores.BinarySearch(score);
        return run < 0 ? 0 : curve.Positives[run] + curve.Negatives[run];
    }
}

/// <summary>The measures of a <see cref="CalibrationSet"/>, by name.</summary>
public enum CalibrationMetric
{
    /// <summary>Mean squared difference of score and label.</summary>
    Brier,

    /// <summary>Mean negative log-likelihood of the labels, natural logarithm.</summary>
    LogLoss,

    /// <summary>Mean distance of score and share of class 1 over bins of equal width.</summary>
    ExpectedCalibrationError,

    /// <summary>Intercept of a <see cref="LogisticRecalibration"/>; 0 of perfect probabilities.</summary>
    CalibrationIntercept,

    /// <summary>Slope of a <see cref="LogisticRecalibration"/>; 1 of perfect probabilities.</summary>
    CalibrationSlope,

    /// <summary>The intercept beside a slope of 1; 0 where as many rows are of class 1 as promised.</summary>
    CalibrationInTheLarge,
}

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
