using System.Globalization;
using Bench.Studies.Claims;

namespace Bench.Studies.Equity.Claims;

/// <summary>The claims of paper E, each with the test that was written down before anything was measured.</summary>
/// <remarks>A claim is answered for every minority; its measures are outcomes at the first size of the minority, unless it speaks of sizes.</remarks>
internal static class EquityClaims
{
    /// <summary>A difference in AUROC that the paper calls little: most of its group-specific and generic rows differ by less.</summary>
    public const double LittleDifference = .01;

    /// <summary>A change with the size of the minority that is "little to no change": the largest in the paper's supplement is .035.</summary>
    public const double LittleChange = .05;

    /// <summary>A mean difference of correlations that is large: columns without any correlation would differ by the mean size of the real ones, about that.</summary>
    public const double LargeDifference = .1;

    /// <summary>A share of copies that is very few.</summary>
    public const double FewCopies = .01;

    /// <summary>Below so many test rows with the outcome, a minority tells too little of it.</summary>
    public const int FewestPositives = 10;

    /// <summary>Gets all claims, in the order of the paper.</summary>
    public static IReadOnlyList<Claim<JudgedEquity>> All { get; } =
    [
        new(
            "generated-best-auroc",
            new("Models with generated rows have a higher AUROC than every standard approach, in 13 of 17 cases.", "section 3.2, table 2",
                "For each outcome, the highest mean AUROC of the minority under group-specific or generic rows less the highest of baseline, upweighted, separate models and SMOTE is above 0; the best of either side is chosen anew in every replicate."),
            Agreement.Most, Agreement.Most, study => study.OfMinorities((setting, outcome) => [Against(study, setting, outcome, study.Generated, study.Standard, Auroc, ClaimSide.Above)])),
        new(
            "generated-best-auprc",
            new("So they have for AUPRC, in 9 of 17 cases.", "section 3.2, table S3", "The same with average precision."),
            Agreement.Most, Agreement.Most, study => study.OfMinorities((setting, outcome) => [Against(study, setting, outcome, study.Generated, study.Standard, Auprc, ClaimSide.Above)])),
        new(
            "generated-beats-baseline",
            new("Generated rows improve on the baseline.", "section 3.2, table 2",
                "For each outcome, AUROC of the minority under group-specific rows less that of the baseline is above 0."),
            Agreement.Most, Agreement.Most, study => study.OfMinorities((setting, outcome) => study.Specific.Select(arm => Against(study, setting, outcome, [arm], [JudgedEquity.Baseline], Auroc, ClaimSide.Above)))),
        new(
            "group-adds-little",
            new("Rows made for the group add little to generic ones: AUROC differs by less than .01 in 14 of 17 cases.", "section 3.2",
                Text($"For each outcome and generator, AUROC under group-specific rows less that under generic ones is below {LittleDifference} and above {-LittleDifference}.")),
            Agreement.Most, Agreement.Most, study => study.OfMinorities((setting, outcome) => study.Pairs.SelectMany(pair => Within(
                $"{study.OutcomeName(outcome)}: group-specific less generic", LittleDifference, study.Statistics.Difference(setting, pair.Specific, pair.Generic, outcome, Auroc))))),
        new(
            "smote-seldom-best",
            new("SMOTE is almost never the best method.", "section 3.2",
                "For each outcome, the mean AUROC of the minority under SMOTE less the highest of all other arms is below 0."),
            Agreement.Most, Agreement.Most, study => study.OfMinorities((setting, outcome) => [Against(study, setting, outcome, study.Smote, study.AllBut(study.Smote), Auroc, ClaimSide.Below)])),
        new(
            "weights-and-separate-seldom-best",
            new("Upweighting and separate models are the best method in few cases.", "section 3.2",
                "For each outcome, the higher mean AUROC of the minority of these two less the highest of all other arms is below 0."),
            Agreement.Most, Agreement.Most, study => study.OfMinorities((setting, outcome) =>
                [Against(study, setting, outcome, study.UpweightedAndSeparate, study.AllBut(study.UpweightedAndSeparate), Auroc, ClaimSide.Below)])),
        new(
            "size-matters-little",
            new("Whether the minority has 50, 100 or 200 rows changes little, for any method.", "appendix E, table S6",
                Text($"For each outcome and arm, AUROC of the minority at its largest size less that at its smallest is below {LittleChange} and above {-LittleChange}.")),
            Agreement.Most, Agreement.Most, BySize),
        new(
            "correlations-kept",
            new("Generated rows keep many of the correlations of the real ones.", "section 3.1, figure 2",
                Text($"Over every two columns, the mean absolute difference of the correlations of group-specific rows and of real rows of the minority is below {LargeDifference}. The first repeat, without an interval.")),
            Agreement.Most, Agreement.Most, study => OfRows(study, rows => [ClaimMeasure.OfValue(rows.Arm.Name, ClaimSide.Below, LargeDifference, rows.Report.Correlations.MeanAbsoluteDifference.Value)])),
        new(
            "no-copies",
            new("Generated rows are new: very few equal a real one.", "section 3.1, figure 3",
                Text($"The share of group-specific rows that equal a row that was shown is below {FewCopies}; the first repeat, Wilson's interval.")),
            Agreement.Most, Agreement.Most, study => OfRows(study, rows =>
                [ClaimMeasure.OfRange(rows.Arm.Name, ClaimSide.Below, FewCopies, rows.Report.Matches.Identical.Share, rows.Report.Matches.Identical.Lower, rows.Report.Matches.Identical.Upper)])),
        new(
            "closer-to-the-group",
            new("Rows made for the group are closer to its real rows than to those of the majority; in MIMIC-IV they were not.", "section 3.1, figure 3",
                "The median L1 distance of group-specific rows to the closest real row of the minority less that to the closest of as many of the majority is below 0. The first repeat, without an interval."),
            Agreement.Most, Agreement.Most, study => OfRows(study, rows => [ClaimMeasure.OfValue(rows.Arm.Name, ClaimSide.Below, 0, rows.ToMinority.Synthetic.Median - rows.ToMajority.Synthetic.Median)])),
        new(
            "between-the-groups",
            new("To a forest that tells the groups apart, generated rows lie between majority and minority.", "section 3.1, figure 4",
                "Of a random forest that never saw them, the mean probability of group-specific rows is above that of held-out rows of the majority, 0, and below that of the minority, 1. The first repeat, without an interval."),
            Agreement.Every, Agreement.Most, study => OfRows(study, rows =>
            [
                ClaimMeasure.OfValue($"{rows.Arm.Name}: above the majority", ClaimSide.Above, 0, rows.Membership.Position.Value),
                ClaimMeasure.OfValue($"{rows.Arm.Name}: below the minority", ClaimSide.Below, 1, rows.Membership.Position.Value),
            ])),
    ];

