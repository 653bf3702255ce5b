using Engine.Numerics;

namespace Bench.Cohorts.Simulated;

/// <summary>All random draws of one simulated stay, each found by its place and not by what was drawn before.</summary>
/// <remarks>
/// <code>
/// stream = split, number of the stay          index = 2^63 + draw              for the stay as a whole
///                                             index = 16 x hour + block        four words a block
/// </code>
/// Stays can so be simulated in any order by any thread, and a longer stay begins with the very hours of a shorter one.
/// </remarks>
internal readonly struct StayDraws(ulong seed, CohortSplit split, int number)
{
    private const ulong FirstStayDraw = 1UL << 63;
    private const ulong BlocksPerHour = 16;
    private const int WordsPerBlock = 4;
    private const int SplitShift = 56;
    private const double WordSize = 1.0 / (1UL << 32);

    private readonly RandomStream _random = new(seed, ((ulong)split << SplitShift) | (uint)number);

    /// <summary>Returns a number in [0, 1).</summary>
    public double Uniform(StayDraw draw) => _random.UniformDouble(FirstStayDraw + (ulong)draw);

    /// <summary>Returns a draw of the standard normal distribution.</summary>
    public double Normal(StayDraw draw) => _random.Normal(FirstStayDraw + (ulong)draw);

    /// <summary>Returns a whole number from 0 to bound - 1.</summary>
    public int Below(StayDraw draw, int bound) => (int)_random.Below(FirstStayDraw + (ulong)draw, (ulong)bound);

    /// <summary>Returns the lasting deviation of the stay in one channel, standard normal.</summary>
    public double ChannelOffset(int channel) => _random.Normal(FirstStayDraw + (ulong)StayDraw.FirstChannelOffset + (ulong)channel);

    /// <summary>Draws everything that one hour needs.</summary>
    /// <param name="hour">The hour, from 0.</param>
    /// <param name="words">As many words as <see cref="HourDraw.Count"/>, a multiple of four.</param>
    public void FillHour(int hour, Span<uint> words)
    {
        var index = BlocksPerHour * (ulong)hour;
        for (var start = 0; start < words.Length; start += WordsPerBlock)
            (words[start], words[start + 1], words[start + 2], words[start + 3]) = _random.UInt32x4(index++);
    }

    /// <summary>Turns a word into a number between 0 and 1, neither of which occurs.</summary>
    public static double ToUniform(uint word) => (word + 0.5) * WordSize;

    /// <summary>Turns a word into a draw of the standard normal distribution, at most 6.3 in magnitude.</summary>
    public static double ToNormal(uint word) => PortableMath.NormalQuantile(ToUniform(word));
}
