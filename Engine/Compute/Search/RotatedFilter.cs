using System.Runtime.CompilerServices;
using Engine.Data;
using Engine.Numerics;

namespace Engine.Compute.Search;

/// <summary>The filter for L2: 16-bit codes of a <see cref="ContractiveQuantizer"/>, a box around those of every leaf, more codes for a closer look.</summary>
/// <remarks>
/// <code>
/// leaf       | pair 0 of 64 rows | pair 1 of 64 rows | ...       compared by LeafKernel
/// offsets    | -floor(|codes|² / 2) of 64 rows |
/// box        | lowest codes | highest codes |                    of the leading coordinates
/// wide       | all wide codes of row 0 | of row 1 | ...          read for the few rows that pass
/// columns    | all column codes of row 0 | of row 1 | ...        read for the fewer that pass these too
/// </code>
/// <b>Cost</b>: a row takes 2 bytes a code, head, wide and column, and 9 more.
/// </remarks>
internal sealed unsafe class RotatedFilter : LeafFilter
{
    private const int LargestBox = 32;

    /// <summary>Rows that are fetched ahead: their order is not that of memory.</summary>
    private const int RowsAhead = 4;

    private readonly NativeBuffer<int> _leaves;
    private readonly NativeBuffer<int> _offsets;
    private readonly NativeBuffer<short> _boxes;
    private readonly NativeBuffer<short> _wide;
    private readonly NativeBuffer<short> _columns;

    private RotatedFilter(SampleMatrix rows, ContractiveQuantizer quantizer, NativeBuffer<int> order)
        : base(rows, order)
    {
        Quantizer = quantizer;
        PairCount = (quantizer.HeadCount + 1) / 2;
        BoxLength = Math.Min(PaddedLength(quantizer.HeadCount), LargestBox);
        WideStride = PaddedLength(quantizer.WideCount);
        ColumnStride = PaddedLength(quantizer.ColumnCount);
        _leaves = new NativeBuffer<int>(LeafCount * PairCount * RowsPerLeaf);
        _offsets = new NativeBuffer<int>(LeafCount * RowsPerLeaf);
        _boxes = new NativeBuffer<short>(LeafCount * 2 * BoxLength);
        _wide = new NativeBuffer<short>(order.Length * WideStride);
        _columns = new NativeBuffer<short>(order.Length * ColumnStride);
    }

    /// <summary>Gets the map to codes.</summary>
    public ContractiveQuantizer Quantizer { get; }

    /// <summary>Gets the number of pairs of head codes a row.</summary>
    public int PairCount { get; }

    /// <summary>Gets the number of coordinates of a box.</summary>
    public int BoxLength { get; }

    /// <summary>Gets the number of wide codes a row, padded with zeros; 0 for none.</summary>
    public int WideStride { get; }

    /// <summary>Gets the number of column codes a row, padded with zeros; 0 for none.</summary>
    public int ColumnStride { get; }

    /// <summary>Encodes rows.</summary>
    /// <param name="rows">The matrix, finite.</param>
    /// <param name="subset">The rows to search, ascending; null for all.</param>
    /// <param name="options">How to use the machine.</param>
    public static RotatedFilter Build(SampleMatrix rows, long[]? subset, ParallelOptions options)
    {
        var count = subset?.LongLength ?? rows.RowCount;
        var quantizer = QuantizerChoice.Choose(rows, count, subset is null ? static i => i : i => subset[i], options);
        var filter = new RotatedFilter(rows, quantizer, OrderOf(quantizer, rows, subset, count, RowsPerLeaf, options));
        ParallelLoop.For(
            0L,
            filter.LeafCount,
            options,
            () => new QuantizerBatch(quantizer, rows),
            (leaf, _, batch) =>
            {
                filter.EncodeLeaf(leaf, batch);
                return batch;
            },
            static batch => batch.Dispose());
        return filter;
    }

