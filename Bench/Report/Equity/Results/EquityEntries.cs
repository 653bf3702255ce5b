using Bench.Studies.Equity;

namespace Bench.Report.Equity.Results;

/// <summary>An arm over all repeats of a setting, on one outcome and by one metric; null where undefined.</summary>
/// <param name="Minority">The minority.</param>
/// <param name="Size">Its rows to train on.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="Arm">The arm.</param>
/// <param name="JudgedOn">"minority" or "majority".</param>
/// <param name="Metric">"auroc" or "auprc", which is the average precision.</param>
/// <param name="Mean">The mean over the repeats that have a value.</param>
/// <param name="Deviation">Their deviation, divided by their number.</param>
/// <param name="Repeats">How many repeats have a value.</param>
/// <param name="Difference">The mean less that of the baseline, over the repeats in which both have a value; null for the baseline.</param>
/// <param name="Lower">Lower end of its 95 % interval.</param>
/// <param name="Upper">Upper end.</param>
internal sealed record EquitySummaryEntry(
    string Minority, int Size, string Outcome, string Arm, string JudgedOn, string Metric, double? Mean, double? Deviation, int Repeats, double? Difference, double? Lower, double? Upper)
{
    /// <summary>Gets the metrics of a study.</summary>
    public static IReadOnlyList<(string JudgedOn, string Metric, Func<EquityScores, double?> Read)> Metrics { get; } =
    [
        ("minority", "auroc", scores => scores.MinorityAuroc),
        ("minority", "auprc", scores => scores.MinorityAuprc),
        ("majority", "auroc", scores => scores.MajorityAuroc),
        ("majority", "auprc", scores => scores.MajorityAuprc),
    ];

    /// <summary>Lists every setting, outcome, arm and metric.</summary>
    public static IEnumerable<EquitySummaryEntry> ListOf(JudgedEquity study) =>
        from setting in study.Result.Settings
        from outcome in Enumerable.Range(0, study.Result.Outcomes.Count)
        from metric in Metrics
        from arm in Enumerable.Range(0, study.Result.Arms.Count)
        let mean = EquityStatistics.MeanOf(setting, arm, outcome, metric.Read)
        let difference = arm == JudgedEquity.Baseline ? null : study.Statistics.Difference(setting, arm, JudgedEquity.Baseline, outcome, metric.Read)
        select new EquitySummaryEntry(
            setting.Minority,
            setting.Size,
            study.Result.Outcomes[outcome],
            study.Result.Arms[arm].Name,
            metric.JudgedOn,
            metric.Metric,
            mean?.Mean,
            mean?.Deviation,
            mean?.Count ?? 0,
            difference?.Estimate,
            difference?.Lower,
            difference?.Upper);
}

/// <summary>An arm in one repeat; null where undefined.</summary>
/// <param name="Minority">The minority.</param>
/// <param name="Size">Its rows to train on.</param>
/// <param name="Repeat">The repeat, from 1.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="Arm">The arm.</param>
/// <param name="TestRows">Rows of the minority that were judged on.</param>
/// <param name="TestPositives">Those with the outcome.</param>
/// <param name="MinorityAuroc">AUROC of the minority.</param>
/// <param name="MinorityAuprc">Average precision of the minority.</param>
/// <param name="MajorityAuroc">AUROC of the majority.</param>
/// <param name="MajorityAuprc">Average precision of the majority.</param>
internal sealed record EquityScoreEntry(
    string Minority,
    int Size,
    int Repeat,
    string Outcome,
    string Arm,
    int TestRows,
    int TestPositives,
    double? MinorityAuroc,
    double? MinorityAuprc,
    double? MajorityAuroc,
    double? MajorityAuprc)
{
    /// <summary>Lists every setting, repeat, outcome and arm.</summary>
    public static IEnumerable<EquityScoreEntry> ListOf(EquityResult result) =>
        from setting in result.Settings
        from repeat in setting.Repeats
        from outcome in Enumerable.Range(0, result.Outcomes.Count)
        from arm in Enumerable.Range(0, result.Arms.Count)
        let scores = repeat.Scores[arm][outcome]
        select new EquityScoreEntry(
            setting.Minority,
            setting.Size,
            repeat.Repeat,
            result.Outcomes[outcome],
            result.Arms[arm].Name,
            repeat.TestCount,
            repeat.TestPositives[outcome],
            scores.MinorityAuroc,
            scores.MinorityAuprc,
            scores.MajorityAuroc,
            scores.MajorityAuprc);
}

/// <summary>What generating took for one arm in one repeat.</summary>
/// <param name="Minority">The minority.</param>
/// <param name="Size">Its rows to train on.</param>
/// <param name="Repeat">The repeat, from 1.</param>
/// <param name="Arm">The arm.</param>
/// <param name="Requested">Rows asked for.</param>
/// <param name="Made">Rows made.</param>
/// <param name="Refused">Proposed rows that were refused.</param>
/// <param name="Calls">Calls of a language model.</param>
/// <param name="CallsFromJournal">Those answered from the journal.</param>
/// <param name="PromptTokens">Tokens of all prompts.</param>
/// <param name="ReplyTokens">Tokens of all replies.</param>
/// <param name="Cost">What those not from the journal cost, in the unit of the prices.</param>
internal sealed record GenerationEntry(
    string Minority, int Size, int Repeat, string Arm, int Requested, int Made, int Refused, int Calls, int CallsFromJournal, long PromptTokens, long ReplyTokens, decimal Cost)
{
    /// <summary>Lists every setting, repeat and arm with a generator.</summary>
    public static IEnumerable<GenerationEntry> ListOf(EquityResult result) =>
        from setting in result.Settings
        from repeat in setting.Repeats
        from arm in repeat.Generated
        let report = arm.Value
        select new GenerationEntry(
            setting.Minority, setting.Size, repeat.Repeat, arm.Key, report.RequestedCount, report.MadeCount, report.Refused.Values.Sum(), report.CallCount, report.CallsFromJournal, report.PromptTokens, report.ReplyTokens, result.Options.Prices.CostOf(report));
}

/// <summary>Proposed rows that were refused for one reason, over all repeats.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Reason">The reason.</param>
/// <param name="Rows">How many rows.</param>
internal sealed record RefusedEntry(string Arm, string Reason, int Rows)
{
    /// <summary>Counts the refused rows of every arm.</summary>
    public static IEnumerable<RefusedEntry> ListOf(EquityResult result) =>
        from arm in result.Settings.SelectMany(setting => setting.Repeats).SelectMany(repeat => repeat.Generated).GroupBy(arm => arm.Key)
        from reason in arm.SelectMany(one => one.Value.Refused).GroupBy(refused => refused.Key)
        select new RefusedEntry(arm.Key, reason.Key, reason.Sum(refused => refused.Value));
}

/// <summary>A minority that was left out.</summary>
/// <param name="Minority">The minority.</param>
/// <param name="Size">The rows that were to train.</param>
/// <param name="Reason">Why.</param>
internal sealed record SkippedMinorityEntry(string Minority, int Size, string Reason);
