using Bench.Studies.Claims;

namespace Bench.Report.Claims;

/// <summary>A claim of the paper, and what it comes to.</summary>
/// <param name="Claim">Its name.</param>
/// <param name="Sentence">What the paper says, in short.</param>
/// <param name="Source">Where it says so.</param>
/// <param name="Test">What is measured, and where the border lies.</param>
/// <param name="RuleWithinAnswer">How measures become an answer.</param>
/// <param name="RuleOverall">How answers become the verdict.</param>
/// <param name="Verdict">"holds", "does not hold" or "cannot be told".</param>
/// <param name="Holds">Answers that hold.</param>
/// <param name="DoesNotHold">Answers that do not.</param>
/// <param name="CannotBeTold">Answers that cannot be told.</param>
internal sealed record ClaimEntry(
    string Claim, string Sentence, string Source, string Test, string RuleWithinAnswer, string RuleOverall, string Verdict, int Holds, int DoesNotHold, int CannotBeTold)
{
    /// <summary>Describes a claim.</summary>
    public static ClaimEntry From(JudgedClaim judged) => new(
        judged.Id,
        judged.Text.Sentence,
        judged.Text.Source,
        judged.Text.Test,
        judged.WithinAnswer.Describe("measures"),
        judged.Overall.Describe("answers"),
        judged.Verdict.Describe(),
        judged.Count(ClaimVerdict.Holds),
        judged.Count(ClaimVerdict.DoesNotHold),
        judged.Count(ClaimVerdict.CannotBeTold));
}
