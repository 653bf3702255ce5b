using Engine.Data;
using Engine.Diagnostics;

namespace Engine.Logistic;

/// <content>Standard errors that do not take the model's variances, or the independence of rows, on trust.</content>
public sealed partial class LogisticFit
{
    /// <summary>Computes the covariance of the coefficients by the sandwich: of independent rows (HC0, HC1), of clusters such as patients, or of clusters by two ways.</summary>
    /// <param name="samples">n x p rows that were fitted.</param>
    /// <param name="labels">n labels.</param>
    /// <param name="robust">Which rows go together, and the factor for small samples; HC1 when null.</param>
    /// <param name="fitted">The options of the fit, whose weights, offsets, plan and use of the machine are taken; none when null.</param>
    /// <returns>Standard errors, z, p and intervals of every coefficient.</returns>
    /// <remarks>
    /// <para><b>Computes</b> c H M H, with H the inverse (penalized) information, M the sum of s s' over the m clusters, s the sum of weight x (label - probability) x (1, features) over
    /// the rows of a cluster, and c the factor. By two ways, the sandwich of the first way plus that of the second, less that of what rows share both ways; it may have a variance below 0.</para>
    /// <para><b>Weights</b>: a row of weight 2 is one observation that weighs 2, and so is one that a plan takes twice: it says no more than it did. Rows of weight 0 are none. See <see cref="RobustOptions.HasCountsAsWeights"/>.</para>
    /// <para><b>Error</b>: 1e-9 of itself beside statsmodels; columns far from 0 lose digits as the square of mean / deviation, two for a mean of ten deviations. A penalty's bias is not in it.</para>
    /// <para><b>Determinism</b>: the same bits for any number of threads and SIMD level.</para>
    /// <para><b>Cost</b>: a pass over the rows for their residuals and one for their products, that of a Newton step where there are no clusters; with clusters n p + m p²/2 multiply-adds for each way.</para>
    /// <para><b>Source</b>: White, Econometrica 50 (1982); Liang, Zeger, Biometrika 73 (1986); Cameron, Gelbach, Miller, J. Business and Economic Statistics 29 (2011) for two ways.</para>
    /// </remarks>
    /// <exception cref="ArgumentException">Lengths or features differ, a value is not finite, a plan makes rows, there are fewer than two clusters, or no more rows than coefficients for the factor.</exception>
    /// <exception cref="InvalidOperationException">The fit was made with offsets and none are given, or the other way round.</exception>
    public RobustErrors RobustErrors(SampleMatrix samples, Labels labels, RobustOptions? robust = null, LogisticOptions? fitted = null)
    {
        robust ??= new RobustOptions();
        fitted ??= new LogisticOptions { HasIntercept = HasIntercept };
        LogisticChecks.Check(samples, labels, fitted);
        Check(labels.Count, robust, fitted);
        using var hold = samples.Hold();
        var inverse = new double[_coefficients.Length * _coefficients.Length];
        for (var i = 0; i < inverse.Length; i++)
            inverse[i] = ScaledCovarianceOf(i / _coefficients.Length, i % _coefficients.Length);
        var (covariance, clusterCount) = new Sandwich(this, inverse, _scale, samples, labels, robust, fitted).Covariance();
        return new RobustErrors(_coefficients, covariance, clusterCount);
    }

    private void Check(int rowCount, RobustOptions robust, LogisticOptions fitted)
    {
        if (!robust.Clusters.IsEmpty && robust.Clusters.Length != rowCount)
            Throw.Argument_LengthsDiffer(nameof(robust.Clusters), robust.Clusters.Length, "labels", rowCount);
        if (!robust.CrossedClusters.IsEmpty && robust.CrossedClusters.Length != rowCount)
            Throw.Argument_LengthsDiffer(nameof(robust.CrossedClusters), robust.CrossedClusters.Length, "labels", rowCount);
        if (robust.Clusters.IsEmpty && !robust.CrossedClusters.IsEmpty)
            Throw.Argument_Invalid(nameof(robust), "CrossedClusters are given and Clusters are not; give one way of clustering as Clusters.");
        if (!Enum.IsDefined(robust.Factor))
            Throw.ArgumentOutOfRange(nameof(robust.Factor), robust.Factor, string.Join(", ", Enum.GetNames<SmallSampleFactor>()));
        if (fitted.Plan is { Synthetic.Length: > 0 and var made })
            Throw.Argument_Invalid(nameof(fitted), $"the plan makes {made:N0} rows, which nobody observed and which belong to no cluster; take intervals from a bootstrap over patients, or fit without made rows.");
        if (HasOffsets == fitted.Offsets.IsEmpty)
            Throw.InvalidOperation(HasOffsets ? "the fit was made with Offsets; give the options it was made with." : "the fit was made without Offsets, and options with Offsets are given; give the options it was made with.");
        if (HasIntercept != fitted.HasIntercept)
            Throw.Argument_Invalid(nameof(fitted), $"HasIntercept is {fitted.HasIntercept}, and the fit has {(HasIntercept ? "an" : "no")} intercept; give the options it was made with.");
    }
}
