using Engine.Data;

namespace Bench.Cohorts.Mimic3;

/// <summary>The fifteen groups of the double prioritized study: everyone, two sexes, four ethnicities, eight ages.</summary>
/// <remarks>A patient whose ethnicity is another or unknown is in no ethnicity group.</remarks>
public static class DemographicGroups
{
    private static readonly (string Name, Func<Patient, bool> Contains)[] s_groups =
    [
        (Cohort.Everyone, static _ => true),
        ("male", static patient => !patient.IsFemale),
        ("female", static patient => patient.IsFemale),
        ("white", OfEthnicity("WHITE")),
        ("black", OfEthnicity("BLACK")),
        ("hispanic", OfEthnicity("HISPANIC")),
        ("asian", OfEthnicity("ASIAN")),
        .. AgeBands.All.Select(band => (band.Name, Contains: OfAge(band.Contains))),
    ];

    /// <summary>Gets the names of the groups, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_groups.Select(group => group.Name)];

    /// <summary>Builds the groups over rows.</summary>
    /// <param name="patients">The patients, each once.</param>
    /// <param name="patientOfRow">The index in <paramref name="patients"/> of the patient of each row.</param>
    /// <returns>Fifteen groups over <paramref name="patientOfRow"/>.Count rows.</returns>
    public static Subgroups Build(IReadOnlyList<Patient> patients, IReadOnlyList<int> patientOfRow)
    {
        ArgumentNullException.ThrowIfNull(patients);
        ArgumentNullException.ThrowIfNull(patientOfRow);
        var groups = new Subgroups(patientOfRow.Count);
        foreach (var (name, contains) in s_groups)
        {
            var isMember = patients.Select(contains).ToArray();
            groups.Add(name, RowMask.From(patientOfRow.Count, row => isMember[patientOfRow[row]]));
        }

        return groups;
    }

    // A substring, as in the study: "HISPANIC/LATINO - PUERTO RICAN" and "ASIAN - VIETNAMESE" count.
    private static Func<Patient, bool> OfEthnicity(string part) => patient => patient.Ethnicity.Contains(part, StringComparison.OrdinalIgnoreCase);

    private static Func<Patient, bool> OfAge(Func<double, bool> contains) => patient => contains(patient.Age);
}
