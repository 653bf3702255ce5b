using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;
using Engine.Numerics;

namespace Engine.Synthesis;

/// <summary>What generators without a language model share: they are asked for rows, and make exactly those.</summary>
internal static class GeneratedTable
{
    /// <summary>Throws where a request cannot be met by any generator.</summary>
    public static void Check(GenerationRequest request)
    {
        ArgumentNullException.ThrowIfNull(request.Examples);
        if (request.RowCount < 1)
            Throw.ArgumentOutOfRange(nameof(GenerationRequest.RowCount), request.RowCount, "1 or more");
    }

    /// <summary>Reads rows that are made when they are read into memory of their own, on every thread that may be used.</summary>
    public static GeneratedRows Read(TableSchema schema, SampleMatrix made, ComputeOptions compute, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, compute.CancellationToken);
        var options = compute.ToParallelOptions();
        options.CancellationToken = stop.Token;
        using var hold = made.Hold();
        var rows = SampleMatrix.Create(made.RowCount, made.FeatureCount);
        ParallelLoop.For(
            0L,
            made.BlockCount,
            options,
            () => new float[made.BlockScratchLength],
            (blockIndex, _, scratch) =>
            {
                var block = made.ReadBlock(blockIndex, scratch);
                for (var row = 0; row < block.RowCount; row++)
                    block.Row(row).CopyTo(rows.GetWritableRow(block.FirstRow + row));
                return scratch;
            },
            static _ => { });
        var count = (int)made.RowCount;
        return new GeneratedRows(new SchemaTable(schema, rows), new GenerationReport { RequestedCount = count, MadeCount = count });
    }
}
