namespace Engine.Tests.Support;

/// <summary>Every tolerance with its reason, in one place.</summary>
internal static class Tolerance
{
    private const double HalfUlp = 1.0 / (1 << 24);

    /// <summary>Coefficients against an 80-bit Newton solution: the golden files ask for 1e-9.</summary>
    public const double Coefficient = 1e-9;

    /// <summary>Standard errors: the inverse of a matrix of condition number up to 1e6 in double arithmetic.</summary>
    public const double StandardError = 1e-8;

    /// <summary>Log-likelihoods and deviances: sums of up to 1e3 terms in double arithmetic; the golden files ask for 1e-12.</summary>
    public const double LogLikelihood = 1e-12;

    /// <summary>Relative error of a float32 sum of non-negative terms in sixteen lanes: the subtraction, the square, the adds of one lane, four folds.</summary>
    public static double CanonicalDistance(int length) => (3 + (length / 16) + 5) * HalfUlp * 1.001;
}
