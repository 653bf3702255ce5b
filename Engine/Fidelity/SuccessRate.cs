using Engine.Numerics;

namespace Engine.Fidelity;

/// <summary>How often something succeeded, with Wilson's interval.</summary>
/// <remarks>
/// <para><b>Computes</b>, with z the normal quantile of the confidence: rate = (s + z²/2) / (n + z²), reach = z / (n + z²) x sqrt(s (n - s) / n + z²/4).
/// The rate is the middle of the interval, which Anonymeter reports; <see cref="Share"/> is s / n.</para>
/// <para><b>Source</b>: Wilson, JASA 22 (1927) 209-212.</para>
/// </remarks>
public sealed record SuccessRate
{
    private SuccessRate(long trials, long successes, double confidence)
    {
        var z = PortableMath.NormalQuantile((1 + confidence) / 2);
        var square = z * z;
        (Trials, Successes, Confidence) = (trials, successes, confidence);
        Rate = (successes + (square / 2)) / (trials + square);
        Reach = z / (trials + square) * Math.Sqrt(((double)successes * (trials - successes) / trials) + (square / 4));
    }

    /// <summary>Gets the number of trials, 1 or more.</summary>
    public long Trials { get; }

    /// <summary>Gets the number of successes.</summary>
    public long Successes { get; }

    /// <summary>Gets successes / trials, 0 to 1.</summary>
    public double Share => (double)Successes / Trials;

    /// <summary>Gets the middle of the interval, 0 to 1.</summary>
    public double Rate { get; }

    /// <summary>Gets the lower end of the interval.</summary>
    public double Lower => Math.Max(0, Rate - Reach);

    /// <summary>Gets the upper end of the interval.</summary>
    public double Upper => Math.Min(1, Rate + Reach);

    /// <summary>Gets the share of such intervals that hold the true rate, in large samples.</summary>
    public double Confidence { get; }

    /// <summary>Gets half the length of the interval.</summary>
    internal double Reach { get; }

    /// <summary>Counts successes; null where nothing was tried.</summary>
    internal static SuccessRate? Of(long trials, long successes, double confidence) => trials == 0 ? null : new SuccessRate(trials, successes, confidence);
}
