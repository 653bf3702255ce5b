using Bench.Studies.Equity;
using Bench.Studies.Equity.Claims;

namespace Bench.Report.Equity;

/// <summary>What a reader of a study of synthetic rows must know before any number.</summary>
internal static class EquityWarnings
{
    /// <summary>Lists the warnings.</summary>
    public static IReadOnlyList<string> Of(JudgedEquity study) => [.. Lines(study)];

    private static IEnumerable<string> Lines(JudgedEquity study)
    {
        var result = study.Result;
        foreach (var skipped in result.Skipped)
            yield return $"{GroupName.TitleOf(skipped.Minority)} with {skipped.Size:N0} rows is left out. {skipped.Reason}";
        foreach (var setting in result.Settings)
        {
            var few = Enumerable.Range(0, result.Outcomes.Count).Except(study.OutcomesOf(setting)).Select(study.OutcomeName).ToArray();
            if (few.Length > 0)
                yield return $"{GroupName.TitleOf(setting.Minority)} with {setting.Size:N0} rows: fewer than {EquityClaims.FewestPositives} rows to judge on have {string.Join(" and ", few)}, which says too little; no claim rests on it.";
        }

        if (result.Options.Repeats < EquityStatistics.FewestRepeats)
            yield return $"With {result.Options.Repeats:N0} repeats there are no intervals; {EquityStatistics.FewestRepeats} or more are needed.";
        var (asked, made) = (Sum(report => report.RequestedCount), Sum(report => report.MadeCount));
        if (made < asked)
            yield return $"Of {asked:N0} rows that were asked of generators, {made:N0} were made; where they are short, an arm trains on fewer rows.";

        long Sum(Func<Engine.Synthesis.GenerationReport, long> count) => result.Settings.SelectMany(setting => setting.Repeats).SelectMany(repeat => repeat.Generated.Values).Sum(count);
    }
}
