using Bench.Studies;
using Bench.Studies.MainJob;
using Engine.Metrics;
using Engine.Prognosis;

namespace Bench.Report.Results;

/// <summary>The metrics of one method for one group of one split; null where a metric has no value.</summary>
internal sealed record MetricEntry
{
    /// <summary>Gets the resampling method.</summary>
    public required string Method { get; init; }

    /// <summary>Gets the model.</summary>
    public required string Model { get; init; }

    /// <summary>Gets the group.</summary>
    public required string Group { get; init; }

    /// <summary>Gets the split, "validation" or "test".</summary>
    public required string Split { get; init; }

    /// <summary>Gets the number of rows.</summary>
    public required long N { get; init; }

    /// <summary>Gets the number of rows of class 1.</summary>
    public required long Positives { get; init; }

    /// <summary>Gets the number of stays, or of patients where they are known or every row is one.</summary>
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

    /// <summary>Gets the probability from which class 1 is predicted.</summary>
    public required double Threshold { get; init; }

    /// <inheritdoc cref="ConfusionCounts.TruePositives"/>
    public required long TruePositives { get; init; }

    /// <inheritdoc cref="ConfusionCounts.FalsePositives"/>
    public required long FalsePositives { get; init; }

    /// <inheritdoc cref="ConfusionCounts.TrueNegatives"/>
    public required long TrueNegatives { get; init; }

    /// <inheritdoc cref="ConfusionCounts.FalseNegatives"/>
    public required long FalseNegatives { get; init; }

    /// <summary>Lists every method, split and group.</summary>
    public static IEnumerable<MetricEntry> ListOf(MainJobResult result) =>
        from method in result.Methods
        from table in method.Tables.OrderBy(table => table.Key)
        from row in table.Value.Rows.Zip(result.Bias[table.Key])
        select From(method.Method, result.Model.Kind.Name, SplitName.Of(table.Key), row.First, row.Second);

    private static MetricEntry From(string method, string model, string split, SubgroupRow row, BiasRow counts) => new()
    {
        Method = method,
        Model = model,
        Group = row.Group,
        Split = split,
        N = row.Metrics.RowCount,
        Positives = row.Metrics.PositiveCount,
        Stays = counts.ClusterCount,
        PositiveStays = counts.PositiveClusterCount,
        Prevalence = row.Metrics.Prevalence,
        Accuracy = row.Metrics.Accuracy,
        BalancedAccuracy = JudgedMetric.Of(row.Metrics, ScoreMetric.BalancedAccuracy),
        Auroc = row.Metrics.Auroc,
        AveragePrecision = row.Metrics.AveragePrecisionC1,
        TrapezoidPr = row.Metrics.TrapezoidPrC1,
        PrecisionC1 = row.Metrics.PrecisionC1,
        RecallC1 = row.Metrics.RecallC1,
        F1C1 = row.Metrics.F1C1,
        AveragePrecisionC0 = row.Metrics.AveragePrecisionC0,
        TrapezoidPrC0 = row.Metrics.TrapezoidPrC0,
        PrecisionC0 = row.Metrics.PrecisionC0,
        RecallC0 = row.Metrics.RecallC0,
        F1C0 = row.Metrics.F1C0,
        Mcc = row.Metrics.Mcc,
        DivergenceDual = row.Metrics.DivergenceDual,
        DivergenceC1 = row.Metrics.DivergenceC1,
        DivergenceC0 = row.Metrics.DivergenceC0,
        Brier = row.Metrics.Brier,
        Threshold = row.Metrics.Threshold,
        TruePositives = row.Metrics.Confusion.TruePositives,
        FalsePositives = row.Metrics.Confusion.FalsePositives,
        TrueNegatives = row.Metrics.Confusion.TrueNegatives,
        FalseNegatives = row.Metrics.Confusion.FalseNegatives,
    };
}
