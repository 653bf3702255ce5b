namespace Bench.Comparisons.Arrays;

/// <summary>The names of sources in descriptions.</summary>
internal static class CohortSourceName
{
    /// <summary>Returns the name of a source.</summary>
    public static string Of(CohortSource source) => source == CohortSource.Simulated ? "simulated" : "PhysioNet 2012";
}
