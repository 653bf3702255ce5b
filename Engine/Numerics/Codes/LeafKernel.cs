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
/// <para>Four queries share each load of a row. One query alone is bound by loads, and by no more than that while the leaf lies in the first-level cache.</para>
/// </remarks>
internal static unsafe class LeafKernel
{
    /// <summary>Rows in a leaf: one bit of a mask each.</summary>
    public const int RowsPerLeaf = 64;

    /// <summary>Queries that are compared together.</summary>
    public const int QueriesPerCall = 4;

    /// <summary>Compares up to four queries, 16-bit codes packed in pairs: Term is their dot product.</summary>
    /// <param name="leaf">packCount x 64 packs.</param>
    /// <param name="packCount">The number of packs a row, 1 or more.</param>
    /// <param name="rowOffsets">64 values.</param>
    /// <param name="queries">queryCount pointers to packCount packs.</param>
    /// <param name="queryCount">1 to 4.</param>
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

    /// <summary>Compares up to four queries, byte codes packed in eights: Term is the sum of their absolute differences.</summary>
    /// <param name="leaf">packCount x 64 packs.</param>
    /// <param name="packCount">The number of packs a row, 1 or more.</param>
    /// <param name="rowOffsets">64 values.</param>
    /// <param name="queries">queryCount pointers to packCount packs.</param>
    /// <param name="queryCount">1 to 4.</param>
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

            mask |= (TLanes.Signs(sum0) | ((ulong)TLanes.Signs(sum1) << TLanes.Count)) << row;
        }

        return mask;
    }

    internal static void Compare<TLanes, T>(T* leaf, int packCount, T* rowOffsets, T** queries, int queryCount, T* starts, ulong* negative)
        where TLanes : struct, ICodeLanes<TLanes, T>
        where T : unmanaged
    {
        if (queryCount == QueriesPerCall)
        {
            CompareFour<TLanes, T>(leaf, packCount, rowOffsets, queries, starts, negative);
            return;
        }

        for (var query = 0; query < queryCount; query++)
            negative[query] = CompareOne<TLanes, T>(leaf, packCount, rowOffsets, queries[query], starts[query]);
    }

    private static void CompareFour<TLanes, T>(T* leaf, int packCount, T* rowOffsets, T** queries, T* starts, ulong* negative)
        where TLanes : struct, ICodeLanes<TLanes, T>
        where T : unmanaged
    {
        // Two registers of rows x four queries: eight sums, which leaves registers for the rows, a query and a term at every width.
        T* query0 = queries[0], query1 = queries[1], query2 = queries[2], query3 = queries[3];
        ulong mask0 = 0, mask1 = 0, mask2 = 0, mask3 = 0;
        for (var row = 0; row < RowsPerLeaf; row += 2 * TLanes.Count)
        {
            var offsets0 = TLanes.Load(rowOffsets + row);
            var offsets1 = TLanes.Load(rowOffsets + row + TLanes.Count);
            var start = TLanes.Broadcast(starts[0]);
            TLanes sum00 = TLanes.Add(offsets0, start), sum01 = TLanes.Add(offsets1, start);
            start = TLanes.Broadcast(starts[1]);
            TLanes sum10 = TLanes.Add(offsets0, start), sum11 = TLanes.Add(offsets1, start);
            start = TLanes.Broadcast(starts[2]);
            TLanes sum20 = TLanes.Add(offsets0, start), sum21 = TLanes.Add(offsets1, start);
            start = TLanes.Broadcast(starts[3]);
            TLanes sum30 = TLanes.Add(offsets0, start), sum31 = TLanes.Add(offsets1, start);
            var rows = leaf + row;
            for (nint pack = 0; pack < packCount; pack++)
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
            }

            mask0 |= (TLanes.Signs(sum00) | ((ulong)TLanes.Signs(sum01) << TLanes.Count)) << row;
            mask1 |= (TLanes.Signs(sum10) | ((ulong)TLanes.Signs(sum11) << TLanes.Count)) << row;
            mask2 |= (TLanes.Signs(sum20) | ((ulong)TLanes.Signs(sum21) << TLanes.Count)) << row;
            mask3 |= (TLanes.Signs(sum30) | ((ulong)TLanes.Signs(sum31) << TLanes.Count)) << row;
        }

        negative[0] = mask0;
        negative[1] = mask1;
        negative[2] = mask2;
        negative[3] = mask3;
    }

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

            var low = TLanes.Signs(sum0) | ((ulong)TLanes.Signs(sum1) << TLanes.Count);
            var high = TLanes.Signs(sum2) | ((ulong)TLanes.Signs(sum3) << TLanes.Count);
            mask |= (low | (high << (2 * TLanes.Count))) << row;
        }

        return mask;
    }
}
