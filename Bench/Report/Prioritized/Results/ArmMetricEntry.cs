using Bench.Cohorts;
using Bench.Studies.Prioritized;
using Engine.Metrics;
using Engine.Prognosis;

namespace Bench.Report.Prioritized.Results;

/// <summary>The metrics of one arm and repeat for one group of one split; null where they say nothing of the group: see <see cref="JudgedStudy"/>.</summary>
internal sealed record ArmMetricEntry
{
    /// <summary>Gets the resampling method.</summary>
    public required string Method { get; init; }

    /// <summary>Gets the group that it serves; null for everyone.</summary>
    public required string? Served { get; init; }

    /// <summary>Gets the repeat, from 1.</summary>
    public required int Repeat { get; init; }

    /// <summary>Gets the split, "validation" or "test".</summary>
    public required string Split { get; init; }

    /// <summary>Gets the group that is judged.</summary>
    public required string Group { get; init; }

    /// <summary>Gets the number of rows.</summary>
    public required long N { get; init; }

    /// <summary>Gets the number of rows of class 1.</summary>
    public required long Positives { get; init; }

    /// <summary>Gets the number of stays, or of patients where every row is one.</summary>
    public required long Stays { get; init; }

    /// <summary>Gets the number of stays with a row of class 1.</summary>
    public required long PositiveStays { get; init; }

    /// <inheritdoc cref="ScoreMetric.Prevalence"/>
    public required double? Prevalence { get; init; }

    /// <inheritdoc cref="ScoreMetric.Accuracy"/>
    public required double? Accuracy { get; init; }

    /// <inheritdoc cref="ScoreMetric.BalancedAccuracy"/>
    public required double? BalancedAccuracy { get; init; }

    /// <inheritdoc cref="ScoreMetric.Auroc"/>
    public required double? Auroc { get; init; }

    /// <inheritdoc cref="ScoreMetric.AveragePrecisionC1"/>
    public required double? AveragePrecision { get; init; }

    /// <inheritdoc cref="ScoreMetric.TrapezoidPrC1"/>
    public required double? TrapezoidPr { get; init; }

    /// <inheritdoc cref="ScoreMetric.PrecisionC1"/>
    public required double? PrecisionC1 { get; init; }

    /// <inheritdoc cref="ScoreMetric.RecallC1"/>
    public required double? RecallC1 { get; init; }

    /// <inheritdoc cref="ScoreMetric.F1C1"/>
    public required double? F1C1 { get; init; }

    /// <inheritdoc cref="ScoreMetric.AveragePrecisionC0"/>
    public required double? AveragePrecisionC0 { get; init; }

    /// <inheritdoc cref="ScoreMetric.TrapezoidPrC0"/>
    public required double? TrapezoidPrC0 { get; init; }

    /// <inheritdoc cref="ScoreMetric.PrecisionC0"/>
    public required double? PrecisionC0 { get; init; }

    /// <inheritdoc cref="ScoreMetric.RecallC0"/>
    public required double? RecallC0 { get; init; }

    /// <inheritdoc cref="ScoreMetric.F1C0"/>
    public required double? F1C0 { get; init; }

    /// <inheritdoc cref="ScoreMetric.Mcc"/>
    public required double? Mcc { get; init; }

    /// <inheritdoc cref="ScoreMetric.DivergenceDual"/>
    public required double? DivergenceDual { get; init; }

    /// <inheritdoc cref="ScoreMetric.DivergenceC1"/>
    public required double? DivergenceC1 { get; init; }

    /// <inheritdoc cref="ScoreMetric.DivergenceC0"/>
    public required double? DivergenceC0 { get; init; }

    /// <inheritdoc cref="ScoreMetric.Brier"/>
    public required double? Brier { get; init; }

    /// <summary>Gets the probability from which class 1 is predicted in this group.</summary>
    public required double Threshold { get; init; }

    /// <inheritdoc cref="ConfusionCounts.TruePositives"/>
    public required long TruePositives { get; init; }

    /// <inheritdoc cref="ConfusionCounts.FalsePositives"/>
    public required long FalsePositives { get; init; }

    /// <inheritdoc cref="ConfusionCounts.TrueNegatives"/>
    public required long TrueNegatives { get; init; }

    /// <inheritdoc cref="ConfusionCounts.FalseNegatives"/>
    public required long FalseNegatives { get; init; }

    /// <summary>Lists every arm, repeat, split and group.</summary>
    public static IEnumerable<ArmMetricEntry> ListOf(JudgedStudy study) =>
        from arm in study.Result.Arms
        from table in arm.Tables.OrderBy(table => table.Key)
        from row in table.Value
        select From(study, arm, table.Key, row, study.CountsOf(table.Key, row.Group));

    private static ArmMetricEntry From(JudgedStudy study, TrainedArm arm, CohortSplit split, SubgroupRow row, BiasRow counts)
    {
        return new ArmMetricEntry
        {
            Method = arm.Name.Method,
            Served = arm.Name.Served,
            Repeat = arm.Repeat,
            Split = SplitName.Of(split),
            Group = row.Group,
            N = counts.RowCount,
            Positives = counts.PositiveCount,
            Stays = counts.ClusterCount,
            PositiveStays = counts.PositiveClusterCount,
            Prevalence = row.Metrics.Prevalence,
            Accuracy = Of(ScoreMetric.Accuracy),
            BalancedAccuracy = Of(ScoreMetric.BalancedAccuracy),
            Auroc = Of(ScoreMetric.Auroc),
            AveragePrecision = Of(ScoreMetric.AveragePrecisionC1),
            TrapezoidPr = Of(ScoreMetric.TrapezoidPrC1),
            PrecisionC1 = Of(ScoreMetric.PrecisionC1),
            RecallC1 = Of(ScoreMetric.RecallC1),
            F1C1 = Of(ScoreMetric.F1C1),
            AveragePrecisionC0 = Of(ScoreMetric.AveragePrecisionC0),
            TrapezoidPrC0 = Of(ScoreMetric.TrapezoidPrC0),
            PrecisionC0 = Of(ScoreMetric.PrecisionC0),
            RecallC0 = Of(ScoreMetric.RecallC0),
            F1C0 = Of(ScoreMetric.F1C0),
            Mcc = Of(ScoreMetric.Mcc),
            DivergenceDual = Of(ScoreMetric.DivergenceDual),
            DivergenceC1 = Of(ScoreMetric.DivergenceC1),
            DivergenceC0 = Of(ScoreMetric.DivergenceC0),
            Brier = Of(ScoreMetric.Brier),
            Threshold = row.Metrics.Threshold,
            TruePositives = row.Metrics.Confusion.TruePositives,
            FalsePositives = row.Metrics.Confusion.FalsePositives,
            TrueNegatives = row.Metrics.Confusion.TrueNegatives,
            FalseNegatives = row.Metrics.Confusion.FalseNegatives,
        };

        double? Of(ScoreMetric metric) => study.ValueOf(arm, split, row.Group, metric);
    }
}
