using Bench.Cohorts.Simulated;
using Engine.Numerics;

namespace Bench.Cohorts.Equity.Simulated;

/// <summary>The random draws of one patient, visit or row, one after the other; how many are taken never depends on what they are.</summary>
internal struct RowDraws
{
    private const int KindShift = 56;

    private readonly RandomStream _random;
    private (uint First, uint Second, uint Third, uint Fourth) _words;
    private ulong _next;

    /// <summary>Begins the draws of one thing.</summary>
    /// <param name="seed">The seed of the cohort.</param>
    /// <param name="kind">What it is, different for each kind of thing, 0 to 255.</param>
    /// <param name="number">Which of them.</param>
    public RowDraws(ulong seed, int kind, int number) => _random = new RandomStream(seed, ((ulong)kind << KindShift) | (uint)number);

    /// <summary>Returns a number between 0 and 1, neither of which occurs.</summary>
    public double Uniform() => StayDraws.ToUniform(Word());

    /// <summary>Returns a draw of the standard normal distribution.</summary>
    public double Normal() => StayDraws.ToNormal(Word());

    /// <summary>Returns a count of the Poisson distribution.</summary>
    /// <param name="mean">The mean, 0 or more; beyond 60 as 60.</param>
    public int Poisson(double mean)
    {
        const double LargestMean = 60;
        mean = Math.Min(mean, LargestMean);
        var (left, probability, count) = (Uniform(), PortableMath.Exp(-mean), 0);
        // A uniform of 32 bits is at least 2^-33 from 1, so that the sum exceeds it soon; rounding may leave it a little short of 1.
        while (left > probability && count < 4 * LargestMean)
        {
            left -= probability;
            probability *= mean / ++count;
        }

        return count;
    }

    private uint Word()
    {
        var place = _next++ & 3;
        if (place == 0)
            _words = _random.UInt32x4(_next >> 2);
        return place switch { 0 => _words.First, 1 => _words.Second, 2 => _words.Third, _ => _words.Fourth };
    }
}
