using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Engine.Numerics.Codes;

/// <summary>Compares the codes of queries with those of the 64 rows of a leaf: what a filter spends most of its time on.</summary>
/// <remarks>
/// <para><b>Computes</b>, for every row y and query x, the sign of rowOffset(y) + start(x) + sum of Term(y, x) over the packed columns.</para>
/// <code>
/// leaf       | y0 y1 ... y63 | y0 y1 ... y63 | ...       an element packs some columns of a row, so that one instruction works on all of them
/// columns      first pack      second pack
/// </code>
/// <para><b>Error</b>: none, integers; the caller's codes are small enough that no sum overflows.</para>
/// <para>Six queries share each load of a row. One query alone is bound by loads, and by no more than that while the leaf lies in the first-level cache.</para>
/// </remarks>
internal static unsafe class LeafKernel
{
    /// <summary>Rows in a leaf: one bit of a mask each.</summary>
    public const int RowsPerLeaf = 64;

    /// <summary>Queries that are compared together.</summary>
    public const int QueriesPerCall = 6;

    /// <summary>So many queries together, some of them twice, take less time than one by one.</summary>
    private const int FewestForSix = 3;

    /// <summary>Compares up to six queries, 16-bit codes packed in pairs: Term is their dot product.</summary>
    /// <param name="leaf">packCount x 64 packs.</param>
    /// <param name="packCount">The number of packs a row, 1 or more.</param>
    /// <param name="rowOffsets">64 values.</param>
    /// <param name="queries">queryCount pointers to packCount packs.</param>
    /// <param name="queryCount">1 to 6.</param>
    /// <param name="starts">queryCount values.</param>
    /// <param name="negative">Receives queryCount masks: bit r says that the sum of row r is below 0.</param>
    public static void ComparePairs(int* leaf, int packCount, int* rowOffsets, int** queries, int queryCount, int* starts, ulong* negative)
    {
        if (Vector512.IsHardwareAccelerated)
            Compare<PairLanes512, int>(leaf, packCount, rowOffsets, queries, queryCount, starts, negative);
        else if (Vector256.IsHardwareAccelerated)
            Compare<PairLanes256, int>(leaf, packCount, rowOffsets, queries, queryCount, starts, negative);
        else if (Vector128.IsHardwareAccelerated)
            Compare<PairLanes128, int>(leaf, packCount, rowOffsets, queries, queryCount, starts, negative);
        else
            Compare<PairLanesScalar, int>(leaf, packCount, rowOffsets, queries, queryCount, starts, negative);
    }

    /// <summary>Compares up to six queries, byte codes packed in eights: Term is the sum of their absolute differences.</summary>
    /// <param name="leaf">packCount x 64 packs.</param>
    /// <param name="packCount">The number of packs a row, 1 or more.</param>
    /// <param name="rowOffsets">64 values.</param>
    /// <param name="queries">queryCount pointers to packCount packs.</param>
    /// <param name="queryCount">1 to 6.</param>
    /// <param name="starts">queryCount values.</param>
    /// <param name="negative">Receives queryCount masks: bit r says that the sum of row r is below 0.</param>
    public static void CompareBytes(long* leaf, int packCount, long* rowOffsets, long** queries, int queryCount, long* starts, ulong* negative)
    {
        if (Vector512.IsHardwareAccelerated)
            Compare<ByteLanes512, long>(leaf, packCount, rowOffsets, queries, queryCount, starts, negative);
        else if (Vector256.IsHardwareAccelerated)
            Compare<ByteLanes256, long>(leaf, packCount, rowOffsets, queries, queryCount, starts, negative);
        else if (Vector128.IsHardwareAccelerated)
            Compare<ByteLanes128, long>(leaf, packCount, rowOffsets, queries, queryCount, starts, negative);
        else
            Compare<ByteLanesScalar, long>(leaf, packCount, rowOffsets, queries, queryCount, starts, negative);
    }

