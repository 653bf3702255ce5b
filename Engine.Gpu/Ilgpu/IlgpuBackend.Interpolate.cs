using Engine.Gpu.Ilgpu.Kernels;
using ILGPU;
using ILGPU.Runtime;

namespace Engine.Gpu.Ilgpu;

/// <content>Interpolation.</content>
internal sealed partial class IlgpuBackend
{
    private const int InterpolationGroups = 4096;

    /// <inheritdoc/>
    public void Interpolate(ReadOnlySpan<float> rows, ReadOnlySpan<float> neighbors, ReadOnlySpan<float> factors, int stride, Span<float> destination)
    {
        using var use = device.Use();
        if (factors.IsEmpty)
            return;
        lock (device.Gate)
        {
            device.Accelerator.Bind();
            using var stream = device.Accelerator.CreateStream();
            var length = factors.Length * stride;
            using var start = Upload(stream, rows[..length]);
            using var end = Upload(stream, neighbors[..length]);
            using var shares = Upload(stream, factors);
            var interpolate = device.Accelerator.LoadKernel<ArrayView<float>, ArrayView<float>, ArrayView<float>, int>(InterpolationKernel.Interpolate);
            interpolate(stream, new KernelConfig(GroupsFor(length, InterpolationGroups), device.GroupSize), start.View, end.View, shares.View, stride);
            start.View.BaseView.CopyToCPU(stream, destination[..length]);
            stream.Synchronize();
        }
    }

    private MemoryBuffer1D<T, Stride1D.Dense> Upload<T>(AcceleratorStream stream, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var buffer = device.Memory.Allocate<T>(values.Length);
        buffer.View.BaseView.CopyFromCPU(stream, values);
        return buffer;
    }

    private int GroupsFor(long threads, int most) => (int)Math.Min(most, (threads + device.GroupSize - 1) / device.GroupSize);
}
