namespace Bench.Cohorts;

/// <summary>The permutations that NumPy draws, by which published splits are found again.</summary>
/// <remarks>
/// <para><b>Computes</b> <c>numpy.random.RandomState(seed).permutation(n)</c>: a Fisher-Yates shuffle from the end, whose places are words of the Mersenne Twister MT19937, masked to the bits that the
/// bound has and drawn again where they are beyond it.</para>
/// <para><b>Source</b>: Matsumoto and Nishimura 1998, "Mersenne Twister"; NumPy keeps this stream for all time.</para>
/// </remarks>
internal sealed class NumpyPermutation
{
    private const int WordCount = 624;
    private const int Distance = 397;
    private const uint UpperBit = 0x8000_0000;
    private const uint Twist = 0x9908_B0DF;
    private const uint SeedMultiplier = 1_812_433_253;

    private readonly uint[] _words = new uint[WordCount];
    private int _next = WordCount;

    private NumpyPermutation(uint seed)
    {
        _words[0] = seed;
        for (var i = 1u; i < WordCount; i++)
            _words[i] = (SeedMultiplier * (_words[i - 1] ^ (_words[i - 1] >> 30))) + i;
    }

    /// <summary>Returns the numbers from 0 to n - 1 in the order that NumPy draws.</summary>
    /// <param name="seed">The seed of the random state.</param>
    /// <param name="count">n, 0 or more.</param>
    public static int[] Of(uint seed, int count)
    {
        var random = new NumpyPermutation(seed);
        int[] places = [.. Enumerable.Range(0, count)];
        for (var last = count - 1; last > 0; last--)
        {
            var other = random.UpTo((uint)last);
            (places[last], places[other]) = (places[other], places[last]);
        }

        return places;
    }

    private uint UpTo(uint bound)
    {
        var mask = uint.MaxValue >> System.Numerics.BitOperations.LeadingZeroCount(bound);
        uint word;
        do
            word = Next() & mask;
        while (word > bound);
        return word;
    }

    private uint Next()
    {
        if (_next == WordCount)
            Renew();
        var word = _words[_next++];
        word ^= word >> 11;
        word ^= (word << 7) & 0x9D2C_5680;
        word ^= (word << 15) & 0xEFC6_0000;
        return word ^ (word >> 18);
    }

    private void Renew()
    {
        for (var i = 0; i < WordCount; i++)
        {
            var mixed = (_words[i] & UpperBit) | (_words[(i + 1) % WordCount] & ~UpperBit);
            _words[i] = _words[(i + Distance) % WordCount] ^ (mixed >> 1) ^ ((mixed & 1) == 0 ? 0 : Twist);
        }

        _next = 0;
    }
}
