namespace Engine.Tests.Support;

/// <summary>Every tolerance with its reason, in one place.</summary>
internal static class Tolerance
{
    private const double HalfUlp = 1.0 / (1 << 24);

    private const double DoubleUlp = 1.0 / (1L << 52);

    /// <summary>Coefficients against an 80-bit Newton solution: the golden files ask for 1e-9.</summary>
    public const double Coefficient = 1e-9;

    /// <summary>Standard errors: the inverse of a matrix of condition number up to 1e6 in double arithmetic.</summary>
    public const double StandardError = 1e-8;

    /// <summary>Log-likelihoods and deviances: sums of up to 1e3 terms in double arithmetic; the golden files ask for 1e-12.</summary>
    public const double LogLikelihood = 1e-12;

    /// <summary>Relative error of a float32 sum of non-negative terms in sixteen lanes: the subtraction, the square, the adds of one lane, four folds.</summary>
    public static double CanonicalDistance(int length) => (3 + (length / 16) + 5) * HalfUlp * 1.001;

    /// <summary>
    /// Share of sum w |x| |x'| by which normal equations in another order of operations can differ: one rounding a row and a coefficient, some for the
    /// logistic function, and the rounding of the linear predictor, which is in proportion to sum |x b| and moves a probability by a quarter of it at most.
    /// </summary>
    public static double NormalEquations(int rowCount, int coefficientCount, double absoluteLinearPredictor) =>
        (rowCount + coefficientCount + 16) * (1 + absoluteLinearPredictor) * DoubleUlp;

    /// <summary>Share of sum |x b| by which a double sum of products can differ from the exact one: one rounding a product and an addition.</summary>
    public static double DoubleDot(int length) => (length + 1) * DoubleUlp;

    /// <summary>Entries of A times its inverse for 40 columns and a condition number below 10: some hundred double roundings of values below 10.</summary>
    public const double InverseTimesMatrix = 1e-12;

    /// <summary>Means and deviations of columns near 1: up to a thousand double additions in another order.</summary>
    public const double ScalerMoment = 1e-13;

    /// <summary>Metrics of a mean of probabilities: the mean is rounded a few times, and no two rows of the tests change places by it.</summary>
    public const double MeanOfProbabilities = 1e-12;

    /// <summary>Products of unit axes: Gram-Schmidt twice over leaves some roundings, the rotation adds one a factor, up to fifty.</summary>
    public const double OrthonormalAxes = 1e-13;

    /// <summary>A skewness below 2 in float32: half a unit in the last place, and what two double formulas differ by.</summary>
    public const double FloatSkewness = 1e-7;

    /// <summary>Probabilities of the benchmark's logistic regression, whose own solver stops within 1e-4 of the optimum.</summary>
    public const double BenchmarkProbability = 1e-4;
}
