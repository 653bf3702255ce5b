using Engine.Metrics;
using Engine.Prognosis;

namespace Bench.Report.Results;

/// <summary>The counts and metrics of one group, as every list of metrics has them; null where a metric has no value.</summary>
internal abstract record MetricFields
{
    /// <summary>Takes the metrics of a group.</summary>
    /// <param name="metrics">The metrics, for the threshold and the counts of outcomes.</param>
    /// <param name="counts">Rows and stays.</param>
    /// <param name="valueOf">Gives each metric as it is told.</param>
    protected MetricFields(MetricSet metrics, BiasRow counts, Func<ScoreMetric, double?> valueOf)
    {
        (N, Positives, Stays, PositiveStays) = (counts.RowCount, counts.PositiveCount, counts.ClusterCount, counts.PositiveClusterCount);
        Prevalence = valueOf(ScoreMetric.Prevalence);
        Accuracy = valueOf(ScoreMetric.Accuracy);
        BalancedAccuracy = valueOf(ScoreMetric.BalancedAccuracy);
        Auroc = valueOf(ScoreMetric.Auroc);
        AveragePrecision = valueOf(ScoreMetric.AveragePrecisionC1);
        TrapezoidPr = valueOf(ScoreMetric.TrapezoidPrC1);
        PrecisionC1 = valueOf(ScoreMetric.PrecisionC1);
        RecallC1 = valueOf(ScoreMetric.RecallC1);
        F1C1 = valueOf(ScoreMetric.F1C1);
        AveragePrecisionC0 = valueOf(ScoreMetric.AveragePrecisionC0);
        TrapezoidPrC0 = valueOf(ScoreMetric.TrapezoidPrC0);
        PrecisionC0 = valueOf(ScoreMetric.PrecisionC0);
        RecallC0 = valueOf(ScoreMetric.RecallC0);
        F1C0 = valueOf(ScoreMetric.F1C0);
        Mcc = valueOf(ScoreMetric.Mcc);
        DivergenceDual = valueOf(ScoreMetric.DivergenceDual);
        DivergenceC1 = valueOf(ScoreMetric.DivergenceC1);
        DivergenceC0 = valueOf(ScoreMetric.DivergenceC0);
        Brier = valueOf(ScoreMetric.Brier);
        SelectionRate = valueOf(ScoreMetric.SelectionRate);
        FalsePositiveRate = valueOf(ScoreMetric.FalsePositiveRate);
        FalseNegativeRate = valueOf(ScoreMetric.FalseNegativeRate);
        FalseDiscoveryRate = valueOf(ScoreMetric.FalseDiscoveryRate);
        FalseOmissionRate = valueOf(ScoreMetric.FalseOmissionRate);
        NetBenefit = valueOf(ScoreMetric.NetBenefit);
        Threshold = metrics.Threshold;
        (TruePositives, FalsePositives) = (metrics.Confusion.TruePositives, metrics.Confusion.FalsePositives);
        (TrueNegatives, FalseNegatives) = (metrics.Confusion.TrueNegatives, metrics.Confusion.FalseNegatives);
    }

    /// <summary>Gets the number of rows.</summary>
    public long N { get; }

    /// <summary>Gets the number of rows of class 1.</summary>
    public long Positives { get; }

    /// <summary>Gets the number of stays, or of patients where they are known or every row is one.</summary>
    public long Stays { get; }

    /// <summary>Gets the number of stays with a row of class 1.</summary>
    public long PositiveStays { get; }

    /// <inheritdoc cref="ScoreMetric.Prevalence"/>
    public double? Prevalence { get; }

    /// <inheritdoc cref="ScoreMetric.Accuracy"/>
    public double? Accuracy { get; }

    /// <inheritdoc cref="ScoreMetric.BalancedAccuracy"/>
    public double? BalancedAccuracy { get; }

    /// <inheritdoc cref="ScoreMetric.Auroc"/>
    public double? Auroc { get; }

    /// <inheritdoc cref="ScoreMetric.AveragePrecisionC1"/>
    public double? AveragePrecision { get; }

    /// <inheritdoc cref="ScoreMetric.TrapezoidPrC1"/>
    public double? TrapezoidPr { get; }

    /// <inheritdoc cref="ScoreMetric.PrecisionC1"/>
    public double? PrecisionC1 { get; }

    /// <inheritdoc cref="ScoreMetric.RecallC1"/>
    public double? RecallC1 { get; }

    /// <inheritdoc cref="ScoreMetric.F1C1"/>
    public double? F1C1 { get; }

    /// <inheritdoc cref="ScoreMetric.AveragePrecisionC0"/>
    public double? AveragePrecisionC0 { get; }

    /// <inheritdoc cref="ScoreMetric.TrapezoidPrC0"/>
    public double? TrapezoidPrC0 { get; }

    /// <inheritdoc cref="ScoreMetric.PrecisionC0"/>
    public double? PrecisionC0 { get; }

    /// <inheritdoc cref="ScoreMetric.RecallC0"/>
    public double? RecallC0 { get; }

    /// <inheritdoc cref="ScoreMetric.F1C0"/>
    public double? F1C0 { get; }

    /// <inheritdoc cref="ScoreMetric.Mcc"/>
    public double? Mcc { get; }

    /// <inheritdoc cref="ScoreMetric.DivergenceDual"/>
    public double? DivergenceDual { get; }

    /// <inheritdoc cref="ScoreMetric.DivergenceC1"/>
    public double? DivergenceC1 { get; }

    /// <inheritdoc cref="ScoreMetric.DivergenceC0"/>
    public double? DivergenceC0 { get; }

    /// <inheritdoc cref="ScoreMetric.Brier"/>
    public double? Brier { get; }

    /// <inheritdoc cref="ScoreMetric.SelectionRate"/>
    public double? SelectionRate { get; }

    /// <inheritdoc cref="ScoreMetric.FalsePositiveRate"/>
    public double? FalsePositiveRate { get; }

    /// <inheritdoc cref="ScoreMetric.FalseNegativeRate"/>
    public double? FalseNegativeRate { get; }

    /// <inheritdoc cref="ScoreMetric.FalseDiscoveryRate"/>
    public double? FalseDiscoveryRate { get; }

    /// <inheritdoc cref="ScoreMetric.FalseOmissionRate"/>
    public double? FalseOmissionRate { get; }

    /// <inheritdoc cref="ScoreMetric.NetBenefit"/>
    public double? NetBenefit { get; }

    /// <summary>Gets the probability from which class 1 is predicted.</summary>
    public double Threshold { get; }

    /// <inheritdoc cref="ConfusionCounts.TruePositives"/>
    public long TruePositives { get; }

    /// <inheritdoc cref="ConfusionCounts.FalsePositives"/>
    public long FalsePositives { get; }

    /// <inheritdoc cref="ConfusionCounts.TrueNegatives"/>
    public long TrueNegatives { get; }

    /// <inheritdoc cref="ConfusionCounts.FalseNegatives"/>
    public long FalseNegatives { get; }
}
