namespace Bench.Studies.Prioritized;

/// <summary>A metric over the repeats of an arm.</summary>
/// <param name="Mean">The mean; null where a repeat has no value.</param>
/// <param name="Deviation">The standard deviation, divided by the number of repeats, as the paper has it; null with the mean.</param>
/// <param name="UndefinedCount">Repeats without a value.</param>
internal readonly record struct MetricSpread(double? Mean, double? Deviation, int UndefinedCount);
