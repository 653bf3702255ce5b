using Engine.Data;
using Engine.Gpu.Ilgpu.Kernels;
using ILGPU;
using ILGPU.Runtime;

namespace Engine.Gpu.Ilgpu.Search;

/// <summary>Brings rows to the device on a stream of its own: page-locked memory on the host, a copy, the kernel that prepares them.</summary>
internal sealed class RowIntake : IDisposable
{
    private readonly AcceleratorStream _stream;
    private readonly Action<AcceleratorStream, KernelConfig, PrepareTask> _prepare;
    private readonly PageLockedArray1D<float> _host;
    private readonly MemoryBuffer1D<float, Stride1D.Dense> _center;
    private readonly HostRows _rows;
    private readonly int _stride;
    private readonly int _groupSize;

    public RowIntake(IlgpuDevice device, SampleMatrix samples, int capacity, ReadOnlySpan<float> center)
    {
        _stride = samples.Stride;
        _groupSize = device.GroupSize;
        _rows = new HostRows(samples);
        _stream = device.Accelerator.CreateStream();
        _prepare = device.Accelerator.LoadKernel<PrepareTask>(PrepareKernel.Prepare);
        _host = device.Accelerator.AllocatePageLocked1D<float>((long)capacity * _stride);
        _center = device.Memory.Allocate<float>(_stride);
        _center.View.BaseView.CopyFromCPU(_stream, center);
        Synchronize();
    }

    /// <summary>Gets the rows that were sent last, padded; valid until the next are.</summary>
    public ReadOnlySpan<float> Host => _host.Span;

    /// <summary>Starts to send rows; they are there after <see cref="Synchronize"/>.</summary>
    /// <param name="subset">The rows that count, in order; null for all.</param>
    /// <param name="first">The first, counted among those.</param>
    /// <param name="count">How many.</param>
    /// <param name="destination">Where they go.</param>
    public void Send(long[]? subset, long first, int count, DeviceRows destination)
    {
        // The copy of what was sent before may still read this memory.
        Synchronize();
        if (subset is null)
            _rows.Copy(first, count, _host.Span);
        else
            _rows.Copy(subset.AsSpan((int)first, count), _host.Span);
        destination.Raw.SubView(0, (long)count * _stride).CopyFrom(_stream, _host.ArrayView.SubView(0, (long)count * _stride));
        _prepare(_stream, new KernelConfig((count + _groupSize - 1) / _groupSize, _groupSize), new PrepareTask
        {
            Raw = destination.Raw,
            Center = _center.View,
            Turned = destination.Turned,
            Shares = destination.Shares,
            RowCount = count,
            Pitch = destination.Pitch,
            Stride = _stride,
            NormFactor = FilterBound.NormFactor(_stride),
        });
    }

    /// <summary>Waits until what was sent is on the device.</summary>
    public void Synchronize() => _stream.Synchronize();

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream.Dispose();
        _host.Dispose();
        _center.Dispose();
    }
}
