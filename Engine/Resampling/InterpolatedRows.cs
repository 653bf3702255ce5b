using System.Buffers;
using Engine.Compute;
using Engine.Data;

namespace Engine.Resampling;

/// <summary>Rows made by interpolation each time they are read, so that balancing millions of rows holds none of them.</summary>
/// <remarks>
/// <para><b>Cost</b>: rows that lie padded in memory are read there, and rows are made where the reader wants them; nothing else is touched.</para>
/// <para><b>Determinism</b>: the same bits whichever rows are asked for at once, and on whatever threads.</para>
/// </remarks>
internal sealed class InterpolatedRows(SampleMatrix samples, ReadOnlyMemory<SyntheticRow> synthetic, ColumnSchema? schema, IComputeBackend backend) : RowSource
{
    private const float NearerToNeighbor = 0.5f;

    public override void CopyRows(long firstRow, int rowCount, Span<float> destination, int stride)
    {
        var (columns, padded) = (samples.FeatureCount, samples.Stride);
        var rented = ArrayPool<float>.Shared.Rent(3 * padded);
        try
        {
            var scratch = rented.AsSpan(0, 3 * padded);
            scratch.Clear();
            for (var i = 0; i < rowCount; i++)
            {
                var made = synthetic.Span[(int)firstRow + i];
                var row = Read(made.Row, scratch[..padded]);
                var neighbor = Read(made.Neighbor, scratch.Slice(padded, padded));
                // Zeros past the features may fall into padding, or where the next row is yet to be made.
                var room = stride == padded || (stride == columns && (rowCount - 1 - i) * stride >= padded - columns) ? padded : columns;
                var wanted = destination.Slice(i * stride, room);
                var target = room == padded ? wanted : scratch[(2 * padded)..];
                var factor = made.Factor;
                backend.Interpolate(row, neighbor, new ReadOnlySpan<float>(in factor), padded, target);
                KeepLegal(factor < NearerToNeighbor ? row : neighbor, target);
                if (room != padded)
                    target[..columns].CopyTo(wanted);
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(rented);
        }
    }

    public override bool Overlaps(ReadOnlySpan<byte> memory) => samples.Overlaps(memory);

    /// <summary>Takes masks and categories from one parent.</summary>
    private void KeepLegal(ReadOnlySpan<float> parent, Span<float> made)
    {
        if (schema is null)
            return;
        foreach (var (first, count) in schema.NominalRuns)
            parent.Slice(first, count).CopyTo(made[first..]);
    }

    private ReadOnlySpan<float> Read(long row, Span<float> scratch)
    {
        if (samples.TryGetPaddedRow(row, out var values))
            return values;
        samples.CopyRow(row, scratch);
        return scratch;
    }
}
