namespace Bench.Cohorts.Framingham;

/// <summary>A person of the Framingham teaching data at the first exam.</summary>
/// <param name="Predictors">Fifteen values, NaN where missing.</param>
/// <param name="Outcomes">0 or 1 for each outcome that was asked for.</param>
/// <param name="IsMale">The sex.</param>
/// <param name="Age">The age in years.</param>
internal readonly record struct FraminghamPerson(float[] Predictors, byte[] Outcomes, bool IsMale, double Age);
