namespace Engine.Numerics;

/// <content>The quantile of the normal distribution.</content>
public static partial class PortableMath
{
    private const double CentralHalfWidth = 0.425;

    /// <summary>Computes the z below which a standard normal variable falls with a given probability.</summary>
    /// <param name="probability">0 to 1.</param>
    /// <returns>z; minus infinity at 0, infinity at 1, NaN outside.</returns>
    /// <remarks>
    /// <para><b>Error</b>: relative, about 1e-15 (AS 241 states 1e-16 for its rational approximations); against an independent table in the tests.</para>
    /// <para><b>Determinism</b>: exactly antisymmetric, NormalQuantile(1 - p) = -NormalQuantile(p) wherever 1 - p is exact.</para>
    /// <para><b>Source</b>: Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics 37 (1988), routine PPND16.</para>
    /// </remarks>
    public static double NormalQuantile(double probability)
    {
        var q = probability - 0.5;
        if (Math.Abs(q) <= CentralHalfWidth)
            return q * CentralRatio((CentralHalfWidth * CentralHalfWidth) - (q * q));

        var tail = q < 0 ? probability : 1 - probability;
        if (!(tail > 0))
            return tail == 0 ? (q < 0 ? double.NegativeInfinity : double.PositiveInfinity) : double.NaN;
        var r = Math.Sqrt(-Log(tail));
        var z = r <= 5 ? TailRatio(r - 1.6) : FarTailRatio(r - 5);
        return q < 0 ? -z : z;
    }

    private static double CentralRatio(double r) =>
        Polynomial(r, 3.3871328727963666080, 1.3314166789178437745e+2, 1.9715909503065514427e+3, 1.3731693765509461125e+4,
            4.5921953931549871457e+4, 6.7265770927008700853e+4, 3.3430575583588128105e+4, 2.5090809287301226727e+3)
        / Polynomial(r, 1, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3,
            2.1213794301586595867e+4, 3.9307895800092710610e+4, 2.8729085735721942674e+4, 5.2264952788528545610e+3);

    private static double TailRatio(double r) =>
        Polynomial(r, 1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504,
            1.27045825245236838258, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4)
        / Polynomial(r, 1, 2.05319162663775882187, 1.67638483018380384940, 6.89767334985100004550e-1,
            1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9);

    private static double FarTailRatio(double r) =>
        Polynomial(r, 6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580, 2.96560571828504891230e-1,
            2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7)
        / Polynomial(r, 1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
            7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15);

    /// <summary>Evaluates a polynomial of degree 7 by Horner's rule, constant term first in the list.</summary>
    private static double Polynomial(double x, double c0, double c1, double c2, double c3, double c4, double c5, double c6, double c7) =>
        (((((((((((((c7 * x) + c6) * x) + c5) * x) + c4) * x) + c3) * x) + c2) * x) + c1) * x) + c0;
}
