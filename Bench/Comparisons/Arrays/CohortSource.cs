namespace Bench.Comparisons.Arrays;

/// <summary>Where hours of stays come from.</summary>
internal enum CohortSource
{
    /// <summary>The simulator of the decompensation task.</summary>
    Simulated,

    /// <summary>The PhysioNet / Computing in Cardiology Challenge 2012.</summary>
    PhysioNet2012,
}
