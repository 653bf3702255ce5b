using Engine.Collectives;
using Engine.Diagnostics;
using Engine.Numerics;

namespace Engine.Data;

/// <content>Tables whose rows lie with several processes.</content>
public sealed partial class SampleMatrix
{
    /// <summary>How many floats of rows are sent at a time.</summary>
    internal const int FloatsPerMessage = 1 << 22;

    /// <summary>Gets which rank does the work on which blocks; null where the table is this process's alone.</summary>
    internal RankShare? Share => _source.Share;

    /// <summary>Gets whether rows lie with several ranks, of which each reads its own alone.</summary>
    internal bool IsSpread => Share is { IsReadableByAll: false };

    /// <summary>Makes one table of the rows of all ranks, in their order; each rank reads its own, where they lie.</summary>
    /// <param name="own">The rows of this rank, as many columns on every rank: a multiple of <see cref="RankRows.RowsPerRun"/> rows on each but the last that has any. <see cref="RankRows.Of"/> divides a table so.</param>
    /// <param name="collective">The ranks; all of them call this, and every later operation on the table, in the same order.</param>
    /// <returns>The table: indices of rows, and labels, weights, masks and plans beside it, are those of the whole.</returns>
    /// <exception cref="ArgumentException">Columns differ between ranks, a rank has no whole number of runs, or no rank has a row.</exception>
    /// <remarks>
    /// <para><b>Determinism</b>: the same bits as one process that holds all rows, however they are divided.</para>
    /// <para><b>What works</b>: docs/more-than-one-machine.md lists it. Anything else throws <see cref="InvalidOperationException"/> when it reads a row of another rank.</para>
    /// </remarks>
    public static SampleMatrix OfRanks(SampleMatrix own, ICollective collective)
    {
        ArgumentNullException.ThrowIfNull(own);
        ArgumentNullException.ThrowIfNull(collective);
        using var hold = own.Hold();
        var shapes = collective.GatherOne((own.RowCount, own.FeatureCount));
        var last = Array.FindLastIndex(shapes, static shape => shape.RowCount > 0);
        if (last < 0)
            Throw.Argument_Invalid(nameof(own), "no rank has a row; a table of ranks needs at least one.");
        var (segments, starts) = (new List<BlockSegment>(), new long[shapes.Length + 1]);
        for (var rank = 0; rank < shapes.Length; rank++)
        {
            var (rowCount, featureCount) = shapes[rank];
            if (featureCount != own.FeatureCount)
                Throw.Argument_FeatureCountsDiffer(nameof(own), own.FeatureCount, $"rank {rank}", featureCount);
            if (rank < last && rowCount % RankRows.RowsPerRun != 0)
                Throw.Argument_Invalid(nameof(own), $"rank {rank} has {rowCount:N0} rows, and rank {last} has rows after them; every rank but the last that has rows needs a multiple of {RankRows.RowsPerRun:N0}, as RankRows.Of divides a table.");
            starts[rank + 1] = starts[rank] + rowCount;
            if (rowCount > 0)
                segments.Add(new BlockSegment(rank, starts[rank] / RowsPerBlock, (starts[rank + 1] + RowsPerBlock - 1) / RowsPerBlock));
        }

        CheckShape(starts[^1], own.FeatureCount);
        return new SampleMatrix(new SharedRows(own, starts[collective.Rank], new RankShare(collective, segments, isReadableByAll: false)), starts[^1], own.FeatureCount);
    }

    /// <summary>Puts rows that this process holds at their places in a larger table, of which it needs no others.</summary>
    /// <param name="held">The rows.</param>
    /// <param name="rows">The place of each in the table, strictly rising. They are copied.</param>
    /// <param name="rowCount">The rows of the table.</param>
    /// <returns>The table: whatever reads another row than these throws <see cref="InvalidOperationException"/>. Parts of it that ranks share are made by <see cref="OfRanks"/>, of the rows that <see cref="SelectRows"/> takes on each.</returns>
    /// <exception cref="ArgumentException">There is not one place a row, or places do not rise.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A place is outside the table.</exception>
    /// <remarks>For tables that are cut in training and test rows, of each of which every rank has a part: labels, splits and groups are of all rows on every rank, features of those that it works on.</remarks>
    public static SampleMatrix OfHeldRows(SampleMatrix held, ReadOnlyMemory<long> rows, long rowCount)
    {
        ArgumentNullException.ThrowIfNull(held);
        CheckShape(rowCount, held.FeatureCount);
        var places = rows.ToArray();
        if (places.Length != held.RowCount)
            Throw.Argument_LengthsDiffer(nameof(rows), places.Length, nameof(held), held.RowCount);
        for (var i = 0; i < places.Length; i++)
        {
            if (places[i] < 0 || places[i] >= rowCount)
                Throw.ArgumentOutOfRange(nameof(rows), places[i], $"0 to {rowCount - 1:N0}");
            if (i > 0 && places[i] <= places[i - 1])
                Throw.Argument_Invalid(nameof(rows), $"place {i:N0} is row {places[i]:N0} and the one before is row {places[i - 1]:N0}; places rise, and none occurs twice.");
        }

        return new SampleMatrix(new HeldRows(held, places), rowCount, held.FeatureCount);
    }

