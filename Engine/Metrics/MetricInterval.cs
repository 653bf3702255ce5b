namespace Engine.Metrics;

/// <summary>A metric, or a difference of two, and how far chance may have moved it, by the <see cref="Bootstrap"/>.</summary>
/// <param name="Estimate">The value over the rows themselves.</param>
/// <param name="StandardError">The standard deviation of the value over the replicates, 0 or more.</param>
/// <param name="Lower">Lower end of the percentile interval.</param>
/// <param name="Upper">Upper end of the percentile interval.</param>
/// <param name="UndefinedCount">Replicates in which the value is undefined, such as those that drew no row of a class; they are left out, and where they are many the interval
/// speaks only of samples that have a value.</param>
public readonly record struct MetricInterval(double Estimate, double StandardError, double Lower, double Upper, int UndefinedCount);
