using Engine.Compute;
using Engine.Gpu.Ilgpu.Kernels;
using ILGPU;
using ILGPU.Runtime;

namespace Engine.Gpu.Ilgpu.Irls;

/// <summary>Some rows of a fit on the device, and what is known of each.</summary>
internal sealed class FitSlab : IDisposable
{
    private readonly MemoryBuffer1D<float, Stride1D.Dense> _rows;
    private readonly MemoryBuffer1D<byte, Stride1D.Dense> _labels;
    private readonly MemoryBuffer1D<double, Stride1D.Dense> _weights;
    private readonly MemoryBuffer1D<double, Stride1D.Dense> _offsets;
    private readonly MemoryBuffer1D<double, Stride1D.Dense> _curvatures;

    public FitSlab(DeviceMemory memory, FitRequest request, int capacity)
    {
        _rows = memory.Allocate<float>((long)capacity * request.Samples.Stride);
        _labels = memory.Allocate<byte>(capacity);
        _weights = memory.Allocate<double>(request.Weights.IsEmpty ? 1 : capacity);
        _offsets = memory.Allocate<double>(request.Offsets.IsEmpty ? 1 : capacity);
        _curvatures = memory.Allocate<double>(capacity);
    }

    /// <summary>Gets or sets which slab the rows are; -1 for none.</summary>
    public long Index { get; set; } = -1;

    /// <summary>Gets the padded rows.</summary>
    public ArrayView<float> Rows => _rows.View;

    /// <summary>Returns the device bytes of a row.</summary>
    public static long BytesOfRow(FitRequest request) =>
        ((long)request.Samples.Stride * sizeof(float)) + sizeof(byte) + sizeof(double) + (request.Weights.IsEmpty ? 0 : sizeof(double)) + (request.Offsets.IsEmpty ? 0 : sizeof(double));

    /// <summary>Starts to receive rows.</summary>
    /// <param name="stream">What copies.</param>
    /// <param name="request">Where labels, weights and offsets lie.</param>
    /// <param name="first">Its first row.</param>
    /// <param name="rows">Its padded rows, page-locked, as far as they are sent.</param>
    /// <param name="count">How many rows it has.</param>
    public void Receive(AcceleratorStream stream, FitRequest request, long first, ArrayView<float> rows, int count)
    {
        if (rows.Length > 0)
            _rows.View.BaseView.SubView(0, rows.Length).CopyFrom(stream, rows);
        Receive(stream, _labels, request.Labels.Span.Slice((int)first, count));
        if (!request.Weights.IsEmpty)
            Receive(stream, _weights, request.Weights.Span.Slice((int)first, count));
        if (!request.Offsets.IsEmpty)
            Receive(stream, _offsets, request.Offsets.Span.Slice((int)first, count));
    }

    /// <summary>Puts the rows into a task.</summary>
    public void Describe(ref IrlsTask task)
    {
        task.Rows = _rows.View;
        task.Labels = _labels.View;
        task.Weights = _weights.View;
        task.Offsets = _offsets.View;
        task.Curvatures = _curvatures.View;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _rows.Dispose();
        _labels.Dispose();
        _weights.Dispose();
        _offsets.Dispose();
        _curvatures.Dispose();
    }

    private static void Receive<T>(AcceleratorStream stream, MemoryBuffer1D<T, Stride1D.Dense> buffer, ReadOnlySpan<T> values)
        where T : unmanaged =>
        buffer.View.BaseView.SubView(0, values.Length).CopyFromCPU(stream, values);
}
