using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Engine.Data;
using Engine.Numerics;
using Engine.Numerics.Lanes;

namespace Engine.Compute.Irls;

/// <summary>One block of rows added to the gradients of many models, in double precision.</summary>
/// <remarks>
/// Two small matrix products, 32 rows at a time, each in tiles that are summed in registers, multiply and add rounded together:
/// <code>
///              8 models                                              8 models
///             +--------+                                            +--------+
/// 4 rows      | lanes  |  += x[row][c] * b[c][model]   4 columns c  | lanes  |  += x[row][c] * residual[row][model]
///             +--------+     columns c rising                       +--------+     rows rising
/// </code>
/// </remarks>
internal static unsafe class GradientPass<TLanes>
    where TLanes : struct, ILanes<TLanes, double>
{
    private const int ModelsPerTile = 8;
    private const int TileHeight = 4;

    /// <summary>Adds the rows of positive weight of a block.</summary>
    public static void Accumulate(RowBlock block, ReadOnlySpan<byte> labels, ReadOnlySpan<double> weights, GradientBatch batch)
    {
        var next = 0;
        while (next < block.RowCount)
        {
            var used = 0;
            for (; next < block.RowCount && used < GradientBatch.RowsPerStep; next++)
            {
                if (weights[next] == 0)
                    continue;
                Widen(block.PaddedRow(next), batch.Rows + (used * batch.Stride));
                if (batch.ColumnCount > block.FeatureCount)
                    batch.Rows[(used * batch.Stride) + block.FeatureCount] = 1;
                batch.Weights.AsSpan(used * batch.Width, batch.Width).Fill(weights[next]);
                batch.Labels.AsSpan(used * batch.Width, batch.Width).Fill(labels[next]);
                used++;
            }

            if (used > 0)
                Add(batch, used);
        }
    }

    private static void Add(GradientBatch batch, int count)
    {
        fixed (double* etas = batch.Etas, residuals = batch.Residuals)
        {
            // Rows beyond the last one hold what earlier steps left there; their predictors are never read.
            for (var row = 0; row < count; row += TileHeight)
            {
                for (var model = 0; model < batch.Width; model += ModelsPerTile)
                    Predict(batch, row, model, etas + (row * batch.Width) + model);
            }

            var used = count * batch.Width;
            BernoulliRows<TLanes>.AddEach(
                batch.Labels.AsSpan(0, used), batch.Weights.AsSpan(0, used), batch.Etas.AsSpan(0, used), batch.Probabilities, batch.Residuals, new Span<double>(batch.LogLikelihoods, batch.Width));
            for (var column = 0; column < batch.ColumnCount; column += TileHeight)
            {
                for (var model = 0; model < batch.Width; model += ModelsPerTile)
                    AddGradients(batch, count, column, residuals + model, batch.Gradients + (column * batch.Width) + model);
            }
        }
    }

    private static void Widen(ReadOnlySpan<float> row, double* wide)
    {
        fixed (float* features = row)
        {
            for (var i = 0; i < row.Length; i += Vector256<float>.Count)
            {
                var (low, high) = Vector256.Widen(Vector256.Load(features + i));
                low.Store(wide + i);
                high.Store(wide + i + Vector256<double>.Count);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Predict(GradientBatch batch, int row, int model, double* etas)
    {
        TLanes sum0 = TLanes.Zero, sum1 = TLanes.Zero, sum2 = TLanes.Zero, sum3 = TLanes.Zero;
        var (stride, width, count) = (batch.Stride, batch.Width, batch.ColumnCount);
        var x = batch.Rows + (row * stride);
        var b = batch.Coefficients + model;
        for (var column = 0; column < count; column++)
        {
            var values = TLanes.Load(ref *b);
            sum0 = TLanes.MultiplyAdd(TLanes.Broadcast(x[0]), values, sum0);
            sum1 = TLanes.MultiplyAdd(TLanes.Broadcast(x[stride]), values, sum1);
            sum2 = TLanes.MultiplyAdd(TLanes.Broadcast(x[2 * stride]), values, sum2);
            sum3 = TLanes.MultiplyAdd(TLanes.Broadcast(x[3 * stride]), values, sum3);
            x++;
            b += width;
        }

        TLanes.Store(sum0, ref etas[0]);
        TLanes.Store(sum1, ref etas[width]);
        TLanes.Store(sum2, ref etas[2 * width]);
        TLanes.Store(sum3, ref etas[3 * width]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddGradients(GradientBatch batch, int count, int column, double* residuals, double* gradients)
    {
        var (stride, width) = (batch.Stride, batch.Width);
        var x = batch.Rows + column;
        TLanes sum0 = TLanes.Load(ref gradients[0]), sum1 = TLanes.Load(ref gradients[width]);
        TLanes sum2 = TLanes.Load(ref gradients[2 * width]), sum3 = TLanes.Load(ref gradients[3 * width]);
        for (var row = 0; row < count; row++)
        {
            var values = TLanes.Load(ref *residuals);
            sum0 = TLanes.MultiplyAdd(TLanes.Broadcast(x[0]), values, sum0);
            sum1 = TLanes.MultiplyAdd(TLanes.Broadcast(x[1]), values, sum1);
            sum2 = TLanes.MultiplyAdd(TLanes.Broadcast(x[2]), values, sum2);
            sum3 = TLanes.MultiplyAdd(TLanes.Broadcast(x[3]), values, sum3);
            x += stride;
            residuals += width;
        }

        TLanes.Store(sum0, ref gradients[0]);
        TLanes.Store(sum1, ref gradients[width]);
        TLanes.Store(sum2, ref gradients[2 * width]);
        TLanes.Store(sum3, ref gradients[3 * width]);
    }
}
