using System.Buffers;
using Engine.Compute;
using Engine.Data;

namespace Engine.Resampling;

/// <summary>Rows made by interpolation each time they are read, so that balancing millions of rows holds none of them.</summary>
internal sealed class InterpolatedRows(SampleMatrix samples, ReadOnlyMemory<SyntheticRow> synthetic, IComputeBackend backend) : RowSource
{
    public override void CopyRows(long firstRow, int rowCount, Span<float> destination, int stride)
    {
        var wanted = synthetic.Span.Slice((int)firstRow, rowCount);
        var padded = samples.Stride;
        var rented = ArrayPool<float>.Shared.Rent((2 * rowCount * padded) + rowCount);
        try
        {
            var rows = rented.AsSpan(0, rowCount * padded);
            var neighbors = rented.AsSpan(rows.Length, rowCount * padded);
            var factors = rented.AsSpan(2 * rows.Length, rowCount);
            for (var i = 0; i < rowCount; i++)
            {
                samples.CopyRow(wanted[i].Row, rows.Slice(i * padded, padded));
                samples.CopyRow(wanted[i].Neighbor, neighbors.Slice(i * padded, padded));
                factors[i] = wanted[i].Factor;
            }

            // Padding holds whatever the pool left there; only features are copied out.
            backend.Interpolate(rows, neighbors, factors, padded, rows);
            for (var i = 0; i < rowCount; i++)
                rows.Slice(i * padded, samples.FeatureCount).CopyTo(destination[(i * stride)..]);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(rented);
        }
    }
}
