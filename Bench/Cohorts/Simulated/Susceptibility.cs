using Bench.Cohorts.Mimic3;

namespace Bench.Cohorts.Simulated;

/// <summary>How strongly each organ system of a patient shows that death is near; 1 is usual.</summary>
/// <remarks>
/// Invented, not published: groups die of different things here, so that a model of a subgroup can find what the model of everyone misses.
/// Only the way to death differs, never the stay without one, so that the marginal distributions are the same in all groups.
/// </remarks>
internal static class Susceptibility
{
    /// <summary>Returns the factors of a patient: those of the ethnicity times those of the age.</summary>
    /// <param name="patient">The patient.</param>
    /// <param name="system">The organ system.</param>
    /// <returns>A factor above 0.</returns>
    public static double Of(Patient patient, OrganSystem system) => OfEthnicity(patient.Ethnicity)[(int)system] * OfAge(patient.Age)[(int)system];

    // Respiratory, neurological, hemodynamic.
    private static ReadOnlySpan<double> OfEthnicity(string ethnicity) => ethnicity[0] switch
    {
        'B' => [2.0, 0.1, 0.6],
        'H' => [0.4, 1.9, 0.7],
        'A' => [1.9, 0.2, 0.7],
        _ => [1, 1, 1],
    };

    private static ReadOnlySpan<double> OfAge(int age) => age switch
    {
        < 40 => [0.5, 1.8, 0.7],
        < 70 => [1, 1, 1],
        < 90 => [1.1, 0.9, 1],
        _ => [1.6, 0.4, 0.8],
    };
}
