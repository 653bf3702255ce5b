using System.Runtime.CompilerServices;
using Engine.Data;
using Engine.Numerics;
using Engine.Numerics.Lanes;

namespace Engine.Compute.Irls;

/// <summary>One block of rows added to the gradients of many models, in double precision.</summary>
/// <remarks>
/// Two small matrix products, 64 rows at a time (<see cref="MatrixTile{TLanes}"/>): predictors, rows x models, from columns rising; and gradients, columns x models, from rows
/// rising; between them the residuals of all models.
/// </remarks>
internal static unsafe class GradientPass<TLanes>
    where TLanes : struct, ILanes<TLanes, double>
{
    private const int Lanes = MatrixTile<TLanes>.Lanes;

    /// <summary>Adds the rows of positive weight of a block.</summary>
    public static void Accumulate(RowBlock block, ReadOnlySpan<byte> labels, ReadOnlySpan<double> weights, GradientBatch batch)
    {
        fixed (float* values = block.Values)
        {
            for (var next = 0; next < block.RowCount;)
            {
                var count = 0;
                for (; next < block.RowCount && count < GradientBatch.RowsPerStep; next++)
                {
                    if (weights[next] != 0)
                        Take(values + ((nint)next * block.Stride), block, labels[next], weights[next], batch, count++);
                }

                if (count > 0)
                    Add(batch, count);
            }
        }
    }

    /// <summary>Widens a row, and repeats its label and weight for all models; the row that will be the next step's can come meanwhile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Take(float* row, RowBlock block, double label, double weight, GradientBatch batch, int place)
    {
        var wide = batch.Rows + (place * batch.Stride);
        for (var column = 0; column < block.Stride; column += 2 * Lanes)
        {
            Prefetch.Line(row + (GradientBatch.RowsPerStep * block.Stride) + column);
            TLanes.Store(TLanes.LoadSingles(ref row[column]), ref wide[column]);
            TLanes.Store(TLanes.LoadSingles(ref row[column + Lanes]), ref wide[column + Lanes]);
        }

        if (batch.ColumnCount > block.FeatureCount)
            wide[block.FeatureCount] = 1;
        for (var model = 0; model < batch.Width; model += Lanes)
        {
            TLanes.Store(TLanes.Broadcast(label), ref batch.Labels[(place * batch.Width) + model]);
            TLanes.Store(TLanes.Broadcast(weight), ref batch.Weights[(place * batch.Width) + model]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(GradientBatch batch, int count)
    {
        var (width, stride) = (batch.Width, batch.Stride);
        var used = count * width;
        fixed (double* etas = batch.Etas, residuals = batch.Residuals)
        {
            // Rows beyond the last one hold what earlier steps left there; their predictors are never read.
            var height = (count + Lanes - 1) / Lanes * Lanes;
            MatrixTile<TLanes>.Multiply(new(batch.Rows, stride, 1), height, new(batch.Coefficients, 1, width), width, batch.ColumnCount, etas, width, adds: false);
            BernoulliRows<TLanes>.AddEach(
                batch.Labels.AsSpan(0, used), batch.Weights.AsSpan(0, used), batch.Etas.AsSpan(0, used), batch.Residuals, new Span<double>(batch.LogLikelihoods, width));
            MatrixTile<TLanes>.Multiply(new(batch.Rows, 1, stride), stride, new(residuals, 1, width), width, count, batch.Gradients, width, adds: true);
        }
    }
}
