namespace Engine.Collectives;

/// <summary>Consecutive blocks that one rank sums.</summary>
/// <param name="Rank">The rank.</param>
/// <param name="FirstBlock">The first block.</param>
/// <param name="EndBlock">The block after the last.</param>
internal readonly record struct BlockSegment(int Rank, long FirstBlock, long EndBlock)
{
    /// <summary>Gets the number of blocks.</summary>
    public long BlockCount => EndBlock - FirstBlock;
}

/// <summary>Which rank does the work on which blocks of a table.</summary>
/// <param name="collective">The ranks.</param>
/// <param name="segments">All blocks, in order; each segment but the last ends with a run of blocks, so that no partial sum belongs to two ranks.</param>
/// <param name="isReadableByAll">Whether every rank can read all rows, and only sums are shared; otherwise a rank reads its own segments alone.</param>
internal sealed class RankShare(ICollective collective, IReadOnlyList<BlockSegment> segments, bool isReadableByAll)
{
    /// <summary>Gets the ranks.</summary>
    public ICollective Collective => collective;

    /// <summary>Gets all blocks, in order.</summary>
    public IReadOnlyList<BlockSegment> Segments => segments;

    /// <summary>Gets whether every rank can read all rows.</summary>
    public bool IsReadableByAll => isReadableByAll;

    /// <summary>Gets the segments of this rank, in order.</summary>
    public IEnumerable<BlockSegment> Own => segments.Where(segment => segment.Rank == collective.Rank);

    /// <summary>Returns the rank that owns a block.</summary>
    public int OwnerOf(long block) => segments[SegmentOf(block)].Rank;

    /// <summary>Returns the place of the segment that a block is in.</summary>
    public int SegmentOf(long block)
    {
        var (low, high) = (0, segments.Count - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (block < segments[middle].EndBlock)
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }
}
