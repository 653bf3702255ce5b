using System.Text.Json;
using Engine.Metrics;

namespace Bench.Report;

/// <summary>What metrics are called in files and for readers.</summary>
internal static class MetricName
{
    /// <summary>Returns the name of a metric in results.json and in tables.</summary>
    public static string KeyOf(ScoreMetric metric) => metric switch
    {
        // Precision-recall areas are those of class 1 unless said otherwise; the files promise these short names.
        ScoreMetric.AveragePrecisionC1 => "averagePrecision",
        ScoreMetric.TrapezoidPrC1 => "trapezoidPr",
        _ => JsonNamingPolicy.CamelCase.ConvertName(metric.ToString()),
    };

    /// <summary>Tells whether less of a metric is better.</summary>
    public static bool IsLessBetter(ScoreMetric metric) => metric is
        ScoreMetric.Brier or ScoreMetric.DivergenceC1 or ScoreMetric.DivergenceC0 or ScoreMetric.DivergenceDual
        or ScoreMetric.FalsePositiveRate or ScoreMetric.FalseNegativeRate or ScoreMetric.FalseDiscoveryRate or ScoreMetric.FalseOmissionRate;

    /// <summary>Returns the name of a measure of calibration in results.json and in tables.</summary>
    public static string KeyOf(CalibrationMetric metric) => JsonNamingPolicy.CamelCase.ConvertName(metric.ToString());

    /// <summary>Returns the name of a comparison of groups in results.json and in tables.</summary>
    public static string KeyOf(FairnessMetric metric) => JsonNamingPolicy.CamelCase.ConvertName(metric.ToString());

    /// <summary>Tells whether groups can be better or worse served by a metric. The prevalence is a property of the data, the same for every method, and to be selected is good or bad as the case may be.</summary>
    public static bool IsOfService(ScoreMetric metric) => metric is not (ScoreMetric.Prevalence or ScoreMetric.SelectionRate);

    /// <summary>Returns the name of a metric for readers.</summary>
    public static string TitleOf(ScoreMetric metric) => metric switch
    {
        ScoreMetric.Prevalence => "C1 rate",
        ScoreMetric.Accuracy => "Accuracy",
        ScoreMetric.BalancedAccuracy => "Balanced accuracy",
        ScoreMetric.Auroc => "AUROC",
        ScoreMetric.PrecisionC1 => "Precision C1",
        ScoreMetric.RecallC1 => "Recall C1",
        ScoreMetric.F1C1 => "F1 C1",
        ScoreMetric.AveragePrecisionC1 => "Average precision C1",
        ScoreMetric.TrapezoidPrC1 => "Trapezoid AUC-PR C1",
        ScoreMetric.PrecisionC0 => "Precision C0",
        ScoreMetric.RecallC0 => "Recall C0",
        ScoreMetric.F1C0 => "F1 C0",
        ScoreMetric.AveragePrecisionC0 => "Average precision C0",
        ScoreMetric.TrapezoidPrC0 => "Trapezoid AUC-PR C0",
        ScoreMetric.Mcc => "Matthews correlation",
        ScoreMetric.DivergenceC1 => "Divergence C1",
        ScoreMetric.DivergenceC0 => "Divergence C0",
        ScoreMetric.DivergenceDual => "Dual-class divergence",
        ScoreMetric.Brier => "Brier score",
        ScoreMetric.SelectionRate => "Selection rate",
        ScoreMetric.FalsePositiveRate => "False positive rate",
        ScoreMetric.FalseNegativeRate => "False negative rate",
        ScoreMetric.FalseDiscoveryRate => "False discovery rate",
        ScoreMetric.FalseOmissionRate => "False omission rate",
        ScoreMetric.NetBenefit => "Net benefit",
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "not a named metric"),
    };
}
