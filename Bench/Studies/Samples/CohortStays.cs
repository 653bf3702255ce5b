using Bench.Cohorts;

namespace Bench.Studies.Samples;

/// <summary>Which rows of a cohort are of one stay: hours of one stay teach less than as many patients.</summary>
internal static class CohortStays
{
    /// <summary>Returns a number for each row, the same for rows of one stay; in a cohort without stays every row is a patient.</summary>
    /// <param name="cohort">The cohort.</param>
    /// <param name="rows">Rows of it.</param>
    public static int[] Of(Cohort cohort, long[] rows) =>
        cohort.Prefixes is { } prefixes ? Array.ConvertAll(rows, row => prefixes[(int)row].Stay) : Array.ConvertAll(rows, static row => (int)row);

    /// <summary>Returns what is counted, in the plural.</summary>
    public static string NounOf(Cohort cohort) => cohort.Prefixes is null ? "patients" : "stays";
}
