using System.Numerics.Tensors;
using Engine.Collectives;

namespace Engine.Data;

/// <summary>Rows of another matrix, every column multiplied by a factor each time they are read.</summary>
internal sealed class MultipliedColumns(SampleMatrix samples, float[] factors) : RowSource
{
    public override void CopyRows(long firstRow, int rowCount, Span<float> destination, int stride)
    {
        for (var i = 0; i < rowCount; i++)
        {
            var row = destination.Slice(i * stride, factors.Length);
            samples.CopyHeldRow(firstRow + i, row);
            TensorPrimitives.Multiply(row, factors, row);
        }
    }

    public override RankShare? Share => samples.Share;

    public override unsafe float* AddressOf(long row) => samples.AddressOf(row);

    public override bool Overlaps(ReadOnlySpan<byte> memory) => samples.Overlaps(memory);

    public override IDisposable? Hold() => samples.Hold();
}
