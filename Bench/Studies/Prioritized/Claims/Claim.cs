using Bench.Cohorts;

namespace Bench.Studies.Prioritized.Claims;

/// <summary>A claim of paper P as it is tested: what is measured, and how answers become one.</summary>
/// <param name="Id">Its name in files.</param>
/// <param name="WithinAnswer">How the measures of one group become an answer.</param>
/// <param name="Overall">How the answers of all groups become the verdict.</param>
/// <param name="Measure">Lists the measures, for each group that it speaks of.</param>
internal sealed record Claim(string Id, Agreement WithinAnswer, Agreement Overall, Func<JudgedStudy, IEnumerable<(string? Group, IEnumerable<ClaimMeasure> Measures)>> Measure)
{
    /// <summary>Below so many test patients with C1, draws repeat a handful of patients, and an interval knows too little of the others.</summary>
    public const int FewestPatients = 10;

    /// <summary>Judges the claim.</summary>
    /// <param name="study">The study.</param>
    public JudgedClaim Judge(JudgedStudy study)
    {
        ClaimAnswer[] answers = [.. Measure(study).Select(one => Answer(study, one.Group, [.. one.Measures]))];
        return new JudgedClaim(this, ClaimTexts.Of(Id), Overall.Join(answers.Select(answer => answer.Verdict)), answers);
    }

    private ClaimAnswer Answer(JudgedStudy study, string? group, IReadOnlyList<ClaimMeasure> measures)
    {
        if (group is not null && study.Groups.Contains(group) && study.CountsOf(CohortSplit.Test, group).PositiveClusterCount < FewestPatients)
            return new ClaimAnswer(group, ClaimVerdict.CannotBeTold, measures, $"fewer than {FewestPatients} test {study.Result.PatientNoun} with C1");
        return new ClaimAnswer(group, WithinAnswer.Join(measures.Select(measure => measure.Verdict)), measures, measures.Count == 0 ? "nothing to measure" : null);
    }
}
