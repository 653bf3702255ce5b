using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Engine.Compute;
using Engine.Data;

namespace Engine.Networks;

/// <summary>A digest of what a network trains on, by which a checkpoint knows its data: SHA-256 of the bits, in the order that they are added.</summary>
internal sealed class DataDigest : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Adds values.</summary>
    public void Add<T>(ReadOnlySpan<T> values)
        where T : unmanaged => _hash.AppendData(MemoryMarshal.AsBytes(values));

    /// <summary>Adds all rows of a table: the digests of its blocks, which threads, and ranks, take side by side.</summary>
    /// <param name="samples">The rows.</param>
    /// <param name="options">How to use the machine.</param>
    public void Add(SampleMatrix samples, ComputeOptions options)
    {
        Add<long>([samples.RowCount, samples.FeatureCount]);
        Add<byte>(samples.DigestBlocks(blocksPerDigest: 1, options.ToParallelOptions()));
    }

    /// <summary>Returns the digest so far, as text.</summary>
    public override string ToString() => Convert.ToHexString(_hash.GetCurrentHash());

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();
}
