using Engine.Compute;
using Engine.Data;
using Engine.Gpu.Ilgpu.Irls;
using Engine.Gpu.Ilgpu.Search;
using Engine.Numerics.Distances;

namespace Engine.Gpu.Ilgpu;

/// <summary>The kernels on a device, through ILGPU.</summary>
internal sealed partial class IlgpuBackend(IlgpuDevice device, GpuDevice description, IlgpuLimits? limits = null) : IGpuBackend
{
    private readonly IlgpuLimits _limits = limits ?? new IlgpuLimits();

    /// <inheritdoc/>
    public GpuDevice Device => description;

    /// <inheritdoc/>
    public string Name => $"{description.Name} ({description.Kind}, ILGPU)";

    /// <inheritdoc/>
    public INeighborIndex IndexNeighbors(SampleMatrix reference, Metric metric, RowMask? rows, ComputeOptions options)
    {
        using var use = device.Use();
        lock (device.Gate)
        {
            device.Accelerator.Bind();
            return new IlgpuNeighborIndex(device, _limits, reference, metric, rows, options);
        }
    }

    /// <inheritdoc/>
    public IFitRows PrepareFit(FitRequest request, ComputeOptions options)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(options);
        using var use = device.Use();
        lock (device.Gate)
        {
            device.Accelerator.Bind();
            return new IlgpuFitRows(device, _limits, request, options);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => device.Dispose();
}
