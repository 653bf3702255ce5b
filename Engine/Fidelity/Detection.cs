using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;
using Engine.Logistic;
using Engine.Metrics;
using Engine.Numerics;

namespace Engine.Fidelity;

/// <summary>Whether a logistic regression can tell synthetic rows from real ones.</summary>
/// <remarks>
/// <para><b>Computes</b>: the AUROC for "synthetic" on each of k folds of fits on the other folds, with a ridge penalty of 1 as scikit-learn's default, over encoded rows; folds are drawn by the seed, real and
/// synthetic rows each divided evenly. And pMSE = mean of (p - c)² over all rows, p from an unpenalized fit of all rows, c the share of synthetic rows; its expectation where both
/// tables are draws of one distribution is (t - 1) (1 - c)² c / N with t the number of coefficients that were fitted, the intercept included.</para>
/// <para><b>Source</b>: LogisticDetection of SDMetrics; Snoke, Raab, Nowok, Dibben, Slavkovic, JRSS A 181 (2018), section 3.</para>
/// </remarks>
public sealed record Detection
{
    /// <summary>Gets the AUROC of each fold, 0 to 1; .5 where synthetic rows cannot be told.</summary>
    public required IReadOnlyList<double> FoldAurocs { get; init; }

    /// <summary>Gets the mean AUROC.</summary>
    public double Auroc => FoldAurocs.Sum() / FoldAurocs.Count;

    /// <summary>Gets the score of SDMetrics: 1 - the mean over folds of 2 max(AUROC, 1/2) - 1; 1 is best.</summary>
    public double Score => 1 - (FoldAurocs.Sum(static auroc => (2 * Math.Max(auroc, .5)) - 1) / FoldAurocs.Count);

    /// <summary>Gets the propensity mean squared error, 0 or more; undefined where columns separate the tables, so that no fit exists.</summary>
    public required FidelityScore Pmse { get; init; }

    /// <summary>Gets what pMSE is to be expected where both tables are draws of one distribution.</summary>
    public required FidelityScore ExpectedPmse { get; init; }

    /// <summary>Gets pMSE over its expectation; about 1 is best.</summary>
    public required FidelityScore PmseRatio { get; init; }

    /// <summary>Gets (pMSE - expectation) / null deviation, the deviation being (1 - c)² c sqrt(2 (t - 1)) / N; about 0 is best.</summary>
    public required FidelityScore StandardizedPmse { get; init; }

    /// <summary>Measures encoded rows.</summary>
    /// <param name="real">n x p, finite.</param>
    /// <param name="synthetic">m x p, finite.</param>
    /// <param name="foldCount">The number of folds, 2 to the number of rows of either table.</param>
    /// <param name="seed">Draws the folds.</param>
    /// <param name="compute">How to use the machine; no bit of the result depends on it.</param>
    /// <returns>The detection.</returns>
    /// <exception cref="ArgumentException">Shapes disagree or a value is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="foldCount"/> is outside its range.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    /// <remarks><b>Cost</b>: k + 1 fits of all rows, about ten passes each.</remarks>
    public static Detection Compute(SampleMatrix real, SampleMatrix synthetic, int foldCount = 3, ulong seed = 0, ComputeOptions? compute = null)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(synthetic);
        if (real.FeatureCount != synthetic.FeatureCount)
            Throw.Argument_FeatureCountsDiffer(nameof(synthetic), synthetic.FeatureCount, nameof(real), real.FeatureCount);
        var fewest = Math.Min(real.RowCount, synthetic.RowCount);
        if (foldCount < 2 || foldCount > fewest)
            Throw.ArgumentOutOfRange(nameof(foldCount), foldCount, $"2 to {fewest:N0}, the number of rows of the smaller table");
        compute ??= ComputeOptions.Default;
        var rows = JoinedRows.Join(real, synthetic);
        var values = new byte[rows.RowCount];
        values.AsSpan((int)real.RowCount).Fill(1);
        var labels = Labels.From(values);
        var folds = new int[values.Length];
        Divide(folds.AsSpan(0, (int)real.RowCount), foldCount, seed, SeededOrder.RealFolds);
        Divide(folds.AsSpan((int)real.RowCount), foldCount, seed, SeededOrder.SyntheticFolds);
        var aurocs = new double[foldCount];
        var logOdds = new double[values.Length];
        for (var fold = 0; fold < foldCount; fold++)
        {
            var held = fold;
            var weights = Array.ConvertAll(folds, of => of == held ? 0.0 : 1);
            var fit = LogisticRegression.Fit(rows, labels, new LogisticOptions { RidgePenalty = 1, SampleWeights = weights, Compute = compute });
            fit.PredictLogOdds(rows, logOdds, compute);
            using var curve = RankingCurve.From<double>(logOdds, labels, Array.ConvertAll(folds, of => of == held ? 1f : 0));
            // Both classes are in every fold.
            curve.TryComputeAuroc(out aurocs[fold]);
        }

        return Propensity(rows, labels, compute, new Detection { FoldAurocs = aurocs, Pmse = default, ExpectedPmse = default, PmseRatio = default, StandardizedPmse = default });
    }

    private static void Divide(Span<int> folds, int foldCount, ulong seed, ulong stream)
    {
        var order = SeededOrder.Of(folds.Length, seed, stream);
        for (var place = 0; place < order.Length; place++)
            folds[order[place]] = place % foldCount;
    }

    private static Detection Propensity(SampleMatrix rows, Labels labels, ComputeOptions compute, Detection detection)
    {
        var fit = LogisticRegression.Fit(rows, labels, new LogisticOptions { Compute = compute });
        if (fit.Status is FitStatus.Separated or FitStatus.IterationLimit)
        {
            var none = FidelityScore.Undefined(fit.Status == FitStatus.Separated
                ? "some columns separate synthetic from real rows, so that no fit exists without a penalty"
                : "the unpenalized fit did not converge");
            return detection with { Pmse = none, ExpectedPmse = none, PmseRatio = none, StandardizedPmse = none };
        }

        var probabilities = new double[labels.Count];
        fit.PredictProbability(rows, probabilities, compute);
        var (share, sum) = ((double)labels.PositiveCount / labels.Count, new CompensatedSum());
        foreach (var probability in probabilities)
            sum.Add((probability - share) * (probability - share));
        var pmse = sum.Value / labels.Count;
        var free = fit.Coefficients.Length - fit.LeftOutCoefficients.Count - 1;
        if (free == 0)
        {
            var none = FidelityScore.Undefined("no column varies");
            return detection with { Pmse = FidelityScore.Of(pmse), ExpectedPmse = none, PmseRatio = none, StandardizedPmse = none };
        }

        var unit = (1 - share) * (1 - share) * share / labels.Count;
        return detection with
        {
            Pmse = FidelityScore.Of(pmse),
            ExpectedPmse = FidelityScore.Of(free * unit),
            PmseRatio = FidelityScore.Of(pmse / (free * unit)),
            StandardizedPmse = FidelityScore.Of((pmse - (free * unit)) / (Math.Sqrt(2.0 * free) * unit)),
        };
    }
}
