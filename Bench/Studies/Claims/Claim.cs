namespace Bench.Studies.Claims;

/// <summary>A claim of a paper as it is tested: what is measured, and how answers become one.</summary>
/// <typeparam name="TStudy">What was found.</typeparam>
/// <param name="Id">Its name in files.</param>
/// <param name="Text">Its wording.</param>
/// <param name="WithinAnswer">How the measures of one answer become its verdict.</param>
/// <param name="Overall">How the answers become the verdict.</param>
/// <param name="Measure">Lists the measures, for each group that it speaks of.</param>
internal sealed record Claim<TStudy>(
    string Id, ClaimText Text, Agreement WithinAnswer, Agreement Overall, Func<TStudy, IEnumerable<(string? Group, IEnumerable<ClaimMeasure> Measures)>> Measure)
{
    /// <summary>Judges the claim.</summary>
    /// <param name="study">What was found.</param>
    /// <param name="whyNot">Says why nothing can be told of a group, whatever its intervals; null where it can.</param>
    public JudgedClaim Judge(TStudy study, Func<string?, string?> whyNot)
    {
        ClaimAnswer[] answers = [.. Measure(study).Select(one => Answer(one.Group, [.. one.Measures], whyNot(one.Group)))];
        return new JudgedClaim(Id, Text, WithinAnswer, Overall, Overall.Join(answers.Select(answer => answer.Verdict)), answers);
    }

    private ClaimAnswer Answer(string? group, IReadOnlyList<ClaimMeasure> measures, string? whyNot) => whyNot is null
        ? new ClaimAnswer(group, WithinAnswer.Join(measures.Select(measure => measure.Verdict)), measures, measures.Count == 0 ? "nothing to measure" : null)
        : new ClaimAnswer(group, ClaimVerdict.CannotBeTold, measures, whyNot);
}
