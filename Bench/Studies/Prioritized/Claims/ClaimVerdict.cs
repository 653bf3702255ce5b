namespace Bench.Studies.Prioritized.Claims;

/// <summary>What the measured numbers say of a claim.</summary>
public enum ClaimVerdict
{
    /// <summary>It is so, beyond what chance does.</summary>
    Holds,

    /// <summary>It is not so, beyond what chance does.</summary>
    DoesNotHold,

    /// <summary>Something is undefined, patients are too few, or the interval holds the border.</summary>
    CannotBeTold,
}
