namespace Engine.Metrics;

/// <summary>An area under the ROC curve and how far chance may have moved it.</summary>
/// <param name="Auroc">0 to 1.</param>
/// <param name="StandardError">0 or more. 0 where every row of one class outranks every row of the other: then the interval is one point, and says nothing.</param>
/// <param name="Lower">Lower end of the interval, 0 or more.</param>
/// <param name="Upper">Upper end of the interval, 1 or less.</param>
/// <param name="Confidence">The share of such intervals that hold the true area, in large samples.</param>
public readonly record struct AurocEstimate(double Auroc, double StandardError, double Lower, double Upper, double Confidence);

/// <summary>The areas under the ROC curves of two models on the same rows, and the difference of them.</summary>
/// <param name="First">The first model alone.</param>
/// <param name="Second">The second model alone.</param>
/// <param name="Difference">First - second, -1 to 1.</param>
/// <param name="StandardError">That of the difference, which the models' common rows make smaller; 0 where the models rank the rows alike.</param>
/// <param name="Lower">Lower end of the interval of the difference, -1 or more.</param>
/// <param name="Upper">Upper end of the interval of the difference, 1 or less.</param>
/// <param name="Z">Difference / standard error; null where the standard error is 0.</param>
/// <param name="PValue">The probability of a |Z| at least as large between models of equal area, two-sided; null where <paramref name="Z"/> is.</param>
/// <param name="Confidence">The share of such intervals that hold the true difference, in large samples.</param>
public readonly record struct AurocComparison(
    AurocEstimate First, AurocEstimate Second, double Difference, double StandardError, double Lower, double Upper, double? Z, double? PValue, double Confidence);
