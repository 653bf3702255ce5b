using System.Numerics;
using Engine.Data;
using Engine.Diagnostics;

namespace Engine.Metrics;

/// <summary>Counts the four outcomes of predicting class 1 where a score reaches a threshold, and gives the ratios of them.</summary>
/// <param name="TruePositives">Rows of class 1 predicted 1.</param>
/// <param name="FalsePositives">Rows of class 0 predicted 1.</param>
/// <param name="FalseNegatives">Rows of class 1 predicted 0.</param>
/// <param name="TrueNegatives">Rows of class 0 predicted 0.</param>
/// <remarks>
/// <para>A ratio "of class 0" is the same ratio with the classes exchanged: precision of C0 is TN / (TN + FN).</para>
/// <para><b>NaN</b>: never a result. A ratio that has no value makes its method return false: recall, F1 and divergence of a class without rows, and everything over no rows at all.
/// Two conventions of scikit-learn are kept: precision is 0 when nothing is predicted to be of the class, and the Matthews correlation is 0 when a margin is.</para>
/// <para><b>Error</b>: at most 1e-15 relative; checked against scikit-learn 1.2.1.</para>
/// </remarks>
public readonly record struct ConfusionCounts(long TruePositives, long FalsePositives, long FalseNegatives, long TrueNegatives)
{
    /// <summary>Gets the number of rows of class 1.</summary>
    public long PositiveCount => TruePositives + FalseNegatives;

    /// <summary>Gets the number of rows of class 0.</summary>
    public long NegativeCount => FalsePositives + TrueNegatives;

    /// <summary>Gets the number of rows.</summary>
    public long RowCount => PositiveCount + NegativeCount;

    internal ConfusionMass Mass => new(TruePositives, FalsePositives, FalseNegatives, TrueNegatives);

    /// <summary>Counts the outcomes over all rows.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="scores">n scores; any number but NaN. A row is predicted 1 when its score is <paramref name="threshold"/> or more.</param>
    /// <param name="labels">n labels.</param>
    /// <param name="threshold">Any number but NaN.</param>
    /// <returns>The counts; they add up to n.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or a score is NaN.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threshold"/> is NaN.</exception>
    public static ConfusionCounts From<T>(ReadOnlySpan<T> scores, Labels labels, double threshold)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(labels);
        return From(scores, labels.Values, threshold);
    }

    /// <summary>Counts the outcomes over all rows.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="scores">n scores; any number but NaN. A row is predicted 1 when its score is <paramref name="threshold"/> or more.</param>
    /// <param name="labels">n labels, 0 or 1.</param>
    /// <param name="threshold">Any number but NaN.</param>
    /// <returns>The counts; they add up to n.</returns>
    /// <exception cref="ArgumentException">The lengths differ, a score is NaN, or a label is neither 0 nor 1.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threshold"/> is NaN.</exception>
    public static ConfusionCounts From<T>(ReadOnlySpan<T> scores, ReadOnlySpan<byte> labels, double threshold)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        MetricArguments.CheckLabels(scores, labels);
        threshold = MetricArguments.ToThreshold<T>(threshold);
        Span<long> cells = stackalloc long[4];
        cells.Clear();
        for (var row = 0; row < scores.Length; row++)
        {
            if (T.IsNaN(scores[row]))
                Throw.Argument_ScoreNaN(nameof(scores), row);
            // The cell's number is (label, prediction) in binary: no branch on either, both are as good as random.
            var predicted = double.CreateTruncating(scores[row]) >= threshold ? 1 : 0;
            cells[(labels[row] * 2) + predicted]++;
        }

        return new ConfusionCounts(TruePositives: cells[3], FalsePositives: cells[1], FalseNegatives: cells[2], TrueNegatives: cells[0]);
    }

    /// <summary>Computes the share of right predictions among the rows predicted to be of a class.</summary>
    /// <param name="scoredClass">1 for TP / (TP + FP), 0 for TN / (TN + FN).</param>
    /// <param name="precision">0 to 1; 0 when no row is predicted to be of the class.</param>
    /// <returns>False when there are no rows.</returns>
    public bool TryComputePrecision(byte scoredClass, out double precision) => TryGet(Of(scoredClass).Precision, out precision);

    /// <summary>Computes the share of a class that is found.</summary>
    /// <param name="scoredClass">1 for TP / (TP + FN), 0 for TN / (TN + FP).</param>
    /// <param name="recall">0 to 1.</param>
    /// <returns>False when there is no row of the class.</returns>
    public bool TryComputeRecall(byte scoredClass, out double recall) => TryGet(Of(scoredClass).Recall, out recall);

    /// <summary>Computes the harmonic mean of a class's precision and recall.</summary>
    /// <param name="scoredClass">1 or 0.</param>
    /// <param name="f1">0 to 1.</param>
    /// <returns>False when there is no row of the class.</returns>
    public bool TryComputeF1(byte scoredClass, out double f1) => TryGet(Of(scoredClass).F1, out f1);

    /// <summary>Computes the share of right predictions.</summary>
    /// <param name="accuracy">0 to 1.</param>
    /// <returns>False when there are no rows.</returns>
    public bool TryComputeAccuracy(out double accuracy) => TryGet(Mass.Accuracy, out accuracy);

    /// <summary>Computes the mean of the recalls of the classes that are present.</summary>
    /// <param name="balancedAccuracy">0 to 1.</param>
    /// <returns>False when there are no rows.</returns>
    public bool TryComputeBalancedAccuracy(out double balancedAccuracy) => TryGet(Mass.BalancedAccuracy, out balancedAccuracy);

    /// <summary>Computes the Matthews correlation coefficient of labels and predictions.</summary>
    /// <param name="mcc">-1 to 1; 0 when a class or a prediction never occurs.</param>
    /// <returns>False when there are no rows.</returns>
    public bool TryComputeMcc(out double mcc) => TryGet(Mass.Mcc, out mcc);

    /// <summary>Computes the recall of class 0, TN / (TN + FP).</summary>
    /// <param name="specificity">0 to 1.</param>
    /// <returns>False when there is no row of class 0.</returns>
    public bool TryComputeSpecificity(out double specificity) => TryComputeRecall(0, out specificity);

    /// <summary>Computes the share of class 0 that is predicted 1.</summary>
    /// <param name="falsePositiveRate">0 to 1.</param>
    /// <returns>False when there is no row of class 0.</returns>
    public bool TryComputeFalsePositiveRate(out double falsePositiveRate) => TryGet(Mass.FalsePositiveRate, out falsePositiveRate);

    /// <summary>Computes the share of class 1 that is predicted 0.</summary>
    /// <param name="falseNegativeRate">0 to 1.</param>
    /// <returns>False when there is no row of class 1.</returns>
    public bool TryComputeFalseNegativeRate(out double falseNegativeRate) => TryGet(Mass.FalseNegativeRate, out falseNegativeRate);

    /// <summary>Computes the share of the rows predicted 1 that are of class 0: 1 - precision, where anything is predicted 1.</summary>
    /// <param name="falseDiscoveryRate">0 to 1.</param>
    /// <returns>False when no row is predicted 1.</returns>
    public bool TryComputeFalseDiscoveryRate(out double falseDiscoveryRate) => TryGet(Mass.FalseDiscoveryRate, out falseDiscoveryRate);

    /// <summary>Computes the share of the rows predicted 0 that are of class 1.</summary>
    /// <param name="falseOmissionRate">0 to 1.</param>
    /// <returns>False when no row is predicted 0.</returns>
    public bool TryComputeFalseOmissionRate(out double falseOmissionRate) => TryGet(Mass.FalseOmissionRate, out falseOmissionRate);

    /// <summary>Computes the share of rows that are predicted 1.</summary>
    /// <param name="selectionRate">0 to 1.</param>
    /// <returns>False when there are no rows.</returns>
    public bool TryComputeSelectionRate(out double selectionRate) => TryGet(Mass.SelectionRate, out selectionRate);

    /// <summary>Computes what acting on the predictions is worth, in true positives a row: (TP - FP x t / (1 - t)) / n, where t is the probability from which one acts.</summary>
    /// <param name="threshold">The threshold of the predictions, above 0 and below 1.</param>
    /// <param name="netBenefit">At most the share of class 1; below 0 where acting on nobody is better.</param>
    /// <returns>False when there are no rows, or the threshold is no probability between 0 and 1.</returns>
    /// <remarks><b>Source</b>: Vickers, Elkin, "Decision curve analysis", Medical Decision Making 26 (2006). Acting on everybody is worth share - (1 - share) t / (1 - t), on nobody 0.</remarks>
    public bool TryComputeNetBenefit(double threshold, out double netBenefit) => TryGet(Mass.NetBenefit(threshold), out netBenefit);

    /// <summary>Counts the outcomes of the other rows.</summary>
    /// <param name="part">Counts of some of these rows, such as a group among everyone.</param>
    /// <returns>Counts of the rows that are not among them.</returns>
    /// <exception cref="ArgumentException">The part has more rows with one of the outcomes than there are.</exception>
    public ConfusionCounts Without(ConfusionCounts part)
    {
        var rest = new ConfusionCounts(
            TruePositives - part.TruePositives, FalsePositives - part.FalsePositives, FalseNegatives - part.FalseNegatives, TrueNegatives - part.TrueNegatives);
        if (long.Min(long.Min(rest.TruePositives, rest.FalsePositives), long.Min(rest.FalseNegatives, rest.TrueNegatives)) < 0)
            Throw.Argument_Invalid(nameof(part), $"{part} is no part of {this}; take the counts of rows that are among these.");
        return rest;
    }

    /// <summary>Computes |precision - recall| of one class; 0 means as many rows predicted to be of the class as there are.</summary>
    /// <param name="scoredClass">1 or 0.</param>
    /// <param name="divergence">0 to 1.</param>
    /// <returns>False when there is no row of the class.</returns>
    /// <remarks><b>Source</b>: paper P, supplementary Equations 10 and 11, reconstructed from its text; see <see cref="DivergenceCombination"/>.</remarks>
    public bool TryComputeDivergence(byte scoredClass, out double divergence) => TryGet(Of(scoredClass).Divergence, out divergence);

    /// <summary>Computes the dual-class divergence, which joins the divergences of both classes.</summary>
    /// <param name="divergence">0 or more; with true positives and true negatives, 0 exactly when as many rows are predicted 1 as there are of class 1.</param>
    /// <param name="combination">How the two are joined; the paper's own equation is lost, the sum is a reconstruction.</param>
    /// <returns>False unless both classes are present.</returns>
    /// <remarks><b>Source</b>: paper P, Equation 1, reconstructed; see <see cref="DivergenceCombination"/> for what is and is not certain.</remarks>
    public bool TryComputeDualDivergence(out double divergence, DivergenceCombination combination = DivergenceCombination.Sum) =>
        TryGet(Mass.DualDivergence(combination), out divergence);

    private static bool TryGet(double? ratio, out double value)
    {
        value = ratio.GetValueOrDefault();
        return ratio.HasValue;
    }

    private ConfusionMass Of(byte scoredClass)
    {
        MetricArguments.CheckClass(scoredClass);
        return Mass.ForClass(scoredClass);
    }
}
