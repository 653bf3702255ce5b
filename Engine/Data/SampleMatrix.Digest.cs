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
        using var hold = Hold();
        var digests = new byte[(BlockCount + BlockReduction.BlocksPerRun - 1) / BlockReduction.BlocksPerRun * SHA256.HashSizeInBytes];
        foreach (var segment in ReadableSegments())
        {
            var (first, end) = RunsOf(segment);
            ParallelLoop.For(
                first,
                end,
                new ParallelOptions(),
                () => new float[BlockScratchLength],
                (run, _, scratch) =>
                {
                    HashRun(run, scratch, digests.AsSpan((int)run * SHA256.HashSizeInBytes, SHA256.HashSizeInBytes));
                    return scratch;
                },
                static _ => { });
        }

        if (IsSpread)
        {
            foreach (var segment in Share!.Segments)
            {
                var (first, end) = RunsOf(segment);
                Share.Collective.BroadcastValues(digests.AsSpan((int)first * SHA256.HashSizeInBytes, (int)(end - first) * SHA256.HashSizeInBytes), segment.Rank);
            }
        }

        var shape = new byte[sizeof(long) + sizeof(int)];
        BinaryPrimitives.WriteInt64LittleEndian(shape, RowCount);
        BinaryPrimitives.WriteInt32LittleEndian(shape.AsSpan(sizeof(long)), FeatureCount);
        return SHA256.HashData([.. shape, .. digests]);
    }

    private static (long First, long End) RunsOf(BlockSegment segment) =>
        (segment.FirstBlock / BlockReduction.BlocksPerRun, (segment.EndBlock + BlockReduction.BlocksPerRun - 1) / BlockReduction.BlocksPerRun);

    private void HashRun(long run, float[] scratch, Span<byte> digest)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var block = run * BlockReduction.BlocksPerRun; block < Math.Min(BlockCount, (run + 1) * BlockReduction.BlocksPerRun); block++)
            hash.AppendData(MemoryMarshal.AsBytes(ReadHeldBlock(block, scratch).Values));
        hash.GetHashAndReset(digest);
    }
}
