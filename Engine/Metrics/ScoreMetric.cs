namespace Engine.Metrics;

/// <summary>The metrics of a <see cref="MetricSet"/>, by name; for tables, and for choosing one to compare groups by.</summary>
public enum ScoreMetric
{
    /// <summary>Share of class 1.</summary>
    Prevalence,

    /// <summary>Share of right predictions.</summary>
    Accuracy,

    /// <summary>Mean recall over the classes present.</summary>
    BalancedAccuracy,

    /// <summary>Area under the ROC curve, ties half.</summary>
    Auroc,

    /// <summary>Precision of class 1.</summary>
    PrecisionC1,

    /// <summary>Recall of class 1.</summary>
    RecallC1,

    /// <summary>F1 of class 1.</summary>
    F1C1,

    /// <summary>Average precision of class 1.</summary>
    AveragePrecisionC1,

    /// <summary>Trapezoid area under the precision-recall curve of class 1.</summary>
    TrapezoidPrC1,

    /// <summary>Precision of class 0.</summary>
    PrecisionC0,

    /// <summary>Recall of class 0, the specificity.</summary>
    RecallC0,

    /// <summary>F1 of class 0.</summary>
    F1C0,

    /// <summary>Average precision of class 0.</summary>
    AveragePrecisionC0,

    /// <summary>Trapezoid area under the precision-recall curve of class 0.</summary>
    TrapezoidPrC0,

    /// <summary>Matthews correlation coefficient.</summary>
    Mcc,

    /// <summary>|precision - recall| of class 1.</summary>
    DivergenceC1,

    /// <summary>|precision - recall| of class 0.</summary>
    DivergenceC0,

    /// <summary>Dual-class divergence.</summary>
    DivergenceDual,

    /// <summary>Brier score.</summary>
    Brier,

    /// <summary>Share of rows predicted class 1.</summary>
    SelectionRate,

    /// <summary>Share of class 0 predicted class 1 (FPR).</summary>
    FalsePositiveRate,

    /// <summary>Share of class 1 predicted class 0 (FNR).</summary>
    FalseNegativeRate,

    /// <summary>Share of class 0 among the rows predicted class 1 (FDR).</summary>
    FalseDiscoveryRate,

    /// <summary>Share of class 1 among the rows predicted class 0 (FOR).</summary>
    FalseOmissionRate,

    /// <summary>Net benefit of acting on the predictions, at their threshold.</summary>
    NetBenefit,
}

/// <summary>How the divergences of the two classes become the dual-class divergence.</summary>
/// <remarks>
/// <b>Source</b>: paper P describes the dual-class divergence in words ("for both classes C1 and C0") and its Equation 1 is lost. The sum is a reconstruction.
/// The paper reports ratios only, in which sum and mean cannot be told apart; a Euclidean norm fits its numbers too, a product does not.
/// All three are 0 at the same points: with true positives and true negatives, precision equals recall in one class exactly when it does in the other.
/// </remarks>
public enum DivergenceCombination
{
    /// <summary>Divergence of C1 plus divergence of C0; the default.</summary>
    Sum,

    /// <summary>Half the sum.</summary>
    Mean,

    /// <summary>Root of the sum of squares.</summary>
    Euclidean,
}
