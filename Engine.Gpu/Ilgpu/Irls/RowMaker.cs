using Engine.Data;
using Engine.Gpu.Ilgpu.Kernels;
using Engine.Resampling;
using ILGPU;
using ILGPU.Runtime;

namespace Engine.Gpu.Ilgpu.Irls;

/// <summary>Makes the last rows of a fit on the device, between rows of the fit that are there: what is sent of a row are its draws, not its values.</summary>
internal sealed class RowMaker
{
    private const int LargestGrid = 4096;

    private readonly IlgpuDevice _device;
    private readonly InterpolatedRows _made;
    private readonly byte[] _isNominal;
    private readonly int _stride;

    /// <summary>Prepares to make rows.</summary>
    /// <param name="device">The device.</param>
    /// <param name="made">The rows.</param>
    public RowMaker(IlgpuDevice device, InterpolatedRows made)
    {
        (_device, _made, _stride) = (device, made, made.Parents.Stride);
        _isNominal = new byte[_stride];
        foreach (var (first, count) in made.Schema?.NominalRuns ?? [])
            _isNominal.AsSpan(first, count).Fill(1);
    }

    /// <summary>Gets the rows that come before those that are made.</summary>
    public SampleMatrix Parents => _made.Parents;

    /// <summary>Gets the first of the rows that are made, counted among all of the fit.</summary>
    public long FirstRow => Parents.RowCount;

    /// <summary>Returns what makes the rows at the end of a table; null where it does not end with rows made between its others.</summary>
    public static RowMaker? For(IlgpuDevice device, SampleMatrix table) => InterpolatedRows.AtEndOf(table) is { } made ? new RowMaker(device, made) : null;

    /// <summary>Returns the device bytes that so many rows need while they are made.</summary>
    public static unsafe long BytesOf(int rows) => (long)rows * sizeof(SyntheticRow);

    /// <summary>Makes rows, and waits for them.</summary>
    /// <param name="stream">What the rows they are made between were sent by.</param>
    /// <param name="slabs">All slabs of the fit, those before this row complete.</param>
    /// <param name="slabRows">The rows of a slab.</param>
    /// <param name="first">The first row to be made, counted among all of the fit.</param>
    /// <param name="destination">Receives the rows.</param>
    public void Make(AcceleratorStream stream, ReadOnlySpan<FitSlab> slabs, int slabRows, long first, ArrayView<float> destination)
    {
        var count = (int)(destination.Length / _stride);
        using var drawn = _device.Memory.Allocate<SyntheticRow>(count);
        using var isNominal = _device.Memory.Allocate<byte>(_stride);
        drawn.View.BaseView.CopyFromCPU(stream, _made.Synthetic.Span.Slice((int)(first - FirstRow), count));
        isNominal.View.BaseView.CopyFromCPU(stream, _isNominal);
        var config = new KernelConfig((int)Math.Min(LargestGrid, (destination.Length + _device.GroupSize - 1) / _device.GroupSize), _device.GroupSize);
        // All base rows before any neighbor: the two lie in different slabs.
        foreach (var kernel in (Action<MakeTask>[])[MakeKernel.TakeBases, MakeKernel.MoveToNeighbors])
        {
            for (var firstParent = 0L; firstParent < FirstRow; firstParent += slabRows)
            {
                _device.Accelerator.LoadKernel(kernel)(stream, config, new MakeTask
                {
                    Parents = slabs[(int)(firstParent / slabRows)].Rows,
                    Drawn = drawn.View,
                    IsNominal = isNominal.View,
                    Made = destination,
                    FirstParent = firstParent,
                    ParentCount = (int)Math.Min(slabRows, FirstRow - firstParent),
                    Stride = _stride,
                });
            }
        }

        stream.Synchronize();
    }
}
