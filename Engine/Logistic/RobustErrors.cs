using Engine.Diagnostics;

namespace Engine.Logistic;

/// <summary>The covariance of the coefficients of a fit that holds though the model's own variances do not, and what it says of them; made by <see cref="LogisticFit.RobustErrors"/>.</summary>
/// <remarks>Coefficients are counted as in <see cref="LogisticFit.Coefficients"/>.</remarks>
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

    /// <summary>Returns a coefficient with its standard error: z, p and interval.</summary>
    /// <param name="coefficient">An index into <see cref="LogisticFit.Coefficients"/>.</param>
    /// <returns>The estimate.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The index is outside <see cref="LogisticFit.Coefficients"/>.</exception>
    /// <exception cref="InvalidOperationException">The coefficient has a standard error of 0, or a variance below 0.</exception>
    public WaldEstimate EstimateOf(int coefficient)
    {
        var error = StandardErrorOf(coefficient);
        if (error == 0)
            Throw.InvalidOperation($"coefficient {coefficient} has a standard error of 0: it was left out of the fit as a combination of others, or no row tells of it. Leave its column out of the table.");
        return new WaldEstimate(_coefficients[coefficient], error);
    }

    private void Check(int coefficient, string name)
    {
        if ((uint)coefficient >= (uint)_coefficients.Length)
            Throw.ArgumentOutOfRange(name, coefficient, $"0 to {_coefficients.Length - 1}");
    }
}
