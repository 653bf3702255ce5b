using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Engine.Data;

/// <summary>Reads single rows with their zero padding: in place where they lie so, else into scratch that the next read overwrites.</summary>
internal sealed class RowReader(SampleMatrix samples)
{
    private const int FloatsPerLine = 16;
    private const int LargestPrefetch = 4 * FloatsPerLine;

    private float[]? _scratch;

    /// <summary>Reads a row of samples that the caller holds.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <returns>Stride values, valid until the next read.</returns>
    public ReadOnlySpan<float> Read(long row)
    {
        if (samples.TryGetPaddedRow(row, out var values))
            return values;
        // The padding of the scratch is zero from the start and is never written.
        _scratch ??= new float[samples.Stride];
        samples.CopyHeldRow(row, _scratch);
        return _scratch;
    }

    /// <summary>Asks the processor to fetch the beginning of a row that is soon read; its own prefetching goes on from there.</summary>
    /// <param name="row">The row, from 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Prefetch(long row)
    {
        if (!Sse.IsSupported || !samples.TryGetPaddedRow(row, out var values))
            return;
        fixed (float* start = values)
        {
            for (var value = 0; value < Math.Min(values.Length, LargestPrefetch); value += FloatsPerLine)
                Sse.Prefetch0(start + value);
        }
    }
}
