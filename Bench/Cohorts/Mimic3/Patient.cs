namespace Bench.Cohorts.Mimic3;

/// <summary>What the demographic groups need to know of a patient.</summary>
/// <param name="IsFemale">True for F, false for M.</param>
/// <param name="Ethnicity">The text of ADMISSIONS, such as "BLACK/CAPE VERDEAN".</param>
/// <param name="Age">Years: year of admission less year of birth; MIMIC-III shifts the birth of those above 89 so that they come out near 300.</param>
public readonly record struct Patient(bool IsFemale, string Ethnicity, int Age);
