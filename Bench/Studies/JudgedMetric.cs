using Engine.Metrics;

namespace Bench.Studies;

/// <summary>Metrics as results tell them: undefined where a convention gives a number that says nothing of the group.</summary>
internal static class JudgedMetric
{
    /// <summary>Tells whether a group has rows of both classes: without, nothing can be told of how well it is served.</summary>
    public static bool HasBothClasses(MetricSet metrics) => metrics.PositiveCount > 0 && metrics.PositiveCount < metrics.RowCount;

    /// <summary>Returns a metric for the files; a balanced accuracy of one class is none.</summary>
    public static double? Of(MetricSet metrics, ScoreMetric metric) =>
        metric == ScoreMetric.BalancedAccuracy && !HasBothClasses(metrics) ? null : metrics[metric];

    /// <summary>Returns a metric for readers; the precision of a class that is never predicted, 0 by convention, is undefined too, and with it a divergence, which would call no prediction perfectly balanced.</summary>
    public static double? ForReaders(MetricSet metrics, ScoreMetric metric)
    {
        if (!HasBothClasses(metrics))
            return null;
        var isC1Predicted = metrics.Confusion.TruePositives + metrics.Confusion.FalsePositives > 0;
        var isC0Predicted = metrics.Confusion.TrueNegatives + metrics.Confusion.FalseNegatives > 0;
        var isDefined = metric switch
        {
            ScoreMetric.PrecisionC1 or ScoreMetric.DivergenceC1 => isC1Predicted,
            ScoreMetric.PrecisionC0 or ScoreMetric.DivergenceC0 => isC0Predicted,
            ScoreMetric.DivergenceDual => isC1Predicted && isC0Predicted,
            _ => true,
        };
        return isDefined ? metrics[metric] : null;
    }
}
