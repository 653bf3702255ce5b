namespace Engine.Numerics;

/// <summary>Intervals and p values of an estimate that is normal around the truth.</summary>
internal static class NormalInterval
{
    /// <summary>Returns estimate -+ z x standard error, z the normal quantile of the confidence.</summary>
    public static (double Lower, double Upper) Around(double estimate, double standardError, double confidence)
    {
        var reach = PortableMath.NormalQuantile((1 + confidence) / 2) * standardError;
        return (estimate - reach, estimate + reach);
    }

    /// <summary>Returns the probability that a standard normal variable is at least as far from 0 as z.</summary>
    public static double TwoSidedP(double z) => 2 * PortableMath.NormalTail(Math.Abs(z));
}
