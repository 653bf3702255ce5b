namespace Bench.Report.Results;

/// <summary>A coefficient of the model without resampling.</summary>
/// <param name="Feature">The name of the column.</param>
/// <param name="Coefficient">Change of the log odds for one standard deviation; null when the fit gave no finite number.</param>
internal sealed record CoefficientEntry(string Feature, double? Coefficient);
