namespace Bench.Report.Results;

/// <summary>A method that ran.</summary>
/// <param name="Method">The resampling method.</param>
/// <param name="Model">The model.</param>
/// <param name="TrainingRows">The rows that one model was fitted on.</param>
/// <param name="Seconds">Wall time of planning and fitting.</param>
/// <param name="FitStatus">How the fit ended.</param>
internal sealed record MethodEntry(string Method, string Model, long TrainingRows, double Seconds, string FitStatus);
