using Engine.Numerics;
using ILGPU;

namespace Engine.Gpu.Ilgpu.Kernels;

/// <summary>An IRLS pass in double precision: sums of fixed parts of the rows, then the parts in order. No atomic addition.</summary>
/// <remarks>
/// <para>One read of the rows gives everything but the Hessian: eight threads a row add up its predictor, then every thread adds the residuals of those rows to its columns, while the rows are in the cache.</para>
/// <para>Whether the device fuses multiply and add is its choice: sums agree with the processor's within a bound, not by bits.</para>
/// </remarks>
internal static class IrlsKernel
{
    /// <summary>Rows that one group adds up, in order.</summary>
    public const int RowsPerPart = 1024;

    /// <summary>Threads that share a row.</summary>
    public const int ThreadsPerRow = 8;

    private const int LargestGroup = 256;

    /// <summary>Computes gradient, log-likelihood and largest |eta| of parts, and the curvature of every row; one group a part.</summary>
    public static void SumTerms(IrlsTask task)
    {
        var shares = SharedMemory.Allocate<double>(LargestGroup);
        var residuals = SharedMemory.Allocate<double>(LargestGroup / ThreadsPerRow);
        int lane = Group.IdxX % ThreadsPerRow, slot = Group.IdxX / ThreadsPerRow, slots = Group.DimX / ThreadsPerRow;
        for (long part = Grid.IdxX; part < task.PartCount; part += Grid.DimX)
        {
            long first = part * RowsPerPart, end = Math.Min(first + RowsPerPart, task.RowCount);
            var gradient = (part * EntryCount(task.ColumnCount)) + TriangleCount(task.ColumnCount);
            for (var column = Group.IdxX; column < task.ColumnCount; column += Group.DimX)
                task.Partials[gradient + column] = 0;
            double logLikelihood = 0, largest = 0;
            for (var chunk = first; chunk < end; chunk += slots)
            {
                var row = chunk + slot;
                var weight = row >= end ? 0 : task.HasWeights != 0 ? task.Weights[row] : 1;
                shares[Group.IdxX] = weight != 0 ? ShareOfPredictor(task, row, lane) : 0;
                Group.Barrier();
                if (lane == 0)
                {
                    double residual = 0, curvature = 0;
                    if (weight != 0)
                    {
                        var eta = SumOfShares(shares, slot * ThreadsPerRow) + Constant(task, row);
                        var size = Math.Abs(eta);
                        var odds = PortableMath.Exp(-size);
                        var likely = 1 / (1 + odds);
                        var unlikely = odds * likely;
                        var label = task.Labels[row];
                        residual = weight * (label != 0 ? (eta >= 0 ? unlikely : likely) : (eta <= 0 ? -unlikely : -likely));
                        curvature = weight * (unlikely * likely);
                        logLikelihood += weight * ((label != 0 ? Math.Min(eta, 0) : -Math.Max(eta, 0)) - PortableMath.Log1p(odds));
                        largest = Math.Max(largest, size);
                    }

                    residuals[slot] = residual;
                    if (row < end)
                        task.Curvatures[row] = curvature;
                }

                Group.Barrier();
                var count = (int)Math.Min(slots, end - chunk);
                for (var column = Group.IdxX; column < task.ColumnCount; column += Group.DimX)
                    task.Partials[gradient + column] += SumOfResiduals(task, residuals, chunk, count, column);
            }

            // Only the first thread of a slot has seen rows.
            Group.Barrier();
            if (lane == 0)
            {
                shares[slot] = logLikelihood;
                shares[slots + slot] = largest;
            }

            Group.Barrier();
            if (Group.IdxX == 0)
            {
                double sum = 0, most = 0;
                for (var i = 0; i < slots; i++)
                {
                    sum += shares[i];
                    most = Math.Max(most, shares[slots + i]);
                }

                task.Partials[gradient + task.ColumnCount] = sum;
                task.Partials[gradient + task.ColumnCount + 1] = most;
            }

            Group.Barrier();
        }
    }

    /// <summary>Adds the parts to the sums in order, one thread an entry; the last entry is a maximum.</summary>
    public static void AddParts(IrlsTask task)
    {
        var entries = EntryCount(task.ColumnCount);
        var first = task.HasHessian != 0 ? 0 : TriangleCount(task.ColumnCount);
        for (var entry = first + (Grid.IdxX * Group.DimX) + Group.IdxX; entry < entries; entry += Grid.DimX * Group.DimX)
        {
            var sum = task.Sums[entry];
            for (long part = 0; part < task.PartCount; part++)
            {
                var value = task.Partials[(part * entries) + entry];
                sum = entry == entries - 1 ? Math.Max(sum, value) : sum + value;
            }

            task.Sums[entry] = sum;
        }
    }

    /// <summary>Returns how many numbers the lower triangle of a Hessian has.</summary>
    public static int TriangleCount(int columns) => columns * (columns + 1) / 2;

    /// <summary>Returns how many numbers the sums of a pass are.</summary>
    public static int EntryCount(int columns) => TriangleCount(columns) + columns + 2;

    /// <summary>Returns a value of the design: a feature, or 1 for the intercept.</summary>
    public static double Value(IrlsTask task, long row, int column) => column < task.FeatureCount ? task.Rows[(row * task.RowStride) + column] : 1;

    private static double ShareOfPredictor(IrlsTask task, long row, int lane)
    {
        var sum = 0.0;
        for (var column = lane; column < task.FeatureCount; column += ThreadsPerRow)
            sum += task.Rows[(row * task.RowStride) + column] * task.Coefficients[column];
        return sum;
    }

    private static double SumOfShares(ArrayView<double> shares, int first) =>
        ((shares[first] + shares[first + 4]) + (shares[first + 2] + shares[first + 6]))
        + ((shares[first + 1] + shares[first + 5]) + (shares[first + 3] + shares[first + 7]));

    private static double Constant(IrlsTask task, long row)
    {
        var intercept = task.ColumnCount > task.FeatureCount ? task.Coefficients[task.FeatureCount] : 0;
        return task.HasOffsets != 0 ? intercept + task.Offsets[row] : intercept;
    }

    private static double SumOfResiduals(IrlsTask task, ArrayView<double> residuals, long chunk, int count, int column)
    {
        var sum = 0.0;
        for (var i = 0; i < count; i++)
        {
            // What a row of weight 0 holds is never looked at: it may be no number.
            if (residuals[i] != 0)
                sum += residuals[i] * Value(task, chunk + i, column);
        }

        return sum;
    }
}
