using System.Numerics;
using System.Runtime.CompilerServices;
using Engine.Data;
using Engine.Numerics;
using Engine.Numerics.Codes;

namespace Engine.Compute.Search;

/// <summary>The codes of a tile of queries for L1.</summary>
/// <remarks>
/// All rows of a leaf are compared by their first packs, those that pass by all packs. How many packs come first follows from how many rows passed so far:
/// one more costs eight registers a leaf, a row that passes costs all its packs. It changes what a search takes, never what it finds.
/// </remarks>
internal sealed unsafe class ColumnTile : QueryTile
{
    /// <summary>Comparisons of a query and a leaf after which the number of first packs is chosen anew.</summary>
    private const int ComparisonsPerChoice = 4096;

    /// <summary>Packs of passing rows, a comparison, above which one more pack comes first; that costs a read of each of the eight octets of a leaf.</summary>
    private const int MostPassingPacks = 8;

    /// <summary>The same, below which one pack fewer comes first.</summary>
    private const int FewestPassingPacks = 2;

    private readonly ColumnFilter _filter;
    private readonly RowReader _reader;
    private readonly NativeBuffer<byte> _codes;
    private readonly NativeBuffer<byte> _box;
    private readonly NativeBuffer<long> _columns;
    private readonly NativeBuffer<long> _boxStarts = new(LargestCount);
    private readonly double[] _residuals = new double[LargestCount];
    private readonly int[] _reaches = new int[LargestCount];
    private long _residualInStarts;
    private int _firstPacks;
    private int _comparisons;
    private long _passed;

    public ColumnTile(ColumnFilter filter, SampleMatrix queries)
    {
        _filter = filter;
        _reader = new RowReader(queries);
        _firstPacks = (filter.PackCount + 1) / 2;
        _codes = new NativeBuffer<byte>(LargestCount * filter.CodeLength);
        _box = new NativeBuffer<byte>(2 * filter.BoxLength);
        _columns = new NativeBuffer<long>(filter.BoxLength / sizeof(long) * LargestCount);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void BoundLeaves(Span<int> bounds, Span<long> closest)
    {
        byte* low = _box.Pointer, high = low + _filter.BoxLength;
        Span<long> distances = stackalloc long[closest.Length];
        var best = new ClosestLeaves(closest, distances);
        for (var leaf = 0; leaf < bounds.Length; leaf++)
        {
            byte* leafLow = _filter.LowAt(leaf), leafHigh = leafLow + _filter.BoxLength;
            bounds[leaf] = ByteBox.Gap(low, high, leafLow, leafHigh, _filter.BoxLength) - _filter.LargestResidualOf(leaf);
            best.Offer(leaf, ByteBox.CornerDistance(low, high, leafLow, leafHigh, _filter.BoxLength));
        }
    }

    public override void SetLimit(int query, double distance)
    {
        var reach = (distance / _filter.Coding.Step * (1 + 1e-9)) + _residuals[query] + _filter.Coding.Slack;
        _reaches[query] = reach < int.MaxValue ? (int)reach : int.MaxValue;
        _boxStarts.Pointer[query] = -(long)_reaches[query] - 1 - _residualInStarts;
    }

    public override int ReachOf(int query) => _reaches[query];

    public override ulong Reaching(long leaf)
    {
        // The largest residual of the leaf widens the reach of all queries alike: it is added to the box instead, once.
        var residual = _filter.LargestResidualOf(leaf);
        if (residual != _residualInStarts)
        {
            for (var query = 0; query < Count; query++)
                _boxStarts.Pointer[query] += _residualInStarts - residual;
            _residualInStarts = residual;
        }

        return LeafKernel.ReachBytes(_columns.Pointer, _filter.BoxLength / sizeof(long), (long*)_filter.LowAt(leaf), (long*)_filter.HighAt(leaf), _boxStarts.Pointer);
    }

    public override void Compare(long leaf, ReadOnlySpan<int> active, ulong* near)
    {
        var queries = stackalloc long*[LeafKernel.QueriesPerCall];
        var starts = stackalloc long[LeafKernel.QueriesPerCall];
        for (var i = 0; i < active.Length; i++)
        {
            queries[i] = (long*)CodesOf(active[i]);
            starts[i] = -(long)_reaches[active[i]] - 1;
        }

        LeafKernel.CompareBytes(_filter.LeafAt(leaf), _firstPacks, _filter.OffsetsAt(leaf), queries, active.Length, starts, near);
    }

    public override void LookCloser(long leaf, ReadOnlySpan<int> active, ulong* near)
    {
        for (var i = 0; i < active.Length; i++)
        {
            _passed += BitOperations.PopCount(near[i]);
            if (near[i] != 0 && _firstPacks < _filter.PackCount)
                near[i] = LeafKernel.CompareSomeBytes(_filter.LeafAt(leaf), _filter.PackCount, _filter.OffsetsAt(leaf), (long*)CodesOf(active[i]), -(long)_reaches[active[i]] - 1, near[i]);
        }

        _comparisons += active.Length;
        if (_comparisons >= ComparisonsPerChoice)
            ChooseFirstPacks();
    }

    public override bool MayBeNear(int query, long place) => true;

    public override void Dispose()
    {
        _codes.Dispose();
        _box.Dispose();
        _columns.Dispose();
        _boxStarts.Dispose();
    }

    protected override void Encode(ReadOnlySpan<int> rows, long leaf)
    {
        byte* low = _box.Pointer, high = low + _filter.BoxLength;
        new Span<byte>(low, _filter.BoxLength).Fill(byte.MaxValue);
        new Span<byte>(high, _filter.BoxLength).Clear();
        for (var query = 0; query < rows.Length; query++)
        {
            var codes = CodesOf(query);
            _residuals[query] = _filter.Coding.Encode(_reader.Read(rows[query]), new Span<byte>(codes, _filter.CodeLength));
            ByteBox.Include(low, high, codes, _filter.BoxLength);
            for (var pack = 0; pack < _filter.BoxLength / sizeof(long); pack++)
                _columns.Pointer[(pack * LargestCount) + query] = ((long*)codes)[pack];
        }
    }

    private void ChooseFirstPacks()
    {
        var packs = _passed * _filter.PackCount / _comparisons;
        if (packs > MostPassingPacks)
            _firstPacks = Math.Min(_firstPacks + 1, _filter.PackCount);
        else if (packs < FewestPassingPacks)
            _firstPacks = Math.Max(_firstPacks - 1, 1);
        (_comparisons, _passed) = (0, 0);
    }

    private byte* CodesOf(int query) => _codes.Pointer + ((long)query * _filter.CodeLength);
}
