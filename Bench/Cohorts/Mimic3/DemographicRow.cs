namespace Bench.Cohorts.Mimic3;

/// <summary>What ADMISSIONS.csv and PATIENTS.csv say of a subject with one admission.</summary>
/// <param name="Subject">The patient.</param>
/// <param name="IsFemale">True for F, false for M.</param>
/// <param name="Ethnicity">Such as "BLACK/AFRICAN AMERICAN".</param>
/// <param name="Admitted">The time of admission.</param>
/// <param name="Born">The date of birth; 300 years before admission for those above 89, as in MIMIC-III.</param>
public readonly record struct DemographicRow(int Subject, bool IsFemale, string Ethnicity, DateTime Admitted, DateTime Born);
