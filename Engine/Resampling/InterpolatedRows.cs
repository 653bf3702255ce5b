using Engine.Compute;
using Engine.Data;

namespace Engine.Resampling;

/// <summary>Rows made by interpolation each time they are read, so that balancing millions of rows holds none of them.</summary>
/// <remarks>
/// <para><b>Cost</b>: rows that lie padded in memory are read there, and rows are made where the reader wants them; nothing else is touched.
/// A backend that does not work in place gets all parents that a reader needs at once, in buffers of 3 x rows x p' values with the rows made.</para>
/// <para><b>Determinism</b>: the same bits whichever rows are asked for at once, and on whatever threads.</para>
/// </remarks>
internal sealed class InterpolatedRows(SampleMatrix samples, ReadOnlyMemory<SyntheticRow> synthetic, ColumnSchema? schema, IComputeBackend backend) : RowSource
{
    /// <summary>From this factor on the neighbor is the nearer parent.</summary>
    public const float NearerToNeighbor = 0.5f;

    // Parents lie anywhere in the table, so each is a wait for memory unless it is asked for some rows ahead.
    private const int RowsAhead = 8;

    /// <summary>Gets the table that the rows are made between the rows of.</summary>
    public SampleMatrix Parents => samples;

    /// <summary>Gets how each row is made.</summary>
    public ReadOnlyMemory<SyntheticRow> Synthetic => synthetic;

    /// <summary>Gets which columns come whole from the nearer parent; null for none.</summary>
    public ColumnSchema? Schema => schema;

    /// <summary>Returns the rows at the end of a table that are made between all of its other rows, for what can make them where those lie; null where it does not end so.</summary>
    public static InterpolatedRows? AtEndOf(SampleMatrix table) =>
        table.Source is JoinedRows { Second.Source: InterpolatedRows made } joined && ReferenceEquals(made.Parents, joined.First) ? made : null;

    public override void CopyRows(long firstRow, int rowCount, Span<float> destination, int stride)
    {
        var wanted = synthetic.Span.Slice((int)firstRow, rowCount);
        if (backend.WorksInPlace)
            MakeInPlace(wanted, destination, stride);
        else
            MakeTogether(wanted, destination, stride);
    }

    public override bool Overlaps(ReadOnlySpan<byte> memory) => samples.Overlaps(memory);

    public override IDisposable? Hold() => samples.Hold();

    private void MakeInPlace(ReadOnlySpan<SyntheticRow> wanted, Span<float> destination, int stride)
    {
        var (rowCount, columns, padded) = (wanted.Length, samples.FeatureCount, samples.Stride);
        var (rows, neighbors) = (new RowReader(samples), new RowReader(samples));
        for (var i = 0; i < rowCount; i++)
        {
            if (i + RowsAhead < rowCount)
            {
                rows.Prefetch(wanted[i + RowsAhead].Row);
                neighbors.Prefetch(wanted[i + RowsAhead].Neighbor);
            }

            // Zeros past the features may fall into padding, or where the next row is yet to be made.
            var hasRoom = stride == padded || (stride == columns && (rowCount - 1 - i) * stride >= padded - columns);
            var made = destination.Slice(i * stride, hasRoom ? padded : columns);
            var target = hasRoom ? made : new float[padded];
            Make(wanted[i], rows.Read(wanted[i].Row), neighbors.Read(wanted[i].Neighbor), target);
            if (!hasRoom)
                target[..columns].CopyTo(made);
        }
    }

    private void MakeTogether(ReadOnlySpan<SyntheticRow> wanted, Span<float> destination, int stride)
    {
        var (columns, padded) = (samples.FeatureCount, samples.Stride);
        var reader = new RowReader(samples);
        var (rows, neighbors, factors) = (new float[wanted.Length * padded], new float[wanted.Length * padded], new float[wanted.Length]);
        for (var i = 0; i < wanted.Length; i++)
        {
            reader.Read(wanted[i].Row).CopyTo(rows.AsSpan(i * padded));
            reader.Read(wanted[i].Neighbor).CopyTo(neighbors.AsSpan(i * padded));
            factors[i] = wanted[i].Factor;
        }

        var made = new float[rows.Length];
        backend.Interpolate(rows, neighbors, factors, padded, made);
        for (var i = 0; i < wanted.Length; i++)
        {
            var start = i * padded;
            var row = made.AsSpan(start, columns);
            KeepNominal(wanted[i].Factor, rows.AsSpan(start, padded), neighbors.AsSpan(start, padded), row);
            row.CopyTo(destination[(i * stride)..]);
        }
    }

    /// <summary>Interpolates one padded row; masks and categories come whole from the nearer parent.</summary>
    private void Make(SyntheticRow drawn, ReadOnlySpan<float> row, ReadOnlySpan<float> neighbor, Span<float> made)
    {
        var factor = drawn.Factor;
        backend.Interpolate(row, neighbor, new ReadOnlySpan<float>(in factor), made.Length, made);
        KeepNominal(factor, row, neighbor, made);
    }

    private void KeepNominal(float factor, ReadOnlySpan<float> row, ReadOnlySpan<float> neighbor, Span<float> made)
    {
        if (schema is null)
            return;
        var parent = factor < NearerToNeighbor ? row : neighbor;
        foreach (var (first, count) in schema.NominalRuns)
            parent.Slice(first, count).CopyTo(made[first..]);
    }
}
