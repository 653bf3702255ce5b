namespace Engine.Metrics;

/// <summary>The four cells of a confusion table as weights, and every ratio of them; an undefined ratio is null.</summary>
/// <remarks>
/// <para>With weight 1 a row the cells are whole numbers, exact in double up to 2^53. All ratios are of class C1; <see cref="ForClass"/> gives the same ratios of C0.</para>
/// <para><b>Error</b>: a few roundings, at most 1e-15 relative (absolute for the MCC).</para>
/// </remarks>
internal readonly record struct ConfusionMass(double TruePositives, double FalsePositives, double FalseNegatives, double TrueNegatives)
{
    /// <summary>Gets the weight of all rows.</summary>
    public double Total => Positives + Negatives;

    /// <summary>Gets TP / (TP + FP); 0 when nothing is predicted positive, as scikit-learn has it.</summary>
    public double? Precision => Total == 0 ? null : Ratio(TruePositives, TruePositives + FalsePositives) ?? 0;

    /// <summary>Gets TP / (TP + FN); undefined without a row of the class.</summary>
    public double? Recall => Ratio(TruePositives, Positives);

    /// <summary>Gets 2 TP / (2 TP + FP + FN), the harmonic mean of precision and recall; undefined where recall is.</summary>
    public double? F1 => Positives == 0 ? null : Ratio(2 * TruePositives, (2 * TruePositives) + FalsePositives + FalseNegatives);

    /// <summary>Gets FP / (FP + TN); undefined without a row of the other class.</summary>
    public double? FalsePositiveRate => Ratio(FalsePositives, Negatives);

    /// <summary>Gets FN / (FN + TP); undefined without a row of the class.</summary>
    public double? FalseNegativeRate => Ratio(FalseNegatives, Positives);

    /// <summary>Gets FP / (FP + TP); undefined when nothing is predicted positive.</summary>
    public double? FalseDiscoveryRate => Ratio(FalsePositives, TruePositives + FalsePositives);

    /// <summary>Gets FN / (FN + TN); undefined when nothing is predicted negative.</summary>
    public double? FalseOmissionRate => Ratio(FalseNegatives, FalseNegatives + TrueNegatives);

    /// <summary>Gets the weight share of rows predicted positive.</summary>
    public double? SelectionRate => Ratio(TruePositives + FalsePositives, Total);

    /// <summary>Gets the weight share of right predictions.</summary>
    public double? Accuracy => Ratio(TruePositives + TrueNegatives, Total);

    /// <summary>Gets |precision - recall|; undefined where recall is.</summary>
    public double? Divergence => Recall is { } recall && Precision is { } precision ? Math.Abs(precision - recall) : null;

    /// <summary>Gets the mean recall over the classes that are present.</summary>
    public double? BalancedAccuracy => (Recall, ForClass(0).Recall) switch
    {
        ({ } recallC1, { } recallC0) => (recallC1 + recallC0) / 2,
        var (recallC1, recallC0) => recallC1 ?? recallC0,
    };

    /// <summary>Gets the Matthews correlation coefficient; 0 when a row or column of the table is empty, as scikit-learn has it.</summary>
    public double? Mcc
    {
        get
        {
            if (Total == 0)
                return null;
            // Two roots of two factors: four factors of a large table would leave the exact range twice over.
            var scale = Math.Sqrt((TruePositives + FalsePositives) * Positives) * Math.Sqrt(Negatives * (TrueNegatives + FalseNegatives));
            return scale == 0 ? 0 : ((TruePositives * TrueNegatives) - (FalsePositives * FalseNegatives)) / scale;
        }
    }

    private double Positives => TruePositives + FalseNegatives;

    private double Negatives => FalsePositives + TrueNegatives;

    /// <summary>Returns the cells as whole numbers, which they are where no row has a weight.</summary>
    public ConfusionCounts ToCounts() => new((long)TruePositives, (long)FalsePositives, (long)FalseNegatives, (long)TrueNegatives);

    /// <summary>Returns the table as class 1 (this one) or class 0 (positives and negatives exchanged) sees it.</summary>
    public ConfusionMass ForClass(byte scoredClass) =>
        scoredClass == 1 ? this : new ConfusionMass(TrueNegatives, FalseNegatives, FalsePositives, TruePositives);

    /// <summary>Computes (TP - FP x t / (1 - t)) / rows; undefined without rows, or unless the threshold t is a probability between 0 and 1.</summary>
    public double? NetBenefit(double threshold) => threshold is > 0 and < 1 ? Ratio(TruePositives - (FalsePositives * (threshold / (1 - threshold))), Total) : null;

    /// <summary>Combines the divergences of both classes; undefined unless both are present.</summary>
    public double? DualDivergence(DivergenceCombination combination)
    {
        if (Divergence is not { } divergenceC1 || ForClass(0).Divergence is not { } divergenceC0)
            return null;
        return combination switch
        {
            DivergenceCombination.Mean => (divergenceC1 + divergenceC0) / 2,
            DivergenceCombination.Euclidean => Math.Sqrt((divergenceC1 * divergenceC1) + (divergenceC0 * divergenceC0)),
            _ => divergenceC1 + divergenceC0,
        };
    }

    private static double? Ratio(double part, double whole) => whole == 0 ? null : part / whole;
}
