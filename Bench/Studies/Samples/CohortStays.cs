using Bench.Cohorts;

namespace Bench.Studies.Samples;

/// <summary>Which rows of a cohort belong together: hours of one stay, or stays of one patient, teach less than as many patients.</summary>
internal static class CohortStays
{
    /// <summary>Returns a number for each row, the same for rows of one patient where patients are known, else of one stay; in a cohort without either every row is a patient.</summary>
    /// <param name="cohort">The cohort.</param>
    /// <param name="rows">Rows of it.</param>
    public static int[] Of(Cohort cohort, long[] rows) => cohort switch
    {
        { Patients: { } patients } => Array.ConvertAll(rows, row => patients[(int)row]),
        { Prefixes: { } prefixes } => Array.ConvertAll(rows, row => prefixes[(int)row].Stay),
        _ => Array.ConvertAll(rows, static row => (int)row),
    };

    /// <summary>Returns what is counted, in the plural.</summary>
    public static string NounOf(Cohort cohort) => cohort.Patients is null && cohort.Prefixes is not null ? "stays" : "patients";
}
