using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Engine.Collectives;
using Engine.Numerics;

namespace Engine.Data;

/// <content>What tells one table from another.</content>
public sealed partial class SampleMatrix
{
    /// <summary>Computes a digest of all rows: of their bits, wherever they lie.</summary>
    /// <returns>32 bytes, the same for the same rows in memory, in a file, as a view, and on any number of ranks.</returns>
    /// <remarks><b>Computes</b> SHA-256 of each run of <see cref="RankRows.RowsPerRun"/> rows with their padding, and SHA-256 of the shape and these digests in order: runs are read on all cores, and by the rank that has them.</remarks>
    public byte[] Digest()
    {
        var digests = DigestBlocks(BlockReduction.BlocksPerRun, new ParallelOptions());
        var shape = new byte[sizeof(long) + sizeof(int)];
        BinaryPrimitives.WriteInt64LittleEndian(shape, RowCount);
        BinaryPrimitives.WriteInt32LittleEndian(shape.AsSpan(sizeof(long)), FeatureCount);
        return SHA256.HashData([.. shape, .. digests]);
    }

    /// <summary>Computes digests of so many blocks each, with their padding: on all cores that the options allow, and by the rank that has the blocks.</summary>
    /// <param name="blocksPerDigest">At most <see cref="BlockReduction.BlocksPerRun"/>, and a divisor of it: no digest is of blocks of two ranks.</param>
    /// <param name="options">How to use the machine.</param>
    /// <returns>SHA-256, 32 bytes each, in the order of the blocks; the same on every rank.</returns>
    internal byte[] DigestBlocks(int blocksPerDigest, ParallelOptions options)
    {
        using var hold = Hold();
        var digests = new byte[CountDigests(BlockCount) * SHA256.HashSizeInBytes];
        foreach (var segment in ReadableSegments())
        {
            ParallelLoop.For(
                segment.FirstBlock / blocksPerDigest,
                CountDigests(segment.EndBlock),
                options,
                () => new float[BlockScratchLength],
                (index, _, scratch) =>
                {
                    var first = index * blocksPerDigest;
                    HashBlocks(first, Math.Min(BlockCount, first + blocksPerDigest), scratch, digests.AsSpan((int)index * SHA256.HashSizeInBytes, SHA256.HashSizeInBytes));
                    return scratch;
                },
                static _ => { });
        }

        foreach (var segment in IsSpread ? Share!.Segments : [])
        {
            var (first, end) = (segment.FirstBlock / blocksPerDigest, CountDigests(segment.EndBlock));
            Share!.Collective.BroadcastValues(digests.AsSpan((int)first * SHA256.HashSizeInBytes, (int)(end - first) * SHA256.HashSizeInBytes), segment.Rank);
        }

        return digests;

        long CountDigests(long blocks) => (blocks + blocksPerDigest - 1) / blocksPerDigest;
    }

    private void HashBlocks(long firstBlock, long endBlock, float[] scratch, Span<byte> digest)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var block = firstBlock; block < endBlock; block++)
            hash.AppendData(MemoryMarshal.AsBytes(ReadHeldBlock(block, scratch).Values));
        hash.GetHashAndReset(digest);
    }
}
