using Bench.Studies.Claims;

namespace Bench.Report.Claims;

/// <summary>How the claims of a paper came out, in a sentence.</summary>
internal static class ClaimTally
{
    /// <summary>Counts the verdicts.</summary>
    public static string Of(IReadOnlyList<JudgedClaim> claims)
    {
        return $"Of the paper's {claims.Count} claims hold here: {Count(ClaimVerdict.Holds)}; do not hold: {Count(ClaimVerdict.DoesNotHold)}; cannot be told: {Count(ClaimVerdict.CannotBeTold)}.";

        int Count(ClaimVerdict verdict) => claims.Count(claim => claim.Verdict == verdict);
    }
}
