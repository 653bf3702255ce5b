using Engine.Collectives;
using Engine.Diagnostics;
using Engine.Numerics;

namespace Engine.Data;

/// <summary>Rows that were chosen from a table of several ranks, and copied: run by run to one rank or another, which holds its runs one behind the other.</summary>
internal sealed class CopiedRuns : RowSource
{
    private const int RowsPerRun = RankRows.RowsPerRun;

    private readonly OwnedRows _own;

    /// <summary>Of each run that this rank holds, where it begins; -1 for others.</summary>
    private readonly int[] _starts;

    /// <summary>Makes room for rows.</summary>
    /// <param name="rowCount">The rows of all ranks.</param>
    /// <param name="featureCount">Their features.</param>
    /// <param name="owners">The rank of each run.</param>
    /// <param name="collective">The ranks.</param>
    public CopiedRuns(int rowCount, int featureCount, int[] owners, ICollective collective)
    {
        _starts = new int[owners.Length];
        var (segments, blockCount, own) = (new List<BlockSegment>(), (rowCount + SampleMatrix.RowsPerBlock - 1L) / SampleMatrix.RowsPerBlock, 0);
        for (var run = 0; run < owners.Length; run++)
        {
            var (first, end) = (run * (long)BlockReduction.BlocksPerRun, Math.Min(blockCount, (run + 1L) * BlockReduction.BlocksPerRun));
            if (segments.Count > 0 && segments[^1].Rank == owners[run])
                segments[^1] = segments[^1] with { EndBlock = end };
            else
                segments.Add(new BlockSegment(owners[run], first, end));
            _starts[run] = owners[run] == collective.Rank ? own : -1;
            own += owners[run] == collective.Rank ? Math.Min(RowsPerRun, rowCount - (run * RowsPerRun)) : 0;
        }

        _own = new OwnedRows(own, featureCount, SampleMatrix.PaddedLength(featureCount));
        Share = new RankShare(collective, segments, isReadableByAll: false);
    }

    public override RankShare Share { get; }

    /// <summary>Returns whether this rank holds a row.</summary>
    public bool Holds(long row) => _starts[row / RowsPerRun] >= 0;

    /// <summary>Returns a row that this rank holds, for writing.</summary>
    public Span<float> GetRow(long row) => _own.GetRow(PlaceOf(row));

    public override void CopyRows(long firstRow, int rowCount, Span<float> destination, int stride)
    {
        for (var row = firstRow; row < firstRow + rowCount; row++)
        {
            if (!Holds(row))
                Throw.InvalidOperation_RowOfAnotherRank(row, Share.OwnerOf(row / SampleMatrix.RowsPerBlock), Share.Collective.Rank);
            _own.CopyRows(PlaceOf(row), 1, destination[(int)((row - firstRow) * stride)..], stride);
        }
    }

    public override bool TryGetPaddedRows(long firstRow, int rowCount, out ReadOnlySpan<float> values)
    {
        if (AreTogether(firstRow, rowCount))
            return _own.TryGetPaddedRows(PlaceOf(firstRow), rowCount, out values);
        values = default;
        return false;
    }

    public override bool TryGetRows(long firstRow, int rowCount, out ReadOnlySpan<float> values, out int stride)
    {
        if (AreTogether(firstRow, rowCount))
            return _own.TryGetRows(PlaceOf(firstRow), rowCount, out values, out stride);
        values = default;
        stride = 0;
        return false;
    }

    public override unsafe float* AddressOf(long row) => Holds(row) ? _own.AddressOf(PlaceOf(row)) : null;

    public override bool Overlaps(ReadOnlySpan<byte> memory) => _own.Overlaps(memory);

    private long PlaceOf(long row) => _starts[row / RowsPerRun] + (row % RowsPerRun);

    /// <summary>Returns whether rows lie in one run that this rank holds.</summary>
    private bool AreTogether(long firstRow, int rowCount) => Holds(firstRow) && firstRow / RowsPerRun == (firstRow + Math.Max(rowCount, 1) - 1) / RowsPerRun;
}