    /// <summary>Divides a table that every rank can open, such as a mapped file, so that each reads its own rows alone.</summary>
    /// <param name="collective">The ranks, as in <see cref="OfRanks"/>.</param>
    /// <returns>The table, as <see cref="OfRanks"/> returns it.</returns>
    /// <exception cref="ArgumentException">The table has another shape on another rank, or no row.</exception>
    public SampleMatrix DivideAmongRanks(ICollective collective)
    {
        using var hold = Hold();
        var own = RankRows.Of(RowCount, collective);
        var divided = OfRanks(RowsFrom(own.FirstRow, own.RowCount), collective);
        if (divided.RowCount != RowCount)
            Throw.Argument_LengthsDiffer("the table of this rank", RowCount, "that of all ranks", divided.RowCount);
        return divided;
    }

    /// <summary>Returns consecutive rows as a view; those that lie with several ranks are sent to all of them.</summary>
    internal SampleMatrix RowsFrom(long firstRow, long rowCount)
    {
        if (!IsSpread)
            return new SampleMatrix(new ConsecutiveRows(this, firstRow), rowCount, FeatureCount);
        var rows = new long[rowCount];
        for (var i = 0; i < rows.Length; i++)
            rows[i] = firstRow + i;
        return SendToAll(rows);
    }

    /// <summary>Returns rows for sums over them: those of a table of several ranks stay with ranks, each run of them with the rank that has most of it.</summary>
    /// <param name="rows">Rows, in any order; rising ones hardly move.</param>
    internal SampleMatrix SelectForSums(long[] rows) => IsSpread ? CopyInRuns(rows) : SelectRows(rows);

    /// <summary>Returns the rows of this rank, in one stretch, and the place of the first; no rows where it has none.</summary>
    internal (SampleMatrix Rows, long FirstRow) OwnRows()
    {
        if (_source is SharedRows shared)
            return (shared.Readable, shared.FirstRow);
        var own = Share!.Own.SingleOrDefault();
        var first = own.FirstBlock * RowsPerBlock;
        return (new SampleMatrix(new ConsecutiveRows(this, first), Math.Min(RowCount, own.EndBlock * RowsPerBlock) - first, FeatureCount), first);
    }

    /// <summary>Returns the rows, which lie with several ranks, as a view that can be disposed by itself.</summary>
    internal SampleMatrix ViewOfRanks()
    {
        var (own, first) = OwnRows();
        return new SampleMatrix(new SharedRows(own, first, Share!), RowCount, FeatureCount);
    }

    /// <summary>Returns the table whose rows are folded into so many of this one; null where this is no such view.</summary>
    internal SampleMatrix? UnfoldedOf(int partCount) => _source is FoldedRows folded && folded.PartCount == partCount ? folded.Whole : null;

    /// <summary>Does something with every block that this process reads, in any order: all of them, or those of this rank.</summary>
    internal void ForBlocks(ParallelOptions options, Action<RowBlock> action)
    {
        using var hold = Hold();
        foreach (var segment in ReadableSegments())
        {
            ParallelLoop.For(
                segment.FirstBlock,
                segment.EndBlock,
                options,
                () => new float[BlockScratchLength],
                (blockIndex, _, scratch) =>
                {
                    action(ReadHeldBlock(blockIndex, scratch));
                    return scratch;
                },
                static _ => { });
        }
    }

    /// <summary>Does the same with blocks of a matrix that the caller holds, of which some rows are read at a time.</summary>
    internal void ForRuns(ParallelOptions options, Action<RowRun> action)
    {
        foreach (var segment in ReadableSegments())
            ParallelLoop.For(segment.FirstBlock, segment.EndBlock, options, index => action(OpenBlock(index)));
    }

