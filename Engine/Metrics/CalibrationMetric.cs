namespace Engine.Metrics;

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
