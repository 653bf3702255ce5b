using Bench.Cohorts;
using Bench.Studies.MainJob;
using Engine.Metrics;

namespace Bench.Report.Results;

/// <summary>How far the probabilities of a method can be taken at their word in one group; null where a measure is undefined.</summary>
internal sealed record CalibrationEntry
{
    private CalibrationEntry(CalibrationSet measures)
    {
        (N, Positives, CertainRows) = (measures.RowCount, measures.PositiveCount, (long)measures.CertainWeight);
        (Brier, LogLoss) = (measures.Brier, measures.LogLoss);
        (ExpectedCalibrationError, MaximumCalibrationError) = (measures.ExpectedCalibrationError, measures.MaximumCalibrationError);
        (CalibrationIntercept, CalibrationSlope, CalibrationInTheLarge) = (measures.Recalibration?.Intercept, measures.Recalibration?.Slope, measures.CalibrationInTheLarge);
        (Miscalibration, Discrimination, Uncertainty) = (measures.BrierParts?.Miscalibration, measures.BrierParts?.Discrimination, measures.BrierParts?.Uncertainty);
        Reason = measures switch
        {
            { RowCount: 0 } => "no rows",
            { PositiveCount: 0 } => "no row of C1",
            _ when measures.PositiveCount == measures.RowCount => "no row of C0",
            { Recalibration: null } => "one probability parts the classes, or all rows share it",
            _ => null,
        };
    }

    /// <summary>Gets the resampling method.</summary>
    public required string Method { get; init; }

    /// <summary>Gets "test".</summary>
    public required string Split { get; init; }

    /// <summary>Gets the group.</summary>
    public required string Group { get; init; }

    /// <summary>Gets the number of rows.</summary>
    public long N { get; }

    /// <summary>Gets the number of rows of class 1.</summary>
    public long Positives { get; }

    /// <summary>Gets the number of rows with a probability of 0 or 1 exactly.</summary>
    public long CertainRows { get; }

    /// <inheritdoc cref="CalibrationMetric.Brier"/>
    public double? Brier { get; }

    /// <inheritdoc cref="CalibrationMetric.LogLoss"/>
    public double? LogLoss { get; }

    /// <inheritdoc cref="CalibrationMetric.ExpectedCalibrationError"/>
    public double? ExpectedCalibrationError { get; }

    /// <inheritdoc cref="CalibrationSet.MaximumCalibrationError"/>
    public double? MaximumCalibrationError { get; }

    /// <inheritdoc cref="CalibrationMetric.CalibrationIntercept"/>
    public double? CalibrationIntercept { get; }

    /// <inheritdoc cref="CalibrationMetric.CalibrationSlope"/>
    public double? CalibrationSlope { get; }

    /// <inheritdoc cref="CalibrationMetric.CalibrationInTheLarge"/>
    public double? CalibrationInTheLarge { get; }

    /// <summary>Gets the part of the Brier score that a better calibration would take off.</summary>
    public double? Miscalibration { get; }

    /// <summary>Gets what telling rows apart takes off.</summary>
    public double? Discrimination { get; }

    /// <summary>Gets the Brier score of the share of class 1.</summary>
    public double? Uncertainty { get; }

    /// <summary>Gets why a measure is undefined; null where none is.</summary>
    public string? Reason { get; }

    /// <summary>Lists every method and group.</summary>
    public static IEnumerable<CalibrationEntry> ListOf(MainJobResult result) =>
        from method in result.Methods
        from one in method.Calibration
        select new CalibrationEntry(one.Measures) { Method = method.Method, Split = SplitName.Of(CohortSplit.Test), Group = one.Group };
}

/// <summary>One point of a reliability diagram.</summary>
/// <param name="Method">The resampling method.</param>
/// <param name="Split">"test".</param>
/// <param name="Group">The group.</param>
/// <param name="N">Rows of the bin.</param>
/// <param name="LowestProbability">Their lowest probability.</param>
/// <param name="HighestProbability">Their highest.</param>
/// <param name="MeanProbability">What was promised.</param>
/// <param name="PositiveRate">What came true: their share of class 1.</param>
internal sealed record CalibrationBinEntry(
    string Method, string Split, string Group, long N, double LowestProbability, double HighestProbability, double MeanProbability, double PositiveRate)
{
    /// <summary>Lists every method, group and bin that holds a row.</summary>
    public static IEnumerable<CalibrationBinEntry> ListOf(MainJobResult result) =>
        from method in result.Methods
        from one in method.Calibration
        from bin in one.Measures.Bins
        select new CalibrationBinEntry(method.Method, SplitName.Of(CohortSplit.Test), one.Group, (long)bin.Weight, bin.LowestScore, bin.HighestScore, bin.MeanScore, bin.PositiveRate);
}
