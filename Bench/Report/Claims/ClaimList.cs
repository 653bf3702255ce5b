using Bench.Report.Html;
using Bench.Studies.Claims;

namespace Bench.Report.Claims;

/// <summary>The claims of the paper with their answers.</summary>
internal static class ClaimList
{
    /// <summary>Builds the list.</summary>
    /// <param name="claims">The claims, judged.</param>
    /// <param name="subject">The data.</param>
    /// <param name="need">What an answer needs, in a sentence.</param>
    /// <param name="parts">What most claims have an answer for each of, in the plural, such as "groups".</param>
    public static ReportSection Build(IReadOnlyList<JudgedClaim> claims, ReportSubject subject, string need, string parts) => new(
        "claims",
        "The paper's claims, tested",
        $"On {subject.Name}{(subject.IsSimulated ? ", which is simulated: an answer speaks of the simulation, not of patients" : string.Empty)}. Each test and its borders were written down before anything was measured. "
            + $"{need} "
            + $"Over all {parts} a claim holds when it holds in more than half of them and fails in none, and does not hold when it fails in at least as many as it holds in. All numbers: table of answers below.",
        HtmlFragment.Of($"""
            <ol class="claims">
            {HtmlFragment.Join(claims.Select(Item))}
            </ol>
            """));

    private static HtmlFragment Item(JudgedClaim judged) => HtmlFragment.Of($"""
        <li id="claim-{judged.Id}">
        <p><span class="verdict {StyleOf(judged.Verdict)}">{Capital.Of(judged.Verdict.Describe())}.</span>{judged.Text.Sentence} ({judged.Text.Source})</p>
        <p class="caption">Test: {judged.Text.Test}</p>
        <ul class="answers">
        {HtmlFragment.Join(judged.Answers.Where(answer => answer.Reason is null).Select(answer => Answer(judged, answer)))}
        {HtmlFragment.Join(judged.Answers.Where(answer => answer.Reason is not null).GroupBy(answer => answer.Reason!).Select(Unanswered))}
        </ul>
        {(judged.Answers.Count == 0 ? HtmlFragment.Of($"""<p class="caption">This cohort, or these methods, have nothing to compare.</p>""") : HtmlFragment.Empty)}
        </li>
        """);

    private static HtmlFragment Answer(JudgedClaim judged, ClaimAnswer answer) => HtmlFragment.Of(
        $"""<li><span class="verdict {StyleOf(answer.Verdict)}">{(answer.Group is { } group ? $"{GroupName.TitleOf(group)}: {answer.Verdict.Describe()}" : "Measured")}</span>{Numbers(judged, answer)}</li>""");

    private static HtmlFragment Unanswered(IGrouping<string, ClaimAnswer> answers) => HtmlFragment.Of(
        $"""<li><span class="verdict open">{string.Join(", ", answers.Select(answer => answer.Group is { } group ? GroupName.TitleOf(group) : "Study"))}: {ClaimVerdict.CannotBeTold.Describe()}</span>{answers.Key}</li>""");

    // A few numbers are told; of many how they came out. A border that is the same for all stands in the test.
    private static string Numbers(JudgedClaim judged, ClaimAnswer answer)
    {
        if (answer.Measures.Count > 2)
            return $"{Count(answer, ClaimVerdict.Holds)} of {answer.Measures.Count} numbers for it, {Count(answer, ClaimVerdict.DoesNotHold)} against";
        var hasOneBorder = judged.Answers.SelectMany(one => one.Measures.Select((measure, place) => (place, measure.Border))).Distinct().Count() <= answer.Measures.Count;
        return string.Join("; ", answer.Measures.Select(measure =>
            (answer.Measures.Count == 1 ? string.Empty : $"{measure.Statistic}: ") + ClaimNumber.Of(measure) + (hasOneBorder ? string.Empty : $" ({ClaimNumber.BorderOf(measure)})")));
    }

    private static int Count(ClaimAnswer answer, ClaimVerdict verdict) => answer.Measures.Count(measure => measure.Verdict == verdict);

    private static string StyleOf(ClaimVerdict verdict) => verdict switch
    {
        ClaimVerdict.Holds => "holds",
        ClaimVerdict.DoesNotHold => "fails",
        _ => "open",
    };
}