    /// <summary>Compares one query with rows that its first packs did not rule out, byte codes packed in eights.</summary>
    /// <param name="leaf">packCount x 64 packs.</param>
    /// <param name="packCount">The number of packs a row, 1 or more.</param>
    /// <param name="rowOffsets">64 values.</param>
    /// <param name="query">packCount packs.</param>
    /// <param name="start">The value of the query.</param>
    /// <param name="rows">The rows to compare, a bit each.</param>
    /// <returns>A mask: bit r says that row r is one of them and that its sum is below 0.</returns>
    public static ulong CompareSomeBytes(long* leaf, int packCount, long* rowOffsets, long* query, long start, ulong rows)
    {
        if (Vector512.IsHardwareAccelerated)
            return CompareSome<ByteLanes512, long>(leaf, packCount, rowOffsets, query, start, rows);
        if (Vector256.IsHardwareAccelerated)
            return CompareSome<ByteLanes256, long>(leaf, packCount, rowOffsets, query, start, rows);
        if (Vector128.IsHardwareAccelerated)
            return CompareSome<ByteLanes128, long>(leaf, packCount, rowOffsets, query, start, rows);
        return CompareSome<ByteLanesScalar, long>(leaf, packCount, rowOffsets, query, start, rows);
    }

    /// <summary>Measures 64 rows of pairs against a box: the squared gap between them.</summary>
    /// <param name="rows">packCount x 64 packs, as a leaf.</param>
    /// <param name="packCount">The number of packs, 1 or more.</param>
    /// <param name="low">The lower corner, packCount packs.</param>
    /// <param name="high">The upper corner.</param>
    /// <param name="starts">64 values.</param>
    /// <returns>A mask: bit r says that gap plus start of row r is below 0.</returns>
    public static ulong ReachPairs(int* rows, int packCount, int* low, int* high, int* starts)
    {
        if (Vector512.IsHardwareAccelerated)
            return Reach<PairLanes512, int>(rows, packCount, low, high, starts);
        if (Vector256.IsHardwareAccelerated)
            return Reach<PairLanes256, int>(rows, packCount, low, high, starts);
        if (Vector128.IsHardwareAccelerated)
            return Reach<PairLanes128, int>(rows, packCount, low, high, starts);
        return Reach<PairLanesScalar, int>(rows, packCount, low, high, starts);
    }

