using Bench.Studies.Claims;

namespace Bench.Report.Claims;

/// <summary>A number on which an answer to a claim rests.</summary>
/// <param name="Claim">The name of the claim.</param>
/// <param name="Group">The group that the answer is for, or the trait that divides several; null for the study as a whole.</param>
/// <param name="Answer">The answer for the group, from all its measures.</param>
/// <param name="Reason">Why it cannot be told, where that is not for the intervals; null otherwise.</param>
/// <param name="Statistic">What was measured, in words.</param>
/// <param name="Side">"above" or "below": where the claim expects the number.</param>
/// <param name="Border">Of this; null where it is undefined.</param>
/// <param name="Estimate">The number; null where it is undefined.</param>
/// <param name="Lower">Lower end of its 95 % interval; null where there is none.</param>
/// <param name="Upper">Upper end; null where there is none, or it has no bound.</param>
/// <param name="Verdict">What this number says.</param>
internal sealed record ClaimMeasureEntry(
    string Claim,
    string? Group,
    string Answer,
    string? Reason,
    string Statistic,
    string Side,
    double? Border,
    double? Estimate,
    double? Lower,
    double? Upper,
    string Verdict)
{
    /// <summary>Lists every claim, answer and measure.</summary>
    public static IEnumerable<ClaimMeasureEntry> ListOf(IReadOnlyList<JudgedClaim> claims) =>
        from judged in claims
        from answer in judged.Answers
        from measure in answer.Measures
        select new ClaimMeasureEntry(
            judged.Id,
            answer.Group,
            answer.Verdict.Describe(),
            answer.Reason,
            measure.Statistic,
            measure.Side.ToString().ToLowerInvariant(),
            measure.Border,
            measure.Estimate,
            measure.Lower,
            measure.Upper,
            measure.Verdict.Describe());
}
