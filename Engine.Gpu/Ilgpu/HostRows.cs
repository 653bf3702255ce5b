using Engine.Data;

namespace Engine.Gpu.Ilgpu;

/// <summary>Rows on their way to a device: padded, one after the other.</summary>
/// <param name="samples">Where they lie.</param>
internal sealed class HostRows(SampleMatrix samples)
{
    private readonly float[] _scratch = new float[samples.BlockScratchLength];

    /// <summary>Copies consecutive rows.</summary>
    public void Copy(long first, int count, Span<float> destination)
    {
        var (next, end) = (first, first + count);
        while (next < end)
        {
            var block = samples.ReadBlock(next / SampleMatrix.RowsPerBlock, _scratch);
            var skip = (int)(next - block.FirstRow);
            var taken = (int)Math.Min(block.RowCount - skip, end - next);
            block.Values.Slice(skip * samples.Stride, taken * samples.Stride).CopyTo(destination[((int)(next - first) * samples.Stride)..]);
            next += taken;
        }
    }

    /// <summary>Copies chosen rows.</summary>
    public void Copy(ReadOnlySpan<long> rows, Span<float> destination)
    {
        var reader = new RowReader(samples);
        for (var i = 0; i < rows.Length; i++)
            reader.Read(rows[i]).CopyTo(destination[(i * samples.Stride)..]);
    }
}
