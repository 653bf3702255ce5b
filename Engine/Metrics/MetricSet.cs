using System.Numerics;
using Engine.Data;
using Engine.Diagnostics;

namespace Engine.Metrics;

/// <summary>Every metric of one set of scored rows, at one threshold; null where a metric has no value.</summary>
/// <remarks>
/// <para><b>NaN</b>: never. Null means: no rows; no row of the class (recall, F1, divergence and precision-recall areas of the class); one class only (AUROC, dual divergence);
/// scores that are no probabilities (Brier); nothing predicted to be of a class (false discovery and omission rates); a threshold that is no probability (net benefit). Precision is 0 where nothing is predicted to be of the class, the Matthews correlation 0 where a margin is: scikit-learn's conventions.</para>
/// <para><b>Determinism</b>: a function of the (score, label) pairs; row order and thread count change no bit.</para>
/// </remarks>
public sealed class MetricSet
{
    internal MetricSet(MetricWalk walk, double threshold, DivergenceCombination combination)
        : this(walk.Mass, walk.CurveC1, threshold, combination)
    {
        (AveragePrecisionC0, TrapezoidPrC0) = walk.AreasC0();
        Brier = walk.Brier;
    }

    /// <summary>Reads the metrics at the threshold, and those of the curve of class 1 where there is one; the others are left null.</summary>
    internal MetricSet(ConfusionMass mass, ClassOneCurve? curve, double threshold, DivergenceCombination combination)
    {
        var massC0 = mass.ForClass(0);
        PositiveCount = (long)(mass.TruePositives + mass.FalseNegatives);
        RowCount = (long)mass.Total;
        Threshold = threshold;
        Confusion = mass.ToCounts();

        Prevalence = RowCount == 0 ? null : (double)PositiveCount / RowCount;
        Accuracy = mass.Accuracy;
        BalancedAccuracy = mass.BalancedAccuracy;
        Auroc = curve?.Auroc;
        PrecisionC1 = mass.Precision;
        RecallC1 = mass.Recall;
        F1C1 = mass.F1;
        (AveragePrecisionC1, TrapezoidPrC1) = curve?.Areas() ?? (null, null);
        PrecisionC0 = massC0.Precision;
        RecallC0 = massC0.Recall;
        F1C0 = massC0.F1;
        Mcc = mass.Mcc;
        DivergenceC1 = mass.Divergence;
        DivergenceC0 = massC0.Divergence;
        DivergenceDual = mass.DualDivergence(combination);
    }

    /// <summary>Gets the number of rows.</summary>
    public long RowCount { get; }

    /// <summary>Gets the number of rows of class 1.</summary>
    public long PositiveCount { get; }

    /// <summary>Gets the score from which on class 1 is predicted, as the scores hold it: .7 is .7f where scores are floats.</summary>
    public double Threshold { get; }

    /// <summary>Gets the counts of the four outcomes.</summary>
    public ConfusionCounts Confusion { get; }

    /// <inheritdoc cref="ScoreMetric.Prevalence"/>
    public double? Prevalence { get; }

    /// <inheritdoc cref="ScoreMetric.Accuracy"/>
    public double? Accuracy { get; }

    /// <inheritdoc cref="ScoreMetric.BalancedAccuracy"/>
    public double? BalancedAccuracy { get; }

    /// <inheritdoc cref="ScoreMetric.Auroc"/>
    public double? Auroc { get; }

    /// <inheritdoc cref="ScoreMetric.PrecisionC1"/>
    public double? PrecisionC1 { get; }

    /// <inheritdoc cref="ScoreMetric.RecallC1"/>
    public double? RecallC1 { get; }

    /// <inheritdoc cref="ScoreMetric.F1C1"/>
    public double? F1C1 { get; }

    /// <inheritdoc cref="ScoreMetric.AveragePrecisionC1"/>
    public double? AveragePrecisionC1 { get; }

    /// <inheritdoc cref="ScoreMetric.TrapezoidPrC1"/>
    public double? TrapezoidPrC1 { get; }

    /// <inheritdoc cref="ScoreMetric.PrecisionC0"/>
    public double? PrecisionC0 { get; }

    /// <inheritdoc cref="ScoreMetric.RecallC0"/>
    public double? RecallC0 { get; }

    /// <inheritdoc cref="ScoreMetric.F1C0"/>
    public double? F1C0 { get; }

    /// <inheritdoc cref="ScoreMetric.AveragePrecisionC0"/>
    public double? AveragePrecisionC0 { get; }

    /// <inheritdoc cref="ScoreMetric.TrapezoidPrC0"/>
    public double? TrapezoidPrC0 { get; }

    /// <inheritdoc cref="ScoreMetric.Mcc"/>
    public double? Mcc { get; }

    /// <inheritdoc cref="ScoreMetric.DivergenceC1"/>
    public double? DivergenceC1 { get; }

