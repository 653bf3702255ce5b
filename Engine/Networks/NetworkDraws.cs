using Engine.Numerics;

namespace Engine.Networks;

/// <summary>The random streams of training; each quantity has one of its own, so that no draw depends on how many others there were.</summary>
internal static class NetworkDraws
{
    private const ulong InitialStream = 0x494E_4954_0000_0000;
    private const ulong ShuffleStream = 0x5348_5546_0000_0000;
    private const ulong BatchStream = 0x4241_5443_0000_0000;
    private const ulong DropoutStream = 0x4452_4F50_0000_0000;
    private const ulong SequenceStream = 0x4C53_544D_0000_0000;

    private const uint HashStart = 2_166_136_261;
    private const uint HashFactor = 16_777_619;

    /// <summary>Returns the draws that the values of a tensor start from: by its name (FNV-1a, 32 bits), whatever other tensors there are.</summary>
    public static RandomStream OfTensor(ulong seed, string name)
    {
        var hash = HashStart;
        foreach (var character in name)
            hash = (hash ^ character) * HashFactor;
        return new RandomStream(seed, InitialStream | hash);
    }

    /// <summary>Returns the draws that shuffle the samples in a pass over them, from 0.</summary>
    public static RandomStream OfShuffle(ulong seed, long pass) => new(seed, ShuffleStream | (uint)pass);

    /// <summary>Returns the draws that shuffle the batches in a pass over the samples, from 0.</summary>
    public static RandomStream OfBatches(ulong seed, long pass) => new(seed, BatchStream | (uint)pass);

    /// <summary>Returns the draws that drop values of a layer; the upper half of the index is the step, the lower half the place in the batch.</summary>
    public static RandomStream OfDropout(ulong seed, int layer) => new(seed, DropoutStream | (uint)layer);

    /// <summary>Returns the draws that drop values of sequences in a step of training; the upper half of the index is the place in the batch.</summary>
    public static RandomStream OfSequences(ulong seed, long step) => new(seed, SequenceStream | (uint)step);

    /// <summary>Returns the word from which on a 32-bit draw keeps a value.</summary>
    /// <param name="dropout">The share that is dropped, 0 to below 1.</param>
    public static uint KeptFrom(double dropout) => (uint)Math.Min(uint.MaxValue, Math.Round(dropout * (1L << 32)));

    /// <summary>Puts places into a random order: Fisher and Yates from the last place down, one draw a place, from a first on.</summary>
    public static void Shuffle<T>(Span<T> places, RandomStream draws, ulong firstDraw = 0)
    {
        for (var last = places.Length - 1; last > 0; last--)
        {
            var other = (int)draws.Below(firstDraw + (ulong)last, (ulong)last + 1);
            (places[last], places[other]) = (places[other], places[last]);
        }
    }
}
