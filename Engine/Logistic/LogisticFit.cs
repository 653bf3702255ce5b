using System.Diagnostics.CodeAnalysis;
using Engine.Diagnostics;

namespace Engine.Logistic;

/// <summary>A fitted logistic regression.</summary>
/// <remarks>
/// <b>Indices</b>: a coefficient is counted as in <see cref="Coefficients"/>, the intercept first; so do all lists of coefficients and all members that take one.
/// A feature is counted as in the table, and <see cref="CoefficientOf"/> gives its coefficient.
/// <code>
/// Coefficients          intercept   b of x0   b of x1          coefficient 0, 1, 2
/// FeatureCoefficients               b of x0   b of x1          feature        0, 1
/// </code>
/// </remarks>
public sealed partial class LogisticFit
{
    private readonly double[] _coefficients;
    private readonly Lazy<double[]> _covariance;
    private readonly double _scale;

    /// <summary>Makes a fit.</summary>
    /// <param name="status">How it ended.</param>
    /// <param name="hasIntercept">Whether the first coefficient is an intercept.</param>
    /// <param name="coefficients">The coefficients.</param>
    /// <param name="covariance">Their covariance, but for the scale.</param>
    /// <param name="scale">A power of two: variances that are no doubles any more have roots that are.</param>
    internal LogisticFit(FitStatus status, bool hasIntercept, double[] coefficients, Func<double[]> covariance, double scale = 1)
    {
        Status = status;
        HasIntercept = hasIntercept;
        _coefficients = coefficients;
        _covariance = new Lazy<double[]>(covariance);
        _scale = scale;
    }

    [SetsRequiredMembers]
    private LogisticFit(SavedFit saved)
        : this(saved.Status!.Value, saved.HasIntercept!.Value, saved.Coefficients!, () => saved.Covariance!)
    {
        HasOffsets = saved.HasOffsets!.Value;
        HasAddedRows = saved.HasAddedRows!.Value;
        LeftOutCoefficients = saved.LeftOutCoefficients!;
        SeparatingCoefficients = saved.SeparatingCoefficients!;
        LogLikelihood = saved.LogLikelihood!.Value;
        NullDeviance = saved.NullDeviance!.Value;
        TotalWeight = saved.TotalWeight!.Value;
        Iterations = saved.Iterations!.Value;
    }

    /// <summary>Gets how the fit ended.</summary>
    public FitStatus Status { get; }

    /// <summary>Gets whether the first coefficient is an intercept.</summary>
    public bool HasIntercept { get; }

    /// <summary>Gets whether the fit was made with <see cref="LogisticOptions.Offsets"/>; its predictions then ask for one a row.</summary>
    public required bool HasOffsets { get; init; }

    /// <summary>
    /// Gets whether the <see cref="LogisticOptions.Plan"/> repeated rows or made new ones. Standard errors, p values, intervals and information criteria then count rows that nobody
    /// observed and promise too much: use them to compare fits of the same plan, and take intervals of what the model is for from a bootstrap over patients.
    /// </summary>
    public required bool HasAddedRows { get; init; }

    /// <summary>Gets the coefficients, intercept first when there is one, then one a feature.</summary>
    public ReadOnlySpan<double> Coefficients => _coefficients;

    /// <summary>Gets the intercept, 0 when there is none.</summary>
    public double Intercept => HasIntercept ? _coefficients[0] : 0;

    /// <summary>Gets one coefficient a feature.</summary>
    public ReadOnlySpan<double> FeatureCoefficients => _coefficients.AsSpan(InterceptCount);

    /// <summary>
    /// Gets the coefficients of columns that are combinations of others and were left out: each is 0, with no standard error. Ascending; when there are any and nothing else is wrong,
    /// <see cref="Status"/> is Singular.
    /// </summary>
    public required IReadOnlyList<int> LeftOutCoefficients { get; init; }

    /// <summary>Gets <see cref="LeftOutCoefficients"/> as features, without the intercept.</summary>
    public IReadOnlyList<int> LeftOutFeatures => FeaturesOf(LeftOutCoefficients);