    /// <inheritdoc cref="ScoreMetric.DivergenceC0"/>
    public double? DivergenceC0 { get; }

    /// <summary>Gets the dual-class divergence, a reconstruction: see <see cref="DivergenceCombination"/>.</summary>
    public double? DivergenceDual { get; }

    /// <inheritdoc cref="ScoreMetric.Brier"/>
    public double? Brier { get; }

    /// <inheritdoc cref="ScoreMetric.SelectionRate"/>
    public double? SelectionRate => Confusion.Mass.SelectionRate;

    /// <inheritdoc cref="ScoreMetric.FalsePositiveRate"/>
    public double? FalsePositiveRate => Confusion.Mass.FalsePositiveRate;

    /// <inheritdoc cref="ScoreMetric.FalseNegativeRate"/>
    public double? FalseNegativeRate => Confusion.Mass.FalseNegativeRate;

    /// <inheritdoc cref="ScoreMetric.FalseDiscoveryRate"/>
    public double? FalseDiscoveryRate => Confusion.Mass.FalseDiscoveryRate;

    /// <inheritdoc cref="ScoreMetric.FalseOmissionRate"/>
    public double? FalseOmissionRate => Confusion.Mass.FalseOmissionRate;

    /// <inheritdoc cref="ScoreMetric.NetBenefit"/>
    public double? NetBenefit => Confusion.Mass.NetBenefit(Threshold);

    /// <summary>Gets a metric by name.</summary>
    /// <param name="metric">One of the named metrics.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="metric"/> is not one of them.</exception>
    public double? this[ScoreMetric metric]
    {
        get
        {
            switch (metric)
            {
                case ScoreMetric.Prevalence: return Prevalence;
                case ScoreMetric.Accuracy: return Accuracy;
                case ScoreMetric.BalancedAccuracy: return BalancedAccuracy;
                case ScoreMetric.Auroc: return Auroc;
                case ScoreMetric.PrecisionC1: return PrecisionC1;
                case ScoreMetric.RecallC1: return RecallC1;
                case ScoreMetric.F1C1: return F1C1;
                case ScoreMetric.AveragePrecisionC1: return AveragePrecisionC1;
                case ScoreMetric.TrapezoidPrC1: return TrapezoidPrC1;
                case ScoreMetric.PrecisionC0: return PrecisionC0;
                case ScoreMetric.RecallC0: return RecallC0;
                case ScoreMetric.F1C0: return F1C0;
                case ScoreMetric.AveragePrecisionC0: return AveragePrecisionC0;
                case ScoreMetric.TrapezoidPrC0: return TrapezoidPrC0;
                case ScoreMetric.Mcc: return Mcc;
                case ScoreMetric.DivergenceC1: return DivergenceC1;
                case ScoreMetric.DivergenceC0: return DivergenceC0;
                case ScoreMetric.DivergenceDual: return DivergenceDual;
                case ScoreMetric.Brier: return Brier;
                case ScoreMetric.SelectionRate: return SelectionRate;
                case ScoreMetric.FalsePositiveRate: return FalsePositiveRate;
                case ScoreMetric.FalseNegativeRate: return FalseNegativeRate;
                case ScoreMetric.FalseDiscoveryRate: return FalseDiscoveryRate;
                case ScoreMetric.FalseOmissionRate: return FalseOmissionRate;
                case ScoreMetric.NetBenefit: return NetBenefit;
                default:
                    Throw.ArgumentOutOfRange(nameof(metric), metric, "a named metric");
                    return null;
            }
        }
    }

    /// <summary>Computes every metric over all rows.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="scores">n scores; any number but NaN. A row is predicted 1 when its score is <paramref name="threshold"/> or more.</param>
    /// <param name="labels">n labels.</param>
    /// <param name="threshold">Any number but NaN.</param>
    /// <param name="combination">How the dual-class divergence joins those of the two classes.</param>
    /// <returns>The metrics; no rows give a set of nulls.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or a score is NaN.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threshold"/> is NaN.</exception>
    public static MetricSet Compute<T>(
        ReadOnlySpan<T> scores, Labels labels, double threshold = .5, DivergenceCombination combination = DivergenceCombination.Sum)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(labels);
        MetricArguments.CheckLabels(scores, labels.Values);
        threshold = MetricArguments.ToThreshold<T>(threshold);
        using var ranking = ScoreRanking.Sort(scores, labels.Values, default);
        return SubgroupWalk.MeasureAll(ranking, threshold, combination);
    }

    /// <summary>Returns a metric that must have a value.</summary>
    /// <param name="metric">One of the named metrics.</param>
    /// <returns>The value.</returns>
    /// <exception cref="InvalidOperationException">The metric is undefined over these rows.</exception>
    public double Require(ScoreMetric metric)
    {
        if (this[metric] is not { } value)
        {
            Throw.InvalidOperation_MetricUndefined(metric, RowCount, PositiveCount);
            return default;
        }

        return value;
    }
}
