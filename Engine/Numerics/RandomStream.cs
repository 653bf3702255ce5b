using System.Runtime.CompilerServices;
using Engine.Diagnostics;

namespace Engine.Numerics;

/// <summary>An endless row of random draws, each a function of (seed, stream, index) alone.</summary>
/// <remarks>
/// <para>There is no state: draw i never depends on draw i - 1, so any thread may ask for any draw in any order.</para>
/// <para>All kinds of draw read the same bits: <see cref="UInt64"/>, <see cref="UniformDouble"/>, <see cref="Below"/> and <see cref="Normal"/> at one index are
/// functions of one number. Give each quantity a stream, or a range of indices, of its own.</para>
/// <para><b>Determinism</b>: the same bits on every machine; integers, + - * /, square root and <see cref="PortableMath"/> only.</para>
/// <para><b>Source</b>: Philox4x32-10 with key = seed and counter = (index, stream); Salmon et al., SC 2011.</para>
/// </remarks>
/// <param name="seed">Any value; the same in all streams of one experiment.</param>
/// <param name="stream">Any value; different for every quantity that is drawn.</param>
public readonly struct RandomStream(ulong seed, ulong stream)
{
    private const double UlpBelowOne = 1.0 / (1UL << 53);
    private const float UlpBelowOneSingle = 1.0f / (1U << 24);
    private const int WordsAtOnce = 256;

    /// <summary>Gets the seed.</summary>
    public ulong Seed { get; } = seed;

    /// <summary>Gets the stream.</summary>
    public ulong Stream { get; } = stream;

    /// <summary>Returns four independent words: the cheapest way to many draws.</summary>
    /// <param name="index">Which four, any value.</param>
    /// <returns>Four words, each uniform over all 32-bit values.</returns>
    public (uint W0, uint W1, uint W2, uint W3) UInt32x4(ulong index) =>
        Philox.Block((uint)index, (uint)(index >> 32), (uint)Stream, (uint)(Stream >> 32), (uint)Seed, (uint)(Seed >> 32));

    /// <summary>Returns a word of 64 bits: half of <see cref="UInt32x4"/> at index / 2.</summary>
    /// <param name="index">Which draw, any value.</param>
    /// <returns>Uniform over all 64-bit values.</returns>
    public ulong UInt64(ulong index)
    {
        var (w0, w1, w2, w3) = UInt32x4(index >> 1);
        return (index & 1) == 0 ? ((ulong)w1 << 32) | w0 : ((ulong)w3 << 32) | w2;
    }

    /// <summary>Returns a number in [0, 1), a multiple of 2^-53.</summary>
    /// <param name="index">Which draw, any value.</param>
    /// <returns>Uniform; each of the 2^53 values is equally likely.</returns>
    public double UniformDouble(ulong index) => (UInt64(index) >> 11) * UlpBelowOne;

    /// <summary>Returns a number in [0, 1), a multiple of 2^-24.</summary>
    /// <param name="index">Which draw, any value.</param>
    /// <returns>Uniform; each of the 2^24 values is equally likely.</returns>
    public float UniformFloat(ulong index) => (UInt64(index) >> 40) * UlpBelowOneSingle;

    /// <summary>Returns a whole number from 0 to <paramref name="bound"/> - 1.</summary>
    /// <param name="index">Which draw, any value.</param>
    /// <param name="bound">How many outcomes there are, 1 or more.</param>
    /// <returns>Floor(u x bound / 2^64) for the word u of the index.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is 0.</exception>
    /// <remarks><b>Error</b>: rejection would make draw i depend on others, so a bias stays: the probability of an outcome is off by less than 2^-64,
    /// hence relatively by less than bound / 2^64; 1.2e-13 at two million outcomes, a hundred million times too small to see in as many draws.</remarks>
    public ulong Below(ulong index, ulong bound)
    {
        if (bound == 0)
            Throw.ArgumentOutOfRange(nameof(bound), bound, "1 or more");
        return Math.BigMul(UInt64(index), bound, out _);
    }

    /// <summary>Returns a draw of the standard normal distribution.</summary>
    /// <param name="index">Which draw, any value.</param>
    /// <returns>Mean 0, standard deviation 1, magnitude at most 8.21.</returns>
    /// <remarks><b>Computes</b> the normal quantile of (j + 1/2) / 2^52 with j the upper 52 bits of <see cref="UInt64"/>: one word a draw, symmetric about
    /// 0.</remarks>
    public double Normal(ulong index) => PortableMath.NormalQuantile(((UInt64(index) >> 12) + 0.5) * (1.0 / (1UL << 52)));

    /// <summary>Draws consecutive <see cref="Below"/>, two of each block of words.</summary>
    /// <param name="first">Which draw comes first, an even index.</param>
    /// <param name="bound">1 or more.</param>
    /// <param name="draws">Receives the draws.</param>
    internal void FillBelow(ulong first, int bound, Span<int> draws)
    {
        Span<ulong> words = stackalloc ulong[WordsAtOnce];
        for (var start = 0; start < draws.Length; start += WordsAtOnce)
        {
            var some = draws[start..Math.Min(draws.Length, start + WordsAtOnce)];
            Fill(first + (ulong)start, words);
            for (var i = 0; i < some.Length; i++)
                some[i] = (int)Math.BigMul(words[i], (ulong)bound, out _);
        }
    }

    /// <summary>Draws consecutive <see cref="UniformFloat"/>, two of each block of words.</summary>
    /// <param name="first">Which draw comes first, an even index.</param>
    /// <param name="draws">Receives the draws.</param>
    internal void FillUniform(ulong first, Span<float> draws)
    {
        Span<ulong> words = stackalloc ulong[WordsAtOnce];
        for (var start = 0; start < draws.Length; start += WordsAtOnce)
        {
            var some = draws[start..Math.Min(draws.Length, start + WordsAtOnce)];
            Fill(first + (ulong)start, words);
            for (var i = 0; i < some.Length; i++)
                some[i] = (words[i] >> 40) * UlpBelowOneSingle;
        }
    }

    /// <summary>Draws consecutive <see cref="UInt64"/>, an even number of them from an even index on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Fill(ulong first, Span<ulong> words)
    {
        for (var i = 0; i < words.Length; i += 2)
        {
            var (w0, w1, w2, w3) = UInt32x4((first + (ulong)i) >> 1);
            (words[i], words[i + 1]) = (((ulong)w1 << 32) | w0, ((ulong)w3 << 32) | w2);
        }
    }
}
