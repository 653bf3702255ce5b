using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Engine.Data;
using Engine.Numerics;
using Engine.Numerics.Codes;

namespace Engine.Compute.Search;

/// <summary>The codes of a tile of queries for L2.</summary>
internal sealed unsafe class RotatedTile : QueryTile
{
    /// <summary>Column codes that are looked at before the next pair: 64 rows and 64 queries of them take 128 kB.</summary>
    private const int CodesPerLook = 512;

    private readonly RotatedFilter _filter;
    private readonly ContractiveQuantizer _quantizer;
    private readonly SampleMatrix _queries;
    private readonly int _headLength;
    private readonly NativeBuffer<short> _heads;
    private readonly NativeBuffer<short> _wides;
    private readonly NativeBuffer<short> _columns;
    private readonly NativeBuffer<short> _box;
    private readonly NativeBuffer<int> _boxColumns;
    private readonly NativeBuffer<int> _boxStarts = new(LargestCount);
    private readonly int[] _squares = new int[LargestCount];
    private readonly int[] _reaches = new int[LargestCount];
    private readonly int[] _starts = new int[LargestCount];
    private readonly int[] _wideReaches = new int[LargestCount];
    private readonly int[] _columnReaches = new int[LargestCount];
    private readonly int[] _partials = new int[LargestCount * LeafFilter.RowsPerLeaf];
    private readonly double _headSlack;
    private readonly double _wideSlack;
    private readonly double _columnSlack;
    private QuantizerBatch? _batch;

