using ILGPU;

namespace Engine.Gpu.Ilgpu.Kernels;

/// <summary>Sums x (v x)' over parts of the rows, in tiles of the lower triangle.</summary>
/// <remarks>
/// <code>
///                  side x 5 columns j
///               +--------------------+
/// side x 5      | thread (ty, tx)    |    columns ty, ty + side, ... x columns tx, tx + side, ...: 25 sums in registers,
/// columns i     |                    |    8 rows of both at a time in shared memory, the right ones times their curvature
///               +--------------------+
/// </code>
/// </remarks>
internal static class HessianKernel
{
    /// <summary>The widest tile.</summary>
    public const int WidestTile = 16 * WideStrip.Length;

    /// <summary>Rows that lie in shared memory at a time.</summary>
    private const int Depth = 8;

    /// <summary>Sums the lower triangle of every part; one group a part and tile.</summary>
    public static void SumProducts<TShape>(IrlsTask task)
        where TShape : struct, ITileShape
    {
        var width = TShape.Side * WideStrip.Length;
        var left = SharedMemory.Allocate<double>(Depth * WidestTile);
        var right = SharedMemory.Allocate<double>(Depth * WidestTile);
        int tx = Group.IdxX % TShape.Side, ty = Group.IdxX / TShape.Side;
        var tiles = TileCount(task.ColumnCount, width);
        for (long item = Grid.IdxX; item < (long)task.PartCount * tiles; item += Grid.DimX)
        {
            long part = item / tiles, first = part * IrlsKernel.RowsPerPart, end = Math.Min(first + IrlsKernel.RowsPerPart, task.RowCount);
            var tileRow = RowOf((int)(item % tiles));
            int i = tileRow * width, j = ((int)(item % tiles) - IrlsKernel.TriangleCount(tileRow)) * width;
            WideStrip s0 = default, s1 = default, s2 = default, s3 = default, s4 = default;
            for (var chunk = first; chunk < end; chunk += Depth)
            {
                Group.Barrier();
                for (var place = Group.IdxX; place < Depth * width; place += TShape.Side * TShape.Side)
                {
                    var row = chunk + (place / width);
                    var curvature = row < end ? task.Curvatures[row] : 0;
                    left[place] = curvature != 0 ? ValueOrZero(task, row, i + (place % width)) : 0;
                    right[place] = curvature != 0 ? curvature * ValueOrZero(task, row, j + (place % width)) : 0;
                }

                Group.Barrier();
                for (var place = 0; place < Depth * width; place += width)
                {
                    var columns = WideStrip.Load(right, place + tx, TShape.Side);
                    var rows = WideStrip.Load(left, place + ty, TShape.Side);
                    s0 = WideStrip.Add(s0, rows.S0, columns);
                    s1 = WideStrip.Add(s1, rows.S1, columns);
                    s2 = WideStrip.Add(s2, rows.S2, columns);
                    s3 = WideStrip.Add(s3, rows.S3, columns);
                    s4 = WideStrip.Add(s4, rows.S4, columns);
                }
            }

            var start = part * IrlsKernel.EntryCount(task.ColumnCount);
            Store(task, start, i + ty, j + tx, TShape.Side, s0);
            Store(task, start, i + ty + TShape.Side, j + tx, TShape.Side, s1);
            Store(task, start, i + ty + (2 * TShape.Side), j + tx, TShape.Side, s2);
            Store(task, start, i + ty + (3 * TShape.Side), j + tx, TShape.Side, s3);
            Store(task, start, i + ty + (4 * TShape.Side), j + tx, TShape.Side, s4);
        }
    }

    /// <summary>Returns how many tiles cover the lower triangle.</summary>
    public static int TileCount(int columns, int width) => IrlsKernel.TriangleCount((columns + width - 1) / width);

    /// <summary>Returns the row of an entry of a lower triangle stored row by row.</summary>
    private static int RowOf(int entry)
    {
        int row = 0, next = 1;
        while (next <= entry)
        {
            row++;
            next += row + 1;
        }

        return row;
    }

    private static double ValueOrZero(IrlsTask task, long row, int column) => column < task.ColumnCount ? IrlsKernel.Value(task, row, column) : 0;

    private static void Store(IrlsTask task, long start, int i, int j, int step, WideStrip sums)
    {
        StoreOne(task, start, i, j, sums.S0);
        StoreOne(task, start, i, j + step, sums.S1);
        StoreOne(task, start, i, j + (2 * step), sums.S2);
        StoreOne(task, start, i, j + (3 * step), sums.S3);
        StoreOne(task, start, i, j + (4 * step), sums.S4);
    }

    private static void StoreOne(IrlsTask task, long start, int i, int j, double sum)
    {
        if (i < task.ColumnCount && j <= i)
            task.Partials[start + IrlsKernel.TriangleCount(i) + j] = sum;
    }
}
