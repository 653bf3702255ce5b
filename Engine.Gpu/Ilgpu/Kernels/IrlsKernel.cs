using Engine.Numerics;
using ILGPU;

namespace Engine.Gpu.Ilgpu.Kernels;

/// <summary>An IRLS pass in double precision: terms of every row, sums of fixed parts of the rows, the parts in order. No atomic addition.</summary>
/// <remarks>Whether the device fuses multiply and add is its choice: sums agree with the processor's within a bound, not by bits.</remarks>
internal static class IrlsKernel
{
    /// <summary>Rows that one thread adds up, in order.</summary>
    public const int RowsPerPart = 1024;

    private const int TermCount = 4;

    /// <summary>Computes the terms of every row, one thread a row.</summary>
    public static void ComputeTerms(IrlsTask task)
    {
        for (var row = ((long)Grid.IdxX * Group.DimX) + Group.IdxX; row < task.RowCount; row += (long)Grid.DimX * Group.DimX)
        {
            var weight = task.Weights[row];
            double residual = 0, curvature = 0, logLikelihood = 0, predictor = 0;
            if (weight != 0)
            {
                var eta = task.Offsets[row];
                for (var i = 0; i < task.FeatureCount; i++)
                    eta += task.Rows[(row * task.RowStride) + i] * task.Coefficients[i];
                if (task.ColumnCount > task.FeatureCount)
                    eta += task.Coefficients[task.FeatureCount];
                predictor = Math.Abs(eta);
                var odds = PortableMath.Exp(-predictor);
                var probability = (eta >= 0 ? 1 : odds) / (1 + odds);
                var label = task.Labels[row];
                residual = weight * (label - probability);
                curvature = weight * probability * (1 - probability);
                logLikelihood = weight * ((label != 0 ? Math.Min(eta, 0) : -Math.Max(eta, 0)) - PortableMath.Log1p(odds));
            }

            task.Terms[row * TermCount] = residual;
            task.Terms[(row * TermCount) + 1] = curvature;
            task.Terms[(row * TermCount) + 2] = logLikelihood;
            task.Terms[(row * TermCount) + 3] = predictor;
        }
    }

    /// <summary>Sums parts, one thread an entry: threads of a group read the same rows.</summary>
    public static void SumParts(IrlsTask task)
    {
        var (columns, entries) = (task.ColumnCount, EntryCount(task.ColumnCount));
        var total = (long)entries * task.PartCount;
        for (var item = ((long)Grid.IdxX * Group.DimX) + Group.IdxX; item < total; item += (long)Grid.DimX * Group.DimX)
        {
            var (part, entry) = ((int)(item / entries), (int)(item % entries));
            long first = (long)part * RowsPerPart, end = Math.Min(first + RowsPerPart, task.RowCount);
            var triangle = columns * (columns + 1) / 2;
            double sum;
            if (entry < triangle)
                sum = SumProducts(task, entry, first, end);
            else if (entry < triangle + columns)
                sum = SumResiduals(task, entry - triangle, first, end);
            else if (entry == triangle + columns)
                sum = SumTerms(task, first, end);
            else
                sum = LargestTerm(task, first, end);
            task.Partials[item] = sum;
        }
    }

    /// <summary>Adds the parts in order, one thread an entry; the last entry is a maximum.</summary>
    public static void AddParts(IrlsTask task)
    {
        var entries = EntryCount(task.ColumnCount);
        for (var entry = (Grid.IdxX * Group.DimX) + Group.IdxX; entry < entries; entry += Grid.DimX * Group.DimX)
        {
            var sum = 0.0;
            for (long part = 0; part < task.PartCount; part++)
            {
                var value = task.Partials[(part * entries) + entry];
                sum = entry == entries - 1 ? Math.Max(sum, value) : sum + value;
            }

            task.Sums[entry] = sum;
        }
    }

    /// <summary>Returns how many numbers the sums of a pass are.</summary>
    public static int EntryCount(int columns) => (columns * (columns + 1) / 2) + columns + 2;

    private static double SumProducts(IrlsTask task, int entry, long first, long end)
    {
        // Entry of a lower triangle stored row by row: i (i + 1) / 2 + j.
        int i = 0, rowStart = 0;
        while (rowStart + i + 1 <= entry)
        {
            rowStart += i + 1;
            i++;
        }

        var j = entry - rowStart;
        var sum = 0.0;
        for (var row = first; row < end; row++)
        {
            var curvature = task.Terms[(row * TermCount) + 1];
            if (task.Weights[row] != 0)
                sum += curvature * Value(task, row, j) * Value(task, row, i);
        }

        return sum;
    }

    private static double SumResiduals(IrlsTask task, int column, long first, long end)
    {
        var sum = 0.0;
        for (var row = first; row < end; row++)
        {
            if (task.Weights[row] != 0)
                sum += task.Terms[row * TermCount] * Value(task, row, column);
        }

        return sum;
    }

    private static double SumTerms(IrlsTask task, long first, long end)
    {
        var sum = 0.0;
        for (var row = first; row < end; row++)
            sum += task.Terms[(row * TermCount) + 2];
        return sum;
    }

    private static double LargestTerm(IrlsTask task, long first, long end)
    {
        var largest = 0.0;
        for (var row = first; row < end; row++)
            largest = Math.Max(largest, task.Terms[(row * TermCount) + 3]);
        return largest;
    }

    private static double Value(IrlsTask task, long row, int column) => column < task.FeatureCount ? task.Rows[(row * task.RowStride) + column] : 1;
}
