using Engine.Numerics;

namespace Engine.Synthesis;

/// <summary>A standard normal variable of which the rows show the class: which of some neighboring intervals it lies in.</summary>
/// <remarks>
/// <para><b>Computes</b>: the bounds of class l are the normal quantiles of the shares of rows in classes below it, and in it and below. Its score is the mean of the variable between them,
/// (f(lower) - f(upper)) / share, f the normal density. As a function s of the variable, the score has the Hermite coefficients
/// a(k) = E s h(k) = sum over inner bounds c of (score above - score below) f(c) h(k - 1, c) / sqrt(k), h the normalized polynomials; so two variables of correlation r have
/// E s s' = sum over k of a(k) a'(k) r^k.</para>
/// <para><b>Source</b>: Cario, Nelson 1997; the series is that of Mehler.</para>
/// </remarks>
internal sealed class LatentVariable
{
    /// <summary>The terms of the series: what is left out of a covariance is below 1e-7 up to a correlation of 0.8 and 5e-5 at 0.9, far below what chance does.</summary>
    private const int TermCount = 48;

    /// <summary>A variable whose classes are all smaller is continuous: its score is the variable itself, to 1e-4.</summary>
    private const double SmallShare = 1.0 / 256;

    private const double OneOverSquareRootOfTwoPi = 0.39894228040143267794;

    private static readonly double[] s_roots = [.. Enumerable.Range(0, TermCount + 1).Select(static k => Math.Sqrt(k))];

    /// <summary>Creates a variable.</summary>
    /// <param name="classes">The class of every row, from the lowest, 0; -1 where the row shows none.</param>
    /// <param name="counts">How many rows each class has, two classes or more, 1 row or more each.</param>
    public LatentVariable(int[] classes, IReadOnlyList<int> counts)
    {
        Classes = classes;
        var seen = counts.Sum();
        IsComplete = seen == classes.Length;
        (Bounds, Scores) = (new double[counts.Count - 1], new double[counts.Count]);
        var densities = new double[Bounds.Length];
        var (below, largest, lower) = (0, 0, 0.0);
        for (var place = 0; place < counts.Count; place++)
        {
            below += counts[place];
            largest = Math.Max(largest, counts[place]);
            var upper = 0.0;
            if (place < Bounds.Length)
            {
                Bounds[place] = PortableMath.NormalQuantile((double)below / seen);
                upper = densities[place] = OneOverSquareRootOfTwoPi * PortableMath.Exp(-0.5 * Bounds[place] * Bounds[place]);
            }

            Scores[place] = (lower - upper) * seen / counts[place];
            Variance += (lower - upper) * Scores[place];
            lower = upper;
        }

        Coefficients = largest <= SmallShare * seen ? [Variance] : Expand(densities);
    }

    /// <summary>Gets the class of every row; -1 where the row shows none.</summary>
    public int[] Classes { get; }

    /// <summary>Gets whether every row shows a class.</summary>
    public bool IsComplete { get; }

    /// <summary>Gets the bounds between classes, ascending.</summary>
    public double[] Bounds { get; }

    /// <summary>Gets the score of every class: the mean of the variable within it.</summary>
    public double[] Scores { get; }

    /// <summary>Gets the variance of the score, which is also its first Hermite coefficient: 1 for a continuous variable, little for a rare event.</summary>
    public double Variance { get; }

    /// <summary>Gets the Hermite coefficients from the first on; those beyond the last are 0.</summary>
    public double[] Coefficients { get; }

    private double[] Expand(double[] densities)
    {
        var coefficients = new double[TermCount];
        for (var place = 0; place < Bounds.Length; place++)
        {
            var step = (Scores[place + 1] - Scores[place]) * densities[place];
            var (previous, current) = (0.0, 1.0);
            for (var k = 1; k <= TermCount; k++)
            {
                coefficients[k - 1] += step * current / s_roots[k];
                (previous, current) = (current, ((Bounds[place] * current) - (s_roots[k - 1] * previous)) / s_roots[k]);
            }
        }

        return coefficients;
    }
}