    /// <summary>Puts rows that lie close together next to each other.</summary>
    /// <param name="quantizer">A map of the rows.</param>
    /// <param name="rows">The matrix.</param>
    /// <param name="subset">The rows to order, ascending; null for all.</param>
    /// <param name="count">How many of them there are.</param>
    /// <param name="leafSize">Rows of a run that lie close together.</param>
    /// <param name="options">How to use the machine.</param>
    /// <returns>Rows of the matrix, run after run.</returns>
    public static NativeBuffer<int> OrderOf(ContractiveQuantizer quantizer, SampleMatrix rows, long[]? subset, long count, int leafSize, ParallelOptions options)
    {
        var used = Math.Min(LeafOrder.CoordinateCount, quantizer.HeadCount);
        using var coordinates = new NativeBuffer<short>(count * LeafOrder.CoordinateCount);
        ParallelLoop.For(
            0L,
            (count + QuantizerBatch.LargestCount - 1) / QuantizerBatch.LargestCount,
            options,
            () => new QuantizerBatch(quantizer, rows),
            (step, _, batch) =>
            {
                var first = step * QuantizerBatch.LargestCount;
                batch.Clear();
                for (var i = first; i < Math.Min(count, first + QuantizerBatch.LargestCount); i++)
                    batch.Add(subset is null ? i : subset[i]);
                quantizer.EncodeLeading(batch, used);
                for (var row = 0; row < batch.RowCount; row++)
                    batch.Head(row)[..used].CopyTo(new Span<short>(coordinates.Pointer + ((first + row) * LeafOrder.CoordinateCount), used));
                return batch;
            },
            static batch => batch.Dispose());
        return LeafOrder.Sort(coordinates.Pointer, count, subset, leafSize, options);
    }

    public int* LeafAt(long leaf) => _leaves.Pointer + (leaf * PairCount * RowsPerLeaf);

    public int* OffsetsAt(long leaf) => _offsets.Pointer + (leaf * RowsPerLeaf);

    public short* LowAt(long leaf) => _boxes.Pointer + (leaf * 2 * BoxLength);

    public short* HighAt(long leaf) => LowAt(leaf) + BoxLength;

    public short* WideAt(long place) => _wide.Pointer + (place * WideStride);

    public short* ColumnsAt(long place) => _columns.Pointer + (place * ColumnStride);

    public override QueryTile CreateTile(SampleMatrix queries) => new RotatedTile(this, queries);

    public override NativeBuffer<int> OrderQueries(SampleMatrix queries, ParallelOptions options) =>
        OrderOf(Quantizer, queries, null, queries.RowCount, QueryTile.LargestCount, options);

    public override void Dispose()
    {
        base.Dispose();
        _leaves.Dispose();
        _offsets.Dispose();
        _boxes.Dispose();
        _wide.Dispose();
        _columns.Dispose();
    }

    private static int PaddedLength(int count) => (count + ShortBox.Multiple - 1) / ShortBox.Multiple * ShortBox.Multiple;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void EncodeLeaf(long leaf, QuantizerBatch batch)
    {
        batch.Clear();
        var first = leaf * RowsPerLeaf;
        for (var place = first; place < Math.Min(Order.Length, first + RowsPerLeaf); place++)
        {
            batch.Prefetch(Order.Pointer[Math.Min(place + RowsAhead, Order.Length - 1)]);
            batch.Add(Order.Pointer[place]);
        }

        Quantizer.Encode(batch);

        short* low = LowAt(leaf), high = HighAt(leaf);
        var boxed = Math.Min(BoxLength, Quantizer.HeadCount);
        new Span<short>(low, boxed).Fill(short.MaxValue);
        new Span<short>(high, boxed).Fill(short.MinValue);
        for (var slot = 0; slot < batch.RowCount; slot++)
        {
            var head = batch.Head(slot);
            // A pair is two codes side by side: code c of a row lies in half c mod 2 of pair c / 2.
            var codes = (short*)(LeafAt(leaf) + slot);
            var square = 0;
            for (var code = 0; code < head.Length; code++)
            {
                codes[(code / 2 * 2 * RowsPerLeaf) + (code % 2)] = head[code];
                square += head[code] * head[code];
            }

            OffsetsAt(leaf)[slot] = -(square >> 1);
            batch.Wide(slot).CopyTo(new Span<short>(WideAt(first + slot), Quantizer.WideCount));
            batch.Columns(slot).CopyTo(new Span<short>(ColumnsAt(first + slot), Quantizer.ColumnCount));
            fixed (short* start = head)
                ShortBox.Include(low, high, start, boxed);
        }
    }
}
