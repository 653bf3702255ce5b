using System.Numerics;
using Engine.Numerics;
using Engine.Numerics.Codes;
using Engine.Tests.Support;

namespace Engine.Tests.Numerics.Codes;

/// <summary>A leaf, four queries and a box of random and extreme codes, between inaccessible pages, and what plain loops make of them.</summary>
internal sealed unsafe class CodedLeaf<T> : IDisposable
    where T : unmanaged, IBinaryInteger<T>
{
    private readonly CodeKind<T> _kind;
    private readonly bool _atEnd;
    private readonly RandomStream _stream;
    private readonly int[][] _rows;
    private readonly int[][] _queries;
    private readonly int[] _low;
    private readonly int[] _high;
    private readonly int[] _offsets;
    private readonly GuardedBuffer<T> _leafPacks;
    private readonly GuardedBuffer<T> _offsetValues;
    private readonly GuardedBuffer<T> _lowPacks;
    private readonly GuardedBuffer<T> _highPacks;
    private readonly GuardedBuffer<T>[] _queryPacks;
    private ulong _drawn;

    public CodedLeaf(CodeKind<T> kind, int packCount, bool atEnd)
    {
        (_kind, _atEnd, _stream) = (kind, atEnd, new RandomStream((ulong)packCount, atEnd ? 1UL : 0));
        var length = packCount * kind.CodesPerPack;
        _rows = [.. Enumerable.Range(0, LeafKernel.RowsPerLeaf).Select(_ => DrawCodes(length))];
        _queries = [.. Enumerable.Range(0, LeafKernel.QueriesPerCall).Select(_ => DrawCodes(length))];
        _low = [.. _rows[0].Zip(_rows[1], Math.Min)];
        _high = [.. _rows[0].Zip(_rows[1], Math.Max)];
        _offsets = [.. Enumerable.Range(0, LeafKernel.RowsPerLeaf).Select(_ => Below(2001) - 1000)];

        // Pack p of row r lies at 64 p + r.
        var packs = Enumerable.Range(0, packCount).SelectMany(pack => _rows.Select(row => kind.Pack(row, pack)));
        _leafPacks = Guarded([.. packs]);
        _offsetValues = Guarded([.. _offsets.Select(T.CreateTruncating)]);
        (_lowPacks, _highPacks) = (Guarded(PacksOf(_low)), Guarded(PacksOf(_high)));
        _queryPacks = [.. _queries.Select(query => Guarded(PacksOf(query)))];
    }

    public delegate void CompareKernel(T* leaf, int packCount, T* rowOffsets, T** queries, int queryCount, T* starts, ulong* negative);

    public delegate ulong SomeKernel(T* leaf, int packCount, T* rowOffsets, T* query, T start, ulong rows);

    public delegate ulong ReachKernel(T* rows, int packCount, T* low, T* high, T* starts);

    private int PackCount => _lowPacks.Span.Length;

    /// <summary>Compares in plain loops.</summary>
    public ulong[] Compare(int queryCount) =>
        [.. Enumerable.Range(0, queryCount).Select(query => MaskOf(row => ComparisonOf(row, query) + StartOf(query)))];

    public ulong[] Compare(int queryCount, CompareKernel kernel)
    {
        using var starts = Guarded([.. Enumerable.Range(0, queryCount).Select(StartOf)]);
        using var negative = _atEnd ? GuardedMemory.EndingAtGuard<ulong>(queryCount) : GuardedMemory.StartingAtGuard<ulong>(queryCount);
        var queries = stackalloc T*[LeafKernel.QueriesPerCall];
        for (var query = 0; query < queryCount; query++)
            queries[query] = _queryPacks[query].Pointer;
        kernel(_leafPacks.Pointer, PackCount, _offsetValues.Pointer, queries, queryCount, starts.Pointer, negative.Pointer);
        return negative.Span.ToArray();
    }

    /// <summary>Compares one query with some rows.</summary>
    public ulong Compare(int query, ulong rows, SomeKernel kernel) => kernel(_leafPacks.Pointer, PackCount, _offsetValues.Pointer, _queryPacks[query].Pointer, StartOf(query), rows);

    /// <summary>Measures the box in plain loops.</summary>
    public ulong Reach() => MaskOf(row => GapOf(row) + BoxStartOf(row));

    public ulong Reach(ReachKernel kernel)
    {
        using var starts = Guarded([.. Enumerable.Range(0, LeafKernel.RowsPerLeaf).Select(BoxStartOf)]);
        return kernel(_leafPacks.Pointer, PackCount, _lowPacks.Pointer, _highPacks.Pointer, starts.Pointer);
    }

    public void Dispose()
    {
        foreach (IDisposable buffer in (GuardedBuffer<T>[])[_leafPacks, _offsetValues, _lowPacks, _highPacks, .. _queryPacks])
            buffer.Dispose();
    }

    private T ComparisonOf(int row, int query)
    {
        var sum = T.CreateTruncating(_offsets[row]);
        for (var i = 0; i < _rows[row].Length; i++)
            sum += _kind.Term(_rows[row][i], _queries[query][i]);
        return sum;
    }

    private T GapOf(int row)
    {
        var sum = T.Zero;
        for (var i = 0; i < _rows[row].Length; i++)
            sum += _kind.GapTerm(Math.Max(0, Math.Max(_low[i] - _rows[row][i], _rows[row][i] - _high[i])));
        return sum;
    }

    // One row of each query comes to exactly 0, which is not negative, so that a sum that is off by one shows.
    private T StartOf(int query) => -ComparisonOf(((7 * query) + PackCount) % LeafKernel.RowsPerLeaf, query);

    // Of every three rows one is just reached, one just not, one by as much as its neighbor's gap says.
    private T BoxStartOf(int row) => (row % 3) switch { 0 => -GapOf(row) - T.One, 1 => -GapOf(row), _ => -GapOf(row / 2) };

    private static ulong MaskOf(Func<int, T> sumOf) =>
        Enumerable.Range(0, LeafKernel.RowsPerLeaf).Aggregate(0UL, (mask, row) => T.IsNegative(sumOf(row)) ? mask | (1UL << row) : mask);

    private int[] DrawCodes(int length) => [.. Enumerable.Range(0, length).Select(_ => Below(8) switch
    {
        0 => _kind.Lowest,
        1 => _kind.Highest,
        2 => 0,
        _ => _kind.Lowest + Below(_kind.Highest - _kind.Lowest + 1),
    })];

    private int Below(int bound) => (int)_stream.Below(_drawn++, (ulong)bound);

    private T[] PacksOf(int[] codes) => [.. Enumerable.Range(0, codes.Length / _kind.CodesPerPack).Select(pack => _kind.Pack(codes, pack))];

    private GuardedBuffer<T> Guarded(T[] values) => _atEnd ? GuardedMemory.EndingAtGuard<T>(values) : GuardedMemory.StartingAtGuard<T>(values);
}
