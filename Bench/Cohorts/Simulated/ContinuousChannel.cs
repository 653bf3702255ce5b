using Bench.Cohorts.Channels;
using Engine.Numerics;

namespace Bench.Cohorts.Simulated;

/// <summary>How the observed values of a continuous channel come about.</summary>
/// <remarks>
/// <para><b>Computes</b> z = loading x severity + rest x (offset of the stay, noise of the observation), standard normal while death is far; the value is
/// center + spread x z, or center x e^(spread x z) where the channel is skewed, held within its limits and rounded to the decimals that nurses write.</para>
/// <para>Rounded values are quotients of whole numbers, so that their text reads back to the same double.</para>
/// </remarks>
internal sealed record ContinuousChannel
{
    private readonly double _loading;
    private readonly double _rest = 1;

    /// <summary>Gets the channel.</summary>
    public required Channel Channel { get; init; }

    /// <summary>Gets the value of an ordinary patient.</summary>
    public required double Center { get; init; }

    /// <summary>Gets the standard deviation of observed values; of their logarithm where the channel is skewed.</summary>
    public required double Spread { get; init; }

    /// <summary>Gets the lowest value that is no slip.</summary>
    public required double Lowest { get; init; }

    /// <summary>Gets the highest value that is no slip.</summary>
    public required double Highest { get; init; }

    /// <summary>Gets the system that moves the channel.</summary>
    public OrganSystem System { get; init; }

    /// <summary>Gets the correlation with the severity of the system, -1 to 1.</summary>
    public double Loading
    {
        get => _loading;
        init => (_loading, _rest) = (value, Math.Sqrt(1 - (value * value)));
    }

    /// <summary>Gets the share of the remaining variance that stays the same during a stay, 0 to 1.</summary>
    public double OffsetShare { get; init; } = 0.4;

    /// <summary>Gets the number of steps in a unit: 10 for one decimal.</summary>
    public double StepsPerUnit { get; init; } = 1;

    /// <summary>Gets whether the logarithm is what is normal.</summary>
    public bool IsSkewed { get; init; }

    /// <summary>Gets whether offset and noise are mostly those of the blood pressure as a whole.</summary>
    public bool IsPressure { get; init; }

    /// <summary>Gets what a slip of the pen writes.</summary>
    public double SlipValue { get; init; }

    /// <summary>Gets the probability of a slip at an observation.</summary>
    public double SlipRate { get; init; }

    /// <summary>Gets the probability that an observation is written as zero.</summary>
    public double ZeroRate { get; init; }

    /// <summary>Returns what is written down at an observation.</summary>
    /// <param name="severity">The severity of <see cref="System"/>.</param>
    /// <param name="offset">The lasting deviation of the stay, standard normal.</param>
    /// <param name="noise">The deviation of this observation, standard normal.</param>
    /// <param name="slip">Uniform; whether it is a slip.</param>
    public double Observe(double severity, double offset, double noise, double slip)
    {
        if (slip < SlipRate)
            return SlipValue;
        if (slip < SlipRate + ZeroRate)
            return 0;
        var z = (_loading * severity) + (_rest * ((Math.Sqrt(OffsetShare) * offset) + (Math.Sqrt(1 - OffsetShare) * noise)));
        var value = IsSkewed ? Center * PortableMath.Exp(Spread * z) : Center + (Spread * z);
        return Math.Floor((Math.Clamp(value, Lowest, Highest) * StepsPerUnit) + 0.5) / StepsPerUnit;
    }
}