    /// <summary>
    /// Gets coefficients that grew without end, ascending; empty unless <see cref="Status"/> is Separated. Where a combination of columns tells all rows of the classes apart, every
    /// coefficient grows, and these are the fewest of the largest that do it without the others. A column that was left out stays at 0 and is not among them; its partner may be.
    /// </summary>
    public required IReadOnlyList<int> SeparatingCoefficients { get; init; }

    /// <summary>Gets <see cref="SeparatingCoefficients"/> as features, without the intercept.</summary>
    public IReadOnlyList<int> SeparatingFeatures => FeaturesOf(SeparatingCoefficients);

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

    private int InterceptCount => HasIntercept ? 1 : 0;

    /// <summary>Returns the index into <see cref="Coefficients"/> of the coefficient of a feature.</summary>
    /// <param name="feature">A column of the table, from 0.</param>
    /// <returns>The same index, one higher where there is an intercept.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such feature.</exception>
    public int CoefficientOf(int feature)
    {
        if ((uint)feature >= (uint)FeatureCoefficients.Length)
            Throw.ArgumentOutOfRange(nameof(feature), feature, $"0 to {FeatureCoefficients.Length - 1}");
        return feature + InterceptCount;
    }

    /// <summary>Returns the standard error of a coefficient: the root of the diagonal of the inverse (penalized) information.</summary>
    /// <param name="coefficient">An index into <see cref="Coefficients"/>.</param>
    /// <returns>0 or more; 0 for a coefficient that was left out.</returns>
    /// <remarks>A weight counts as so many rows, and so does a row that a plan repeats or makes: too small where <see cref="HasAddedRows"/> is true, or where weights are not numbers of rows.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The index is outside <see cref="Coefficients"/>.</exception>
    public double StandardErrorOf(int coefficient) => Math.Sqrt(ScaledCovarianceOf(coefficient, coefficient)) * Math.Sqrt(_scale);

    /// <summary>Returns the covariance of two coefficients.</summary>
    /// <param name="first">An index into <see cref="Coefficients"/>.</param>
    /// <param name="second">Another.</param>
    /// <returns>An entry of the inverse (penalized) information.</returns>
    /// <remarks>Of a fit that <see cref="LogisticRegression.FitMany"/> made with others, the first call takes a pass over the rows, which must still hold what was fitted.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside <see cref="Coefficients"/>.</exception>
    public double CovarianceOf(int first, int second) => ScaledCovarianceOf(first, second) * _scale;

    /// <summary>Returns the coefficients, or throws when they are no estimates.</summary>
    /// <returns>The coefficients, intercept first when there is one.</returns>
    /// <exception cref="InvalidOperationException"><see cref="Status"/> is not Converged.</exception>
    public ReadOnlySpan<double> GetCoefficientsOrThrow()
    {
        if (Status != FitStatus.Converged)
            Throw.InvalidOperation($"the fit ended as {Status} after {Iterations} steps; its coefficients are no estimates. Set a RidgePenalty, fit by FitFirth, or leave out the columns that cause it.");
        return _coefficients;
    }

    private double ScaledCovarianceOf(int first, int second)
    {
        if ((uint)first >= (uint)_coefficients.Length)
            Throw.ArgumentOutOfRange(nameof(first), first, $"0 to {_coefficients.Length - 1}");
        if ((uint)second >= (uint)_coefficients.Length)
            Throw.ArgumentOutOfRange(nameof(second), second, $"0 to {_coefficients.Length - 1}");
        // Only one half is read: the other differs from it by rounding.
        return _covariance.Value[(Math.Max(first, second) * _coefficients.Length) + Math.Min(first, second)];
    }

    private IReadOnlyList<int> FeaturesOf(IReadOnlyList<int> coefficients) =>
        [.. coefficients.Where(coefficient => coefficient >= InterceptCount).Select(coefficient => coefficient - InterceptCount)];
}
