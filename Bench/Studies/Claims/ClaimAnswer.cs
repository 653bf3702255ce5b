namespace Bench.Studies.Claims;

/// <summary>What a claim comes to for one group.</summary>
/// <param name="Group">The group, or the trait that divides several; null for the study as a whole.</param>
/// <param name="Verdict">The answer.</param>
/// <param name="Measures">What it rests on.</param>
/// <param name="Reason">Why it cannot be told, where that is not for the intervals; null otherwise.</param>
internal sealed record ClaimAnswer(string? Group, ClaimVerdict Verdict, IReadOnlyList<ClaimMeasure> Measures, string? Reason = null);

/// <summary>What a claim comes to in a study.</summary>
/// <param name="Id">The name of the claim in files.</param>
/// <param name="Text">Its wording.</param>
/// <param name="WithinAnswer">How the measures of one answer become its verdict.</param>
/// <param name="Overall">How the answers become the verdict.</param>
/// <param name="Verdict">The answer over all.</param>
/// <param name="Answers">One a group, or one for the study.</param>
internal sealed record JudgedClaim(string Id, ClaimText Text, Agreement WithinAnswer, Agreement Overall, ClaimVerdict Verdict, IReadOnlyList<ClaimAnswer> Answers)
{
    /// <summary>Counts the answers of a verdict.</summary>
    public int Count(ClaimVerdict verdict) => Answers.Count(answer => answer.Verdict == verdict);
}
