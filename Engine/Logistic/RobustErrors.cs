using Engine.Diagnostics;
using Engine.Numerics;

namespace Engine.Logistic;

/// <summary>The covariance of the coefficients of a fit that holds though the model's own variances do not, and what it says of them; made by <see cref="LogisticFit.RobustErrors"/>.</summary>
/// <remarks>Coefficients are counted as in <see cref="LogisticFit.Coefficients"/>. z and p are normal, as those of the fit itself; statsmodels' <c>use_t</c> is off for these models, too.</remarks>
public sealed class RobustErrors
{
    private readonly double[] _coefficients;
    private readonly double[] _covariance;

    internal RobustErrors(double[] coefficients, double[] covariance, int clusterCount) =>
        (_coefficients, _covariance, ClusterCount) = (coefficients, covariance, clusterCount);

    /// <summary>Gets the number of clusters, by two ways the smaller one: with fewer than about forty, intervals are too short whatever the factor.</summary>
    public int ClusterCount { get; }

    /// <summary>Returns the covariance of two coefficients.</summary>
    /// <param name="first">An index into <see cref="LogisticFit.Coefficients"/>.</param>
    /// <param name="second">Another.</param>
    /// <returns>An entry of the sandwich; 0 where a coefficient was left out.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside <see cref="LogisticFit.Coefficients"/>.</exception>
    public double CovarianceOf(int first, int second)
    {
        Check(first, nameof(first));
        Check(second, nameof(second));
        return _covariance[(first * _coefficients.Length) + second];
    }

    /// <summary>Returns the standard error of a coefficient.</summary>
    /// <param name="coefficient">An index into <see cref="LogisticFit.Coefficients"/>.</param>
    /// <returns>0 or more; 0 for a coefficient that was left out, and for one that a ridge penalty holds at 0 because its column is 0 in every row.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The index is outside <see cref="LogisticFit.Coefficients"/>.</exception>
    /// <exception cref="InvalidOperationException">The variance is below 0, as crossed clusters can make it.</exception>
    public double StandardErrorOf(int coefficient)
    {
        var variance = CovarianceOf(coefficient, coefficient);
        if (variance < 0)
            Throw.InvalidOperation($"the variance of coefficient {coefficient} is {variance:G3} by {ClusterCount:N0} clusters, and must be 0 or more; they are too few, or cross too much, to tell. Give more clusters, or only one of two ways.");
        return Math.Sqrt(variance);
    }

    /// <summary>Returns a coefficient in standard errors.</summary>
    /// <param name="coefficient">An index into <see cref="LogisticFit.Coefficients"/>.</param>
    /// <returns>z.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The index is outside <see cref="LogisticFit.Coefficients"/>.</exception>
    /// <exception cref="InvalidOperationException">The coefficient has a standard error of 0, or a variance below 0.</exception>
    public double ZScoreOf(int coefficient)
    {
        var error = PositiveStandardErrorOf(coefficient);
        return _coefficients[coefficient] / error;
    }

    /// <summary>Returns the probability of so large a z, of either sign, if the true coefficient were 0.</summary>
    /// <param name="coefficient">An index into <see cref="LogisticFit.Coefficients"/>.</param>
    /// <returns>p, 0 to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The index is outside <see cref="LogisticFit.Coefficients"/>.</exception>
    /// <exception cref="InvalidOperationException">The coefficient has a standard error of 0, or a variance below 0.</exception>
    public double PValueOf(int coefficient) => NormalInterval.TwoSidedP(ZScoreOf(coefficient));

    /// <summary>Returns the confidence interval of a coefficient.</summary>
    /// <param name="coefficient">An index into <see cref="LogisticFit.Coefficients"/>.</param>
    /// <param name="confidence">The share of such intervals that hold the true value, between 0 and 1; default .95.</param>
    /// <returns>Its ends.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The index is outside <see cref="LogisticFit.Coefficients"/>, or the confidence is not between 0 and 1.</exception>
    /// <exception cref="InvalidOperationException">The coefficient has a standard error of 0, or a variance below 0.</exception>
    public (double Lower, double Upper) ConfidenceIntervalOf(int coefficient, double confidence = 0.95)
    {
        if (!(confidence > 0 && confidence < 1))
            Throw.ArgumentOutOfRange(nameof(confidence), confidence, "between 0 and 1");
        var error = PositiveStandardErrorOf(coefficient);
        return NormalInterval.Around(_coefficients[coefficient], error, confidence);
    }

    private double PositiveStandardErrorOf(int coefficient)
    {
        var error = StandardErrorOf(coefficient);
        if (error == 0)
            Throw.InvalidOperation($"coefficient {coefficient} has a standard error of 0: it was left out of the fit as a combination of others, or no row tells of it. Leave its column out of the table.");
        return error;
    }

    private void Check(int coefficient, string name)
    {
        if ((uint)coefficient >= (uint)_coefficients.Length)
            Throw.ArgumentOutOfRange(name, coefficient, $"0 to {_coefficients.Length - 1}");
    }
}