    /// <summary>Measures 64 rows of bytes against a box: the L1 gap between them.</summary>
    /// <param name="rows">packCount x 64 packs, as a leaf.</param>
    /// <param name="packCount">The number of packs, 1 or more.</param>
    /// <param name="low">The lower corner, packCount packs.</param>
    /// <param name="high">The upper corner.</param>
    /// <param name="starts">64 values.</param>
    /// <returns>A mask: bit r says that gap plus start of row r is below 0.</returns>
    public static ulong ReachBytes(long* rows, int packCount, long* low, long* high, long* starts)
    {
        if (Vector512.IsHardwareAccelerated)
            return Reach<ByteLanes512, long>(rows, packCount, low, high, starts);
        if (Vector256.IsHardwareAccelerated)
            return Reach<ByteLanes256, long>(rows, packCount, low, high, starts);
        if (Vector128.IsHardwareAccelerated)
            return Reach<ByteLanes128, long>(rows, packCount, low, high, starts);
        return Reach<ByteLanesScalar, long>(rows, packCount, low, high, starts);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static ulong Reach<TLanes, T>(T* rows, int packCount, T* low, T* high, T* starts)
        where TLanes : struct, ICodeLanes<TLanes, T>
        where T : unmanaged
    {
        ulong mask = 0;
        for (var row = 0; row < RowsPerLeaf; row += 2 * TLanes.Count)
        {
            var sum0 = TLanes.Load(starts + row);
            var sum1 = TLanes.Load(starts + row + TLanes.Count);
            var values = rows + row;
            for (nint pack = 0; pack < packCount; pack++)
            {
                var lowest = TLanes.Broadcast(low[pack]);
                var highest = TLanes.Broadcast(high[pack]);
                sum0 = TLanes.Add(sum0, TLanes.GapTerm(TLanes.Load(values), lowest, highest));
                sum1 = TLanes.Add(sum1, TLanes.GapTerm(TLanes.Load(values + TLanes.Count), lowest, highest));
                values += RowsPerLeaf;
            }

            mask |= SignsOf<TLanes, T>(sum0, sum1) << row;
        }

        return mask;
    }

    /// <summary>Compares a register of rows wherever one of them is asked for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static ulong CompareSome<TLanes, T>(T* leaf, int packCount, T* rowOffsets, T* query, T start, ulong rows)
        where TLanes : struct, ICodeLanes<TLanes, T>
        where T : unmanaged
    {
        ulong mask = 0;
        for (var left = rows; left != 0;)
        {
            var row = BitOperations.TrailingZeroCount(left) & -TLanes.Count;
            var sum = StartOf<TLanes, T>(rowOffsets + row, start);
            var values = leaf + row;
            for (nint pack = 0; pack < packCount; pack++)
            {
                sum = TLanes.Add(sum, TLanes.Term(TLanes.Load(values), TLanes.Broadcast(query[pack])));
                values += RowsPerLeaf;
            }

            mask |= (ulong)TLanes.Signs(sum) << row;
            left &= ~(((1UL << TLanes.Count) - 1) << row);
        }

        return mask & rows;
    }

    internal static void Compare<TLanes, T>(T* leaf, int packCount, T* rowOffsets, T** queries, int queryCount, T* starts, ulong* negative)
        where TLanes : struct, ICodeLanes<TLanes, T>
        where T : unmanaged
    {
        if (queryCount == QueriesPerCall)
            CompareSix<TLanes, T>(leaf, packCount, rowOffsets, queries, starts, negative);
        else if (queryCount >= FewestForSix)
            CompareAsSix<TLanes, T>(leaf, packCount, rowOffsets, queries, queryCount, starts, negative);
        else
            CompareEach<TLanes, T>(leaf, packCount, rowOffsets, queries, queryCount, starts, negative);
    }

    private static void CompareEach<TLanes, T>(T* leaf, int packCount, T* rowOffsets, T** queries, int queryCount, T* starts, ulong* negative)
        where TLanes : struct, ICodeLanes<TLanes, T>
        where T : unmanaged
    {
        for (var query = 0; query < queryCount; query++)
            negative[query] = CompareOne<TLanes, T>(leaf, packCount, rowOffsets, queries[query], starts[query]);
    }

    /// <summary>Compares fewer than six queries, the last of them more than once.</summary>
    private static void CompareAsSix<TLanes, T>(T* leaf, int packCount, T* rowOffsets, T** queries, int queryCount, T* starts, ulong* negative)
        where TLanes : struct, ICodeLanes<TLanes, T>
        where T : unmanaged
    {
        var allQueries = stackalloc T*[QueriesPerCall];
        var allStarts = stackalloc T[QueriesPerCall];
        var masks = stackalloc ulong[QueriesPerCall];
        for (var query = 0; query < QueriesPerCall; query++)
        {
            allQueries[query] = queries[Math.Min(query, queryCount - 1)];
            allStarts[query] = starts[Math.Min(query, queryCount - 1)];
        }

        CompareSix<TLanes, T>(leaf, packCount, rowOffsets, allQueries, allStarts, masks);
        for (var query = 0; query < queryCount; query++)
            negative[query] = masks[query];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CompareSix<TLanes, T>(T* leaf, int packCount, T* rowOffsets, T** queries, T* starts, ulong* negative)
        where TLanes : struct, ICodeLanes<TLanes, T>
        where T : unmanaged
    {
        // Two registers of rows x six queries: twelve sums, which leaves one register each for the rows, a query and a term where there are sixteen.
        T* query0 = queries[0] + packCount, query1 = queries[1] + packCount, query2 = queries[2] + packCount;
        T* query3 = queries[3] + packCount, query4 = queries[4] + packCount, query5 = queries[5] + packCount;
        for (var query = 0; query < QueriesPerCall; query++)
            negative[query] = 0;
        for (var row = 0; row < RowsPerLeaf; row += 2 * TLanes.Count)
        {
            TLanes sum00 = StartOf<TLanes, T>(rowOffsets + row, starts[0]), sum01 = StartOf<TLanes, T>(rowOffsets + row + TLanes.Count, starts[0]);
            TLanes sum10 = StartOf<TLanes, T>(rowOffsets + row, starts[1]), sum11 = StartOf<TLanes, T>(rowOffsets + row + TLanes.Count, starts[1]);
            TLanes sum20 = StartOf<TLanes, T>(rowOffsets + row, starts[2]), sum21 = StartOf<TLanes, T>(rowOffsets + row + TLanes.Count, starts[2]);
            TLanes sum30 = StartOf<TLanes, T>(rowOffsets + row, starts[3]), sum31 = StartOf<TLanes, T>(rowOffsets + row + TLanes.Count, starts[3]);
            TLanes sum40 = StartOf<TLanes, T>(rowOffsets + row, starts[4]), sum41 = StartOf<TLanes, T>(rowOffsets + row + TLanes.Count, starts[4]);
            TLanes sum50 = StartOf<TLanes, T>(rowOffsets + row, starts[5]), sum51 = StartOf<TLanes, T>(rowOffsets + row + TLanes.Count, starts[5]);
            var rows = leaf + row;
            // Counted up to 0, which spares the loop a register.
            for (nint pack = -packCount; pack < 0; pack++)
            {
                var rows0 = TLanes.Load(rows);
                var rows1 = TLanes.Load(rows + TLanes.Count);
                rows += RowsPerLeaf;
                var x = TLanes.Broadcast(query0[pack]);
                sum00 = TLanes.Add(sum00, TLanes.Term(rows0, x));
                sum01 = TLanes.Add(sum01, TLanes.Term(rows1, x));
                x = TLanes.Broadcast(query1[pack]);
                sum10 = TLanes.Add(sum10, TLanes.Term(rows0, x));
                sum11 = TLanes.Add(sum11, TLanes.Term(rows1, x));
                x = TLanes.Broadcast(query2[pack]);
                sum20 = TLanes.Add(sum20, TLanes.Term(rows0, x));
                sum21 = TLanes.Add(sum21, TLanes.Term(rows1, x));
                x = TLanes.Broadcast(query3[pack]);
                sum30 = TLanes.Add(sum30, TLanes.Term(rows0, x));
                sum31 = TLanes.Add(sum31, TLanes.Term(rows1, x));
                x = TLanes.Broadcast(query4[pack]);
                sum40 = TLanes.Add(sum40, TLanes.Term(rows0, x));
                sum41 = TLanes.Add(sum41, TLanes.Term(rows1, x));
                x = TLanes.Broadcast(query5[pack]);
                sum50 = TLanes.Add(sum50, TLanes.Term(rows0, x));
                sum51 = TLanes.Add(sum51, TLanes.Term(rows1, x));
            }

            negative[0] |= SignsOf<TLanes, T>(sum00, sum01) << row;
            negative[1] |= SignsOf<TLanes, T>(sum10, sum11) << row;
            negative[2] |= SignsOf<TLanes, T>(sum20, sum21) << row;
            negative[3] |= SignsOf<TLanes, T>(sum30, sum31) << row;
            negative[4] |= SignsOf<TLanes, T>(sum40, sum41) << row;
            negative[5] |= SignsOf<TLanes, T>(sum50, sum51) << row;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes StartOf<TLanes, T>(T* offsets, T start)
        where TLanes : struct, ICodeLanes<TLanes, T>
        where T : unmanaged => TLanes.Add(TLanes.Load(offsets), TLanes.Broadcast(start));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong SignsOf<TLanes, T>(TLanes low, TLanes high)
        where TLanes : struct, ICodeLanes<TLanes, T>
        where T : unmanaged => TLanes.Signs(low) | ((ulong)TLanes.Signs(high) << TLanes.Count);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ulong CompareOne<TLanes, T>(T* leaf, int packCount, T* rowOffsets, T* query, T start)
        where TLanes : struct, ICodeLanes<TLanes, T>
        where T : unmanaged
    {
        ulong mask = 0;
        var first = TLanes.Broadcast(start);
        for (var row = 0; row < RowsPerLeaf; row += 4 * TLanes.Count)
        {
            var sum0 = TLanes.Add(TLanes.Load(rowOffsets + row), first);
            var sum1 = TLanes.Add(TLanes.Load(rowOffsets + row + TLanes.Count), first);
            var sum2 = TLanes.Add(TLanes.Load(rowOffsets + row + (2 * TLanes.Count)), first);
            var sum3 = TLanes.Add(TLanes.Load(rowOffsets + row + (3 * TLanes.Count)), first);
            var rows = leaf + row;
            for (nint pack = 0; pack < packCount; pack++)
            {
                var x = TLanes.Broadcast(query[pack]);
                sum0 = TLanes.Add(sum0, TLanes.Term(TLanes.Load(rows), x));
                sum1 = TLanes.Add(sum1, TLanes.Term(TLanes.Load(rows + TLanes.Count), x));
                sum2 = TLanes.Add(sum2, TLanes.Term(TLanes.Load(rows + (2 * TLanes.Count)), x));
                sum3 = TLanes.Add(sum3, TLanes.Term(TLanes.Load(rows + (3 * TLanes.Count)), x));
                rows += RowsPerLeaf;
            }

            mask |= (SignsOf<TLanes, T>(sum0, sum1) | (SignsOf<TLanes, T>(sum2, sum3) << (2 * TLanes.Count))) << row;
        }

        return mask;
    }
}
