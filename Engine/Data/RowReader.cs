using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Engine.Data;

/// <summary>Reads single rows with their zero padding: in place where they lie so, else into scratch that the next read overwrites.</summary>
internal sealed class RowReader(SampleMatrix samples)
{
    private const int FloatsPerLine = 16;
    private const int LargestPrefetch = 5 * FloatsPerLine;

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

    /// <summary>Asks the processor to fetch the beginning of a row that is soon read, or that of which it is made; its own prefetching goes on from there.</summary>
    /// <param name="row">The row, from 0.</param>
    public void Prefetch(long row) => Prefetch(samples, row);

    /// <summary>Does the same for a row of any matrix.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Prefetch(SampleMatrix samples, long row)
    {
        var start = Sse.IsSupported ? samples.AddressOf(row) : null;
        if (start == null)
            return;
        for (var value = 0; value < Math.Min(samples.Stride, LargestPrefetch); value += FloatsPerLine)
            Sse.Prefetch0(start + value);
    }
}