    /// <summary>Judges every claim.</summary>
    public static IReadOnlyList<JudgedClaim> Judge(JudgedEquity study) => [.. All.Select(claim => claim.Judge(study, _ => null))];

    private static double? Auroc(EquityScores scores) => scores.MinorityAuroc;

    private static double? Auprc(EquityScores scores) => scores.MinorityAuprc;

    private static ClaimMeasure Against(JudgedEquity study, EquitySetting setting, int outcome, IReadOnlyList<int> arms, IReadOnlyList<int> others, Func<EquityScores, double?> metric, ClaimSide side)
    {
        var interval = study.Statistics.BestAgainst(setting, arms, others, outcome, metric);
        return ClaimMeasure.OfRange(study.OutcomeName(outcome), side, 0, interval?.Estimate, interval?.Lower, interval?.Upper);
    }

    private static IEnumerable<ClaimMeasure> Within(string statistic, double border, RepeatInterval? interval) =>
    [
        ClaimMeasure.OfRange(statistic, ClaimSide.Below, border, interval?.Estimate, interval?.Lower, interval?.Upper),
        ClaimMeasure.OfRange(statistic, ClaimSide.Above, -border, interval?.Estimate, interval?.Lower, interval?.Upper),
    ];

    private static IEnumerable<(string? Group, IEnumerable<ClaimMeasure> Measures)> BySize(JudgedEquity study)
    {
        foreach (var settings in study.Result.Settings.GroupBy(setting => setting.Minority).Where(settings => settings.Count() > 1))
        {
            var (smallest, largest) = (settings.MinBy(setting => setting.Size)!, settings.MaxBy(setting => setting.Size)!);
            yield return (settings.Key, study.OutcomesOf(largest).SelectMany(outcome => Enumerable.Range(0, study.Result.Arms.Count).SelectMany(arm => Within(
                $"{study.OutcomeName(outcome)}, {study.Result.Arms[arm].Title}", LittleChange, study.Statistics.BetweenSizes(largest, smallest, arm, outcome, Auroc)))));
        }
    }

    private static IEnumerable<(string? Group, IEnumerable<ClaimMeasure> Measures)> OfRows(JudgedEquity study, Func<EquityFidelity, IEnumerable<ClaimMeasure>> measure) =>
        study.MainSettings.Select(setting => ((string?)setting.Minority, JudgedEquity.SpecificRowsOf(setting).SelectMany(measure)));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
