using Bench.Report.Html;
using Bench.Studies.Claims;

namespace Bench.Report.Claims;

/// <summary>The numbers on which the answers to claims rest, as a table of the page.</summary>
internal static class ClaimTable
{
    /// <summary>Builds the table.</summary>
    /// <param name="claims">The claims, judged.</param>
    public static ReportTable Build(IReadOnlyList<JudgedClaim> claims) => new(
        "table-claims",
        "Answers to the claims",
        "claim-measures.csv",
        "In brackets: 95 % intervals where there are any.",
        HtmlTable.Of(
            ["Claim", "Of", "Number", "Expected", "Measured", "Says"],
            nameColumns: 4,
            from judged in claims
            from answer in judged.Answers
            from measure in answer.Measures
            select (string[])
            [
                judged.Id,
                answer.Group is { } judgedOn ? GroupName.TitleOf(judgedOn) : string.Empty,
                measure.Statistic,
                ClaimNumber.BorderOf(measure),
                ClaimNumber.Of(measure),
                answer.Reason is null ? measure.Verdict.Describe() : $"{answer.Verdict.Describe()}: {answer.Reason}",
            ]));
}
