namespace Bench.Comparisons.Arrays;

/// <summary>Where hours of stays come from.</summary>
internal enum CohortSource
{
    /// <summary>The simulator of the decompensation task.</summary>
    Simulated,

    /// <summary>The PhysioNet / Computing in Cardiology Challenge 2012.</summary>
    PhysioNet2012,
}

/// <summary>The names of sources in descriptions.</summary>
internal static class CohortSourceName
{
    /// <summary>Returns the name of a source.</summary>
    public static string Of(CohortSource source) => source == CohortSource.Simulated ? "simulated" : "PhysioNet 2012";
}