    public RotatedTile(RotatedFilter filter, SampleMatrix queries)
    {
        _filter = filter;
        _quantizer = filter.Quantizer;
        _queries = queries;
        _headLength = Math.Max(filter.PairCount * 2, filter.BoxLength);
        _heads = new NativeBuffer<short>(LargestCount * _headLength);
        _wides = new NativeBuffer<short>(LargestCount * filter.WideStride);
        _columns = new NativeBuffer<short>(LargestCount * filter.ColumnStride);
        _box = new NativeBuffer<short>(2 * filter.BoxLength);
        _boxColumns = new NativeBuffer<int>(filter.BoxLength / 2 * LargestCount);
        _headSlack = _quantizer.SlackOf(_quantizer.HeadCount);
        _wideSlack = _quantizer.SlackOf(_quantizer.WideCount);
        _columnSlack = _quantizer.SlackOf(_quantizer.ColumnCount);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void BoundLeaves(Span<int> bounds, Span<long> closest)
    {
        short* low = _box.Pointer, high = low + _filter.BoxLength;
        Span<long> distances = stackalloc long[closest.Length];
        var best = new ClosestLeaves(closest, distances);
        for (var leaf = 0; leaf < bounds.Length; leaf++)
        {
            short* leafLow = _filter.LowAt(leaf), leafHigh = leafLow + _filter.BoxLength;
            bounds[leaf] = ShortBox.SquaredGap(low, high, leafLow, leafHigh, _filter.BoxLength);
            best.Offer(leaf, ShortBox.CenterDistance(low, high, leafLow, leafHigh, _filter.BoxLength));
        }
    }

    public override void SetLimit(int query, double distance)
    {
        var reach = SquaredReach(distance, _headSlack);
        _reaches[query] = reach;
        _boxStarts.Pointer[query] = -reach - 1;
        // The shift rounds down for either sign, so the start errs on the side of keeping a row.
        _starts[query] = (int)-(((long)_squares[query] - reach) >> 1);
        if (_filter.WideStride > 0)
            _wideReaches[query] = SquaredReach(distance, _wideSlack);
        if (_filter.ColumnStride > 0)
            _columnReaches[query] = SquaredReach(distance, _columnSlack);
    }

    public override int ReachOf(int query) => _reaches[query];

    public override ulong Reaching(long leaf) => LeafKernel.ReachPairs(
        _boxColumns.Pointer, _filter.BoxLength / 2, (int*)_filter.LowAt(leaf), (int*)_filter.HighAt(leaf), _boxStarts.Pointer);

    public override void Compare(long leaf, ReadOnlySpan<int> active, ulong* near)
    {
        var queries = stackalloc int*[LeafKernel.QueriesPerCall];
        var starts = stackalloc int[LeafKernel.QueriesPerCall];
        for (var i = 0; i < active.Length; i++)
        {
            queries[i] = (int*)HeadOf(active[i]);
            starts[i] = _starts[active[i]];
        }

        LeafKernel.ComparePairs(_filter.LeafAt(leaf), _filter.PairCount, _filter.OffsetsAt(leaf), queries, active.Length, starts, near);
        for (var i = 0; i < active.Length; i++)
            near[i] = ~near[i];
    }

    public override bool MayBeNear(int query, long place) =>
        MayBeNearByAxes(query, place)
        && (_filter.ColumnStride == 0 || ShortBox.SquaredDistance(ColumnsOf(query), _filter.ColumnsAt(place), _filter.ColumnStride) <= _columnReaches[query]);

    public override void LookCloser(long leaf, ReadOnlySpan<int> active, ulong* near)
    {
        if (_filter.WideStride > 0)
            LookAtAxes(leaf, active, near);
        if (_filter.ColumnStride > 0)
            LookAtColumns(leaf, active, near);
    }

    public override void Dispose()
    {
        _heads.Dispose();
        _wides.Dispose();
        _columns.Dispose();
        _box.Dispose();
        _boxColumns.Dispose();
        _boxStarts.Dispose();
        _batch?.Dispose();
    }

    protected override void Encode(ReadOnlySpan<int> rows, long leaf)
    {
        if (leaf >= 0)
            CopyCodes(leaf);
        else
            ComputeCodes(rows);

        short* low = _box.Pointer, high = low + _filter.BoxLength;
        new Span<short>(low, _filter.BoxLength).Fill(short.MaxValue);
        new Span<short>(high, _filter.BoxLength).Fill(short.MinValue);
        for (var query = 0; query < rows.Length; query++)
        {
            var head = HeadOf(query);
            _squares[query] = 0;
            for (var code = 0; code < _quantizer.HeadCount; code++)
                _squares[query] += head[code] * head[code];
            ShortBox.Include(low, high, head, _filter.BoxLength);
            for (var pair = 0; pair < _filter.BoxLength / 2; pair++)
                _boxColumns.Pointer[(pair * LargestCount) + query] = ((int*)head)[pair];
        }
    }

    private void ComputeCodes(ReadOnlySpan<int> rows)
    {
        _batch ??= new QuantizerBatch(_quantizer, _queries);
        _batch.Clear();
        foreach (var row in rows)
            _batch.Prefetch(row);
        foreach (var row in rows)
            _batch.Add(row);
        _quantizer.Encode(_batch);
        for (var query = 0; query < rows.Length; query++)
        {
            _batch.Head(query).CopyTo(new Span<short>(HeadOf(query), _quantizer.HeadCount));
            _batch.Wide(query).CopyTo(new Span<short>(WideOf(query), _quantizer.WideCount));
            _batch.Columns(query).CopyTo(new Span<short>(ColumnsOf(query), _quantizer.ColumnCount));
        }
    }

    /// <summary>Takes the codes of a leaf, whose rows are the queries.</summary>
    private void CopyCodes(long leaf)
    {
        for (var query = 0; query < Count; query++)
        {
            for (var pair = 0; pair < _filter.PairCount; pair++)
                ((int*)HeadOf(query))[pair] = _filter.LeafAt(leaf)[((long)pair * LeafFilter.RowsPerLeaf) + query];
            var place = (leaf * LeafFilter.RowsPerLeaf) + query;
            new ReadOnlySpan<short>(_filter.WideAt(place), _filter.WideStride).CopyTo(new Span<short>(WideOf(query), _filter.WideStride));
            new ReadOnlySpan<short>(_filter.ColumnsAt(place), _filter.ColumnStride).CopyTo(new Span<short>(ColumnsOf(query), _filter.ColumnStride));
        }
    }

    private short* HeadOf(int query) => _heads.Pointer + (query * _headLength);

    private short* WideOf(int query) => _wides.Pointer + ((long)query * _filter.WideStride);

    private short* ColumnsOf(int query) => _columns.Pointer + ((long)query * _filter.ColumnStride);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool MayBeNearByAxes(int query, long place) =>
        _filter.WideStride == 0 || ShortBox.SquaredDistance(WideOf(query), _filter.WideAt(place), _filter.WideStride) <= _wideReaches[query];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void LookAtAxes(long leaf, ReadOnlySpan<int> active, ulong* near)
    {
        var first = leaf * LeafFilter.RowsPerLeaf;
        for (var i = 0; i < active.Length; i++)
        {
            for (var bits = near[i]; bits != 0 && Sse.IsSupported; bits &= bits - 1)
                Sse.Prefetch0(_filter.WideAt(first + BitOperations.TrailingZeroCount(bits)));
            for (var bits = near[i]; bits != 0; bits &= bits - 1)
            {
                if (!MayBeNearByAxes(active[i], first + BitOperations.TrailingZeroCount(bits)))
                    near[i] ^= bits & (~bits + 1);
            }
        }
    }

    /// <summary>Adds up some columns of all pairs before the next ones, so that what is read stays in the second-level cache; pairs drop out on the way.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void LookAtColumns(long leaf, ReadOnlySpan<int> active, ulong* near)
    {
        var first = leaf * LeafFilter.RowsPerLeaf;
        _partials.AsSpan().Clear();
        for (var part = 0; part < _filter.ColumnStride; part += CodesPerLook)
        {
            var length = Math.Min(CodesPerLook, _filter.ColumnStride - part);
            for (var i = 0; i < active.Length; i++)
            {
                var codes = ColumnsOf(active[i]) + part;
                var limit = _columnReaches[active[i]];
                for (var bits = near[i]; bits != 0; bits &= bits - 1)
                {
                    var slot = BitOperations.TrailingZeroCount(bits);
                    ref var partial = ref _partials[(i * LeafFilter.RowsPerLeaf) + slot];
                    partial += ShortBox.SquaredDistance(codes, _filter.ColumnsAt(first + slot) + part, length);
                    if (partial > limit)
                        near[i] ^= bits & (~bits + 1);
                }
            }
        }
    }

    private int SquaredReach(double distance, double slack)
    {
        var reach = (distance / _quantizer.Step * (1 + 1e-9)) + slack;
        return reach < 46_340 ? (int)(reach * reach) : int.MaxValue;
    }
}
