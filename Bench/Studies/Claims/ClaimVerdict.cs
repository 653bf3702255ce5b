namespace Bench.Studies.Claims;

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

/// <summary>The words for a <see cref="ClaimVerdict"/>.</summary>
internal static class ClaimVerdicts
{
    /// <summary>Says a verdict in words.</summary>
    public static string Describe(this ClaimVerdict verdict) => verdict switch
    {
        ClaimVerdict.Holds => "holds",
        ClaimVerdict.DoesNotHold => "does not hold",
        _ => "cannot be told",
    };
}
