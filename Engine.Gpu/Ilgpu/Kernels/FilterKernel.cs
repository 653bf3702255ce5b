using ILGPU;

namespace Engine.Gpu.Ilgpu.Kernels;

/// <summary>Compares queries with rows, and keeps the pairs that a bound does not discard.</summary>
/// <remarks>
/// <code>
///                  side x 8 rows
///               +-----------------+
/// side x 8      | thread (ty, tx) |    queries ty, ty + side, ... x rows tx, tx + side, ...: 64 sums in registers,
/// queries       |                 |    16 elements of both at a time in shared memory
///               +-----------------+
/// </code>
/// <para>Pairs are appended by an integer counter, so their order differs from run to run; ranking does not depend on it.</para>
/// </remarks>
internal static class FilterKernel
{
    /// <summary>Elements of every row that lie in shared memory at a time; every stride is a multiple.</summary>
    public const int Depth = 16;

    /// <summary>The widest tile: what a buffer must hold beyond its last row.</summary>
    public const int WidestTile = 16 * Strip.Length;

    public static void Find<TTerm, TShape>(FilterTask task)
        where TTerm : struct, IFilterTerm
        where TShape : struct, ITileShape
    {
        var width = TShape.Side * Strip.Length;
        var x = SharedMemory.Allocate<float>(Depth * WidestTile);
        var y = SharedMemory.Allocate<float>(Depth * WidestTile);
        int tx = Group.IdxX % TShape.Side, ty = Group.IdxX / TShape.Side;
        var queryTiles = (task.QueryCount + width - 1) / width;
        var tileCount = (long)queryTiles * ((task.RowCount + width - 1) / width);
        for (long tile = Grid.IdxX; tile < tileCount; tile += Grid.DimX)
        {
            var firstQuery = (int)(tile % queryTiles) * width;
            var firstRow = (int)(tile / queryTiles) * width;
            Strip s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
            for (var depth = 0; depth < task.Stride; depth += Depth)
            {
                Group.Barrier();
                for (var i = Group.IdxX; i < Depth * width; i += TShape.Side * TShape.Side)
                {
                    int element = depth + (i / width), column = i % width;
                    x[i] = task.Queries[((long)element * task.QueryPitch) + firstQuery + column];
                    y[i] = task.Rows[((long)element * task.RowPitch) + task.FirstRow + firstRow + column];
                }

                Group.Barrier();
                for (var i = 0; i < Depth * width; i += width)
                {
                    var rows = Strip.Load(y, i + tx, TShape.Side);
                    var queries = Strip.Load(x, i + ty, TShape.Side);
                    s0 = Strip.Add<TTerm>(s0, queries.S0, rows);
                    s1 = Strip.Add<TTerm>(s1, queries.S1, rows);
                    s2 = Strip.Add<TTerm>(s2, queries.S2, rows);
                    s3 = Strip.Add<TTerm>(s3, queries.S3, rows);
                    s4 = Strip.Add<TTerm>(s4, queries.S4, rows);
                    s5 = Strip.Add<TTerm>(s5, queries.S5, rows);
                    s6 = Strip.Add<TTerm>(s6, queries.S6, rows);
                    s7 = Strip.Add<TTerm>(s7, queries.S7, rows);
                }
            }

            firstQuery += ty;
            firstRow += tx;
            Keep<TTerm, TShape>(task, firstQuery, firstRow, s0);
            Keep<TTerm, TShape>(task, firstQuery + TShape.Side, firstRow, s1);
            Keep<TTerm, TShape>(task, firstQuery + (2 * TShape.Side), firstRow, s2);
            Keep<TTerm, TShape>(task, firstQuery + (3 * TShape.Side), firstRow, s3);
            Keep<TTerm, TShape>(task, firstQuery + (4 * TShape.Side), firstRow, s4);
            Keep<TTerm, TShape>(task, firstQuery + (5 * TShape.Side), firstRow, s5);
            Keep<TTerm, TShape>(task, firstQuery + (6 * TShape.Side), firstRow, s6);
            Keep<TTerm, TShape>(task, firstQuery + (7 * TShape.Side), firstRow, s7);
        }
    }

    private static void Keep<TTerm, TShape>(FilterTask task, int query, int row, Strip sums)
        where TTerm : struct, IFilterTerm
        where TShape : struct, ITileShape
    {
        if (query >= task.QueryCount)
            return;
        var share = task.QueryShares[query];
        KeepOne<TTerm>(task, query, row, share, sums.S0);
        KeepOne<TTerm>(task, query, row + TShape.Side, share, sums.S1);
        KeepOne<TTerm>(task, query, row + (2 * TShape.Side), share, sums.S2);
        KeepOne<TTerm>(task, query, row + (3 * TShape.Side), share, sums.S3);
        KeepOne<TTerm>(task, query, row + (4 * TShape.Side), share, sums.S4);
        KeepOne<TTerm>(task, query, row + (5 * TShape.Side), share, sums.S5);
        KeepOne<TTerm>(task, query, row + (6 * TShape.Side), share, sums.S6);
        KeepOne<TTerm>(task, query, row + (7 * TShape.Side), share, sums.S7);
    }

    private static void KeepOne<TTerm>(FilterTask task, int query, int row, float share, float sum)
        where TTerm : struct, IFilterTerm
    {
        if (row >= task.RowCount)
            return;
        var place = task.FirstRow + row;
        // Not "at most": a bound that is not a number proves nothing, so its pair stays.
        if (task.MayBeFound[place] == 0 || TTerm.Bound(sum, share, task.RowShares[place]) > task.Thresholds[query])
            return;
        var slot = Atomic.Add(ref task.PairCount[0], 1L);
        if (slot < task.Pairs.Length)
            task.Pairs[slot] = ((long)query << 32) | (uint)place;
    }
}
