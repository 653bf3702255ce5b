using System.Runtime.CompilerServices;

namespace Engine.Numerics;

/// <summary>Philox4x32-10, the counter-based random function: 128 bits in, 128 bits out, no state.</summary>
/// <remarks>
/// <para><b>Computes</b> ten rounds of two 32 x 32 -> 64 bit products, exclusive-or and swap; integer arithmetic only, so the same bits everywhere.</para>
/// <para><b>Source</b>: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011; checked against the vectors of Random123.</para>
/// </remarks>
internal static class Philox
{
    private const int Rounds = 10;
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;

    // The golden ratio and the square root of 3 less 1, as 32-bit fractions: they keep the keys of the rounds apart.
    private const uint KeyStep0 = 0x9E3779B9;
    private const uint KeyStep1 = 0xBB67AE85;

    /// <summary>Scrambles one counter under one key.</summary>
    /// <param name="c0">Bits 0 to 31 of the counter.</param>
    /// <param name="c1">Bits 32 to 63.</param>
    /// <param name="c2">Bits 64 to 95.</param>
    /// <param name="c3">Bits 96 to 127.</param>
    /// <param name="k0">Bits 0 to 31 of the key.</param>
    /// <param name="k1">Bits 32 to 63.</param>
    /// <returns>Four words, each uniform over all 32-bit values.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (uint W0, uint W1, uint W2, uint W3) Block(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var product0 = (ulong)Multiplier0 * c0;
            var product1 = (ulong)Multiplier1 * c2;
            (c0, c1, c2, c3) = ((uint)(product1 >> 32) ^ c1 ^ k0, (uint)product1, (uint)(product0 >> 32) ^ c3 ^ k1, (uint)product0);
            k0 += KeyStep0;
            k1 += KeyStep1;
        }

        return (c0, c1, c2, c3);
    }
}