    /// <summary>Completes values, one a row, of which every rank has computed those of the rows that it reads.</summary>
    internal void ExchangeRows<T>(Span<T> values)
        where T : unmanaged
    {
        if (!IsSpread)
            return;
        foreach (var segment in Share!.Segments)
        {
            var (first, end) = (segment.FirstBlock * RowsPerBlock, Math.Min(RowCount, segment.EndBlock * RowsPerBlock));
            Share.Collective.BroadcastValues(values[(int)first..(int)end], segment.Rank);
        }
    }

    /// <summary>Returns the blocks that this process reads: all of them, or those of this rank.</summary>
    internal BlockSegment[] ReadableSegments() => IsSpread ? [.. Share!.Own] : [new BlockSegment(0, 0, BlockCount)];

    /// <summary>Copies rows that lie with several ranks to all of them; what is summed over the copy is shared among the ranks.</summary>
    private SampleMatrix SendToAll(long[] rows)
    {
        using var hold = Hold();
        var (copy, owners) = (new OwnedRows(rows.Length, FeatureCount, Stride), OwnersOf(rows));
        Send(rows, owners, [.. Enumerable.Range(0, rows.Length)], (place, values) => values.CopyTo(copy.GetRow(place)));
        return new SampleMatrix(copy, rows.Length, FeatureCount).SharedBy(Share!.Collective);
    }

    /// <summary>Copies rows that lie with several ranks in runs, each to the rank that has most of it; only the others of a run are sent.</summary>
    private SampleMatrix CopyInRuns(long[] rows)
    {
        using var hold = Hold();
        var (share, owners) = (Share!, OwnersOf(rows));
        var ofRuns = owners.Chunk(RankRows.RowsPerRun).Select(static run => run.CountBy(static owner => owner).MaxBy(static owner => owner.Value).Key).ToArray();
        var copy = new CopiedRuns(rows.Length, FeatureCount, ofRuns, share.Collective);
        ParallelLoop.For(0, (rows.Length / RowsPerBlock) + 1, new ParallelOptions(), block =>
        {
            for (var place = block * RowsPerBlock; place < Math.Min(rows.Length, (block + 1) * RowsPerBlock); place++)
            {
                if (copy.Holds(place) && owners[place] == share.Collective.Rank)
                    _source.CopyRows(rows[place], 1, copy.GetRow(place), FeatureCount);
            }
        });
        var moved = Enumerable.Range(0, rows.Length).Where(place => owners[place] != ofRuns[place / RankRows.RowsPerRun]).ToArray();
        Send(rows, owners, moved, (place, values) =>
        {
            if (copy.Holds(place))
                values.CopyTo(copy.GetRow(place));
        });
        return new SampleMatrix(copy, rows.Length, FeatureCount);
    }

    private int[] OwnersOf(long[] rows) => Array.ConvertAll(rows, row => Share!.OwnerOf(row / RowsPerBlock));

    /// <summary>Sends some of the rows that are named from their owners to all ranks.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="owners">The rank of each.</param>
    /// <param name="places">Which of them are sent, rising.</param>
    /// <param name="receive">Takes the place of a row and its values; called on every rank.</param>
    private void Send(long[] rows, int[] owners, int[] places, ReceivedRow receive)
    {
        var (collective, perMessage) = (Share!.Collective, Math.Max(1, FloatsPerMessage / FeatureCount));
        var message = new float[(long)Math.Min(perMessage, places.Length) * FeatureCount];
        foreach (var some in places.Chunk(perMessage))
        {
            foreach (var ofOwner in some.GroupBy(place => owners[place]).OrderBy(static group => group.Key))
            {
                var (own, length) = (ofOwner.ToArray(), 0);
                var ofOwn = Array.ConvertAll(own, place => rows[place]);
                for (int i = 0, count; i < own.Length; i += count)
                {
                    // Rows that follow each other, such as the hours of a stay, are read at once.
                    count = RowCopy.CountFollowing<long>(ofOwn.AsSpan(i));
                    if (ofOwner.Key == collective.Rank)
                        _source.CopyRows(ofOwn[i], count, message.AsSpan(length), FeatureCount);
                    length += count * FeatureCount;
                }

                collective.BroadcastRows(message.AsSpan(0, length), ofOwner.Key);
                length = 0;
                foreach (var place in own)
                {
                    receive(place, message.AsSpan(length, FeatureCount));
                    length += FeatureCount;
                }
            }
        }
    }

    private delegate void ReceivedRow(int place, ReadOnlySpan<float> values);

    /// <summary>Returns a table that all ranks hold as one whose sums they share.</summary>
    private SampleMatrix SharedBy(ICollective collective) =>
        new(new SharedRows(this, 0, new RankShare(collective, [.. BlockReduction.Divide(collective, 0, BlockCount)], isReadableByAll: true)), RowCount, FeatureCount);
}
