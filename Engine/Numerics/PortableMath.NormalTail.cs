namespace Engine.Numerics;

/// <content>The upper tail of the normal distribution.</content>
public static partial class PortableMath
{
    private const double OneOverSquareRootOfTwoPi = 0.39894228040143267794;
    private const double TailFromZ = 2;
    private const int TailFractionDepth = 120;

    /// <summary>Computes the probability that a standard normal variable is above z.</summary>
    /// <param name="z">Any number.</param>
    /// <returns>0 to 1; a two-sided p value is twice that of |z|.</returns>
    /// <remarks>
    /// <para><b>Computes</b> with the density f: up to |z| = 2, 1/2 - f(z) (z + z^3 / 3 + z^5 / (3 x 5) + ...), whose terms are all of one sign; beyond, the continued fraction
    /// f(z) / (z + 1 / (z + 2 / (z + 3 / ...))), 120 levels deep.</para>
    /// <para><b>Error</b>: relative, below 1e-14 for |z| up to 5, growing with z² 2^-53 as that of the exponential does; against SciPy in the tests.</para>
    /// <para><b>Source</b>: Abramowitz, Stegun, Handbook of Mathematical Functions, 26.2.11 and 26.2.14.</para>
    /// </remarks>
    public static double NormalTail(double z)
    {
        if (z < 0)
            return 1 - NormalTail(-z);
        var density = OneOverSquareRootOfTwoPi * Exp(-0.5 * z * z);
        return z <= TailFromZ ? 0.5 - (density * TailSeries(z)) : density / TailFraction(z);
    }

    private static double TailSeries(double z)
    {
        var term = z;
        var sum = z;
        for (var odd = 3; sum + term != sum; odd += 2)
        {
            term *= z * z / odd;
            sum += term;
        }

        return sum;
    }

    private static double TailFraction(double z)
    {
        var fraction = z;
        for (var level = TailFractionDepth; level >= 1; level--)
            fraction = z + (level / fraction);
        return fraction;
    }
}
