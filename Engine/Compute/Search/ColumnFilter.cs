using System.Runtime.CompilerServices;
using Engine.Data;
using Engine.Numerics;

namespace Engine.Compute.Search;

/// <summary>The filter for L1: byte codes of a <see cref="ColumnCoding"/> and a box around those of every leaf.</summary>
/// <remarks>
/// <code>
/// leaf       | codes 0-7 of 64 rows | codes 8-15 of 64 rows | ...           compared by LeafKernel
/// offsets    | -residual of 64 rows |
/// box        | lowest codes | highest codes |                                of the first codes
/// </code>
/// <b>Cost</b>: a row takes 1 byte a column and 13 to 21 more.
/// </remarks>
internal sealed unsafe class ColumnFilter : LeafFilter
{
    private const int ColumnsPerPack = 8;
    private const int LargestBox = 256;

    /// <summary>Rows that are fetched ahead: their order is not that of memory.</summary>
    private const int RowsAhead = 4;

    private readonly NativeBuffer<long> _leaves;
    private readonly NativeBuffer<long> _offsets;
    private readonly NativeBuffer<byte> _boxes;
    private readonly NativeBuffer<int> _largestResiduals;

    private ColumnFilter(SampleMatrix rows, ColumnCoding coding, NativeBuffer<int> order)
        : base(rows, order)
    {
        Coding = coding;
        PackCount = (rows.FeatureCount + ColumnsPerPack - 1) / ColumnsPerPack;
        BoxLength = Math.Min(LargestBox, (rows.FeatureCount + ByteBox.Multiple - 1) / ByteBox.Multiple * ByteBox.Multiple);
        CodeLength = Math.Max(SampleMatrix.PaddedLength(rows.FeatureCount), BoxLength);
        _leaves = new NativeBuffer<long>(LeafCount * PackCount * RowsPerLeaf);
        _offsets = new NativeBuffer<long>(LeafCount * RowsPerLeaf);
        _boxes = new NativeBuffer<byte>(LeafCount * 2 * BoxLength);
        _largestResiduals = new NativeBuffer<int>(LeafCount);
    }

    /// <summary>Gets the map to codes.</summary>
    public ColumnCoding Coding { get; }

    /// <summary>Gets the number of packs of eight codes a row.</summary>
    public int PackCount { get; }

    /// <summary>Gets the number of coordinates of a box.</summary>
    public int BoxLength { get; }

    /// <summary>Gets the room that the codes of a row need, for packs and boxes.</summary>
    public int CodeLength { get; }

    /// <summary>Encodes rows.</summary>
    /// <param name="rows">The matrix, finite.</param>
    /// <param name="subset">The rows to search, ascending; null for all.</param>
    /// <param name="options">How to use the machine.</param>
    public static ColumnFilter Build(SampleMatrix rows, long[]? subset, ParallelOptions options)
    {
        var count = subset?.LongLength ?? rows.RowCount;
        var coding = ColumnCoding.Choose(rows, count, subset is null ? static i => i : i => subset[i], options);
        var filter = new ColumnFilter(rows, coding, OrderOf(coding, rows, subset, count, RowsPerLeaf, options));
        ParallelLoop.For(
            0L,
            filter.LeafCount,
            options,
            () => (Reader: new RowReader(rows), Codes: new byte[filter.CodeLength]),
            (leaf, _, scratch) =>
            {
                filter.EncodeLeaf(leaf, scratch.Reader, scratch.Codes);
                return scratch;
            },
            static _ => { });
        return filter;
    }

    public long* LeafAt(long leaf) => _leaves.Pointer + (leaf * PackCount * RowsPerLeaf);

    public long* OffsetsAt(long leaf) => _offsets.Pointer + (leaf * RowsPerLeaf);

    public byte* LowAt(long leaf) => _boxes.Pointer + (leaf * 2 * BoxLength);

    public byte* HighAt(long leaf) => LowAt(leaf) + BoxLength;

    public int LargestResidualOf(long leaf) => _largestResiduals.Pointer[leaf];

    public override QueryTile CreateTile(SampleMatrix queries) => new ColumnTile(this, queries);

    public override NativeBuffer<int> OrderQueries(SampleMatrix queries, ParallelOptions options) =>
        OrderOf(Coding, queries, null, queries.RowCount, QueryTile.LargestCount, options);

    public override void Dispose()
    {
        base.Dispose();
        _leaves.Dispose();
        _offsets.Dispose();
        _boxes.Dispose();
        _largestResiduals.Dispose();
    }

    private static NativeBuffer<int> OrderOf(ColumnCoding coding, SampleMatrix rows, long[]? subset, long count, int leafSize, ParallelOptions options)
    {
        using var coordinates = new NativeBuffer<short>(count * LeafOrder.CoordinateCount);
        ParallelLoop.For(
            0L,
            (count + RowsPerLeaf - 1) / RowsPerLeaf,
            options,
            () => new RowReader(rows),
            (step, state, reader) =>
            {
                for (var i = step * RowsPerLeaf; i < Math.Min(count, (step + 1) * RowsPerLeaf); i++)
                {
                    var row = reader.Read(subset is null ? i : subset[i]);
                    coding.EncodeFirst(row, new Span<short>(coordinates.Pointer + (i * LeafOrder.CoordinateCount), LeafOrder.CoordinateCount));
                }

                return reader;
            },
            static _ => { });
        return LeafOrder.Sort(coordinates.Pointer, count, subset, leafSize, options);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void EncodeLeaf(long leaf, RowReader reader, byte[] codes)
    {
        byte* low = LowAt(leaf), high = HighAt(leaf);
        new Span<byte>(low, BoxLength).Fill(byte.MaxValue);
        var first = leaf * RowsPerLeaf;
        var count = (int)Math.Min(Order.Length - first, RowsPerLeaf);
        var packs = LeafAt(leaf);
        fixed (byte* code = codes)
        {
            for (var slot = 0; slot < count; slot++)
            {
                reader.Prefetch(Order.Pointer[Math.Min(first + slot + RowsAhead, Order.Length - 1)]);
                var residual = (int)Math.Ceiling(Coding.Encode(reader.Read(Order.Pointer[first + slot]), codes));
                OffsetsAt(leaf)[slot] = -residual;
                _largestResiduals.Pointer[leaf] = Math.Max(_largestResiduals.Pointer[leaf], residual);
                for (var pack = 0; pack < PackCount; pack++)
                    packs[((long)pack * RowsPerLeaf) + slot] = ((long*)code)[pack];
                ByteBox.Include(low, high, code, BoxLength);
            }
        }
    }
}
