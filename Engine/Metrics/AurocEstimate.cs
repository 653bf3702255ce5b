namespace Engine.Metrics;

/// <summary>An area under the ROC curve and how far chance may have moved it.</summary>
/// <param name="Auroc">0 to 1.</param>
/// <param name="StandardError">0 or more. 0 where every row of one class outranks every row of the other: then the interval is one point, and says nothing.</param>
/// <param name="Lower">Lower end of the interval, 0 or more.</param>
/// <param name="Upper">Upper end of the interval, 1 or less.</param>
/// <param name="Confidence">The share of such intervals that hold the true area, in large samples.</param>
public readonly record struct AurocEstimate(double Auroc, double StandardError, double Lower, double Upper, double Confidence);
