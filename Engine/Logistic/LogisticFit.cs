using Engine.Diagnostics;

namespace Engine.Logistic;

/// <summary>A fitted logistic regression.</summary>
public sealed partial class LogisticFit
{
    private readonly double[] _coefficients;
    private readonly Lazy<double[]> _covariance;

    internal LogisticFit(FitStatus status, bool hasIntercept, double[] coefficients, Func<double[]> covariance)
    {
        Status = status;
        HasIntercept = hasIntercept;
        _coefficients = coefficients;
        _covariance = new Lazy<double[]>(covariance);
    }

    /// <summary>Gets how the fit ended.</summary>
    public FitStatus Status { get; }

    /// <summary>Gets whether the first coefficient is an intercept.</summary>
    public bool HasIntercept { get; }

    /// <summary>Gets whether the fit was made with <see cref="LogisticOptions.Offsets"/>; its predictions then ask for one a row.</summary>
    public required bool HasOffsets { get; init; }

    /// <summary>Gets the coefficients, intercept first when there is one, then one a feature.</summary>
    public ReadOnlySpan<double> Coefficients => _coefficients;

    /// <summary>Gets the intercept, 0 when there is none.</summary>
    public double Intercept => HasIntercept ? _coefficients[0] : 0;

    /// <summary>Gets one coefficient a feature.</summary>
    public ReadOnlySpan<double> FeatureCoefficients => HasIntercept ? _coefficients.AsSpan(1) : _coefficients;

    /// <summary>Gets the features that are combinations of others and were left out, with coefficient 0, ascending; when there are any and nothing else is wrong, <see cref="Status"/> is Singular.</summary>
    public required IReadOnlyList<int> LeftOutFeatures { get; init; }

    /// <summary>Gets the features whose coefficients grew without end, ascending; empty unless <see cref="Status"/> is Separated.</summary>
    public required IReadOnlyList<int> SeparatingFeatures { get; init; }

    /// <summary>Gets the sum of the weights of all rows that were fitted, the number of observations of <see cref="BayesianInformationCriterion"/>.</summary>
    public required double TotalWeight { get; init; }

    /// <summary>Gets the log-likelihood, without the penalty.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>Gets -2 x the log-likelihood of the model without features.</summary>
    public required double NullDeviance { get; init; }

    /// <summary>Gets the number of Newton steps.</summary>
    public required int Iterations { get; init; }

    /// <summary>Gets -2 x <see cref="LogLikelihood"/>.</summary>
    public double Deviance => -2 * LogLikelihood;

    /// <summary>Returns the standard error of a coefficient: the root of the diagonal of the inverse (penalized) information.</summary>
    /// <param name="coefficient">An index into <see cref="Coefficients"/>.</param>
    /// <returns>0 or more; 0 for a feature that was left out.</returns>
    public double StandardErrorOf(int coefficient) => Math.Sqrt(CovarianceOf(coefficient, coefficient));

    /// <summary>Returns the covariance of two coefficients.</summary>
    /// <param name="first">An index into <see cref="Coefficients"/>.</param>
    /// <param name="second">Another.</param>
    /// <returns>An entry of the inverse (penalized) information.</returns>
    /// <remarks>Of a fit that <see cref="LogisticRegression.FitMany"/> made with others, the first call takes a pass over the rows, which must still hold what was fitted.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside <see cref="Coefficients"/>.</exception>
    public double CovarianceOf(int first, int second)
    {
        if ((uint)first >= (uint)_coefficients.Length)
            Throw.ArgumentOutOfRange(nameof(first), first, $"0 to {_coefficients.Length - 1}");
        if ((uint)second >= (uint)_coefficients.Length)
            Throw.ArgumentOutOfRange(nameof(second), second, $"0 to {_coefficients.Length - 1}");
        return _covariance.Value[(first * _coefficients.Length) + second];
    }

    /// <summary>Returns the coefficients, or throws when they are no estimates.</summary>
    /// <returns>The coefficients, intercept first when there is one.</returns>
    /// <exception cref="InvalidOperationException"><see cref="Status"/> is not Converged.</exception>
    public ReadOnlySpan<double> GetCoefficientsOrThrow()
    {
        if (Status != FitStatus.Converged)
            Throw.InvalidOperation($"the fit ended as {Status} after {Iterations} steps; its coefficients are no estimates. Set a RidgePenalty, or leave out the columns that cause it.");
        return _coefficients;
    }
}
