using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Engine.Compute;
using Engine.Data;
using Engine.Numerics;

namespace Engine.Networks;

/// <summary>A digest of what a network trains on, by which a checkpoint knows its data: SHA-256 of the bits, in the order that they are added.</summary>
internal sealed class DataDigest : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Adds values.</summary>
    public void Add<T>(ReadOnlySpan<T> values)
        where T : unmanaged => _hash.AppendData(MemoryMarshal.AsBytes(values));

    /// <summary>Adds all rows of a table: the digests of its blocks, which threads take side by side.</summary>
    /// <param name="samples">The rows.</param>
    /// <param name="options">How to use the machine.</param>
    public void Add(SampleMatrix samples, ComputeOptions options)
    {
        using var hold = samples.Hold();
        Add<long>([samples.RowCount, samples.FeatureCount]);
        var digests = new byte[samples.BlockCount * SHA256.HashSizeInBytes];
        ParallelLoop.For(
            0L,
            samples.BlockCount,
            options.ToParallelOptions(),
            () => new float[samples.BlockScratchLength],
            (index, _, scratch) =>
            {
                SHA256.HashData(MemoryMarshal.AsBytes(samples.ReadBlock(index, scratch).Values), digests.AsSpan((int)index * SHA256.HashSizeInBytes));
                return scratch;
            },
            static _ => { });
        Add<byte>(digests);
    }

    /// <summary>Returns the digest so far, as text.</summary>
    public override string ToString() => Convert.ToHexString(_hash.GetCurrentHash());

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();
}
