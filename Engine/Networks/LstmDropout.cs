using System.Numerics;
using Engine.Numerics;

namespace Engine.Networks;

/// <summary>What a step of training drops: draws by seed, step and place in the batch alone.</summary>
/// <param name="seed">The seed of the training.</param>
/// <param name="step">The step, from 0.</param>
/// <param name="place">The place of the sequence in its batch.</param>
/// <remarks>The factors of a sequence are drawn layer by layer, way by way and gate by gate, then those of the last state; each row of them starts with a new block of four words.</remarks>
internal struct LstmDropout(ulong seed, long step, int place)
{
    private readonly RandomStream _stream = NetworkDraws.OfSequences(seed, step);
    private ulong _block = (ulong)place << 32;

    /// <summary>Draws factors: 0 for what is dropped, 1 / (1 - share) for the rest.</summary>
    /// <param name="share">The share that is dropped.</param>
    /// <param name="factors">Receives them.</param>
    public void Draw<T>(double share, Span<T> factors)
        where T : IFloatingPointIeee754<T>
    {
        var (keptFrom, kept) = (NetworkDraws.KeptFrom(share), T.CreateTruncating(1 / (1 - share)));
        for (var i = 0; i < factors.Length; i += 4)
        {
            var (word0, word1, word2, word3) = _stream.UInt32x4(_block++);
            factors[i] = word0 < keptFrom ? T.Zero : kept;
            if (i + 1 < factors.Length)
                factors[i + 1] = word1 < keptFrom ? T.Zero : kept;
            if (i + 2 < factors.Length)
                factors[i + 2] = word2 < keptFrom ? T.Zero : kept;
            if (i + 3 < factors.Length)
                factors[i + 3] = word3 < keptFrom ? T.Zero : kept;
        }
    }
}
