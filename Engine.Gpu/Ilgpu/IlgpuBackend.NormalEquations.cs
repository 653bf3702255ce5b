using Engine.Compute;
using Engine.Data;
using Engine.Gpu.Ilgpu.Kernels;
using ILGPU;
using ILGPU.Runtime;

namespace Engine.Gpu.Ilgpu;

/// <content>One block of an IRLS pass.</content>
internal sealed partial class IlgpuBackend
{
    private const int IrlsGroups = 4096;

    /// <inheritdoc/>
    public void AccumulateNormalEquations(
        RowBlock block, ReadOnlySpan<byte> labels, ReadOnlySpan<double> weights, ReadOnlySpan<double> offsets, ReadOnlySpan<double> coefficients, NormalEquations sums)
    {
        ArgumentNullException.ThrowIfNull(sums);
        var (columns, parts) = (sums.CoefficientCount, (block.RowCount + IrlsKernel.RowsPerPart - 1) / IrlsKernel.RowsPerPart);
        var entries = IrlsKernel.EntryCount(columns);
        var total = new double[entries];
        lock (device.Gate)
        {
            device.Accelerator.Bind();
            using var stream = device.Accelerator.CreateStream();
            using var rows = Upload(stream, block.Values);
            using var classes = Upload(stream, labels[..block.RowCount]);
            using var shares = Upload(stream, weights[..block.RowCount]);
            using var starts = Upload(stream, offsets.IsEmpty ? new double[block.RowCount] : offsets[..block.RowCount]);
            using var model = Upload(stream, coefficients);
            using var terms = device.Memory.Allocate<double>(4L * block.RowCount);
            using var partials = device.Memory.Allocate<double>((long)parts * entries);
            using var result = device.Memory.Allocate<double>(entries);
            var task = new IrlsTask
            {
                Rows = rows.View,
                Labels = classes.View,
                Weights = shares.View,
                Offsets = starts.View,
                Coefficients = model.View,
                Terms = terms.View,
                Partials = partials.View,
                Sums = result.View,
                RowCount = block.RowCount,
                RowStride = block.Stride,
                FeatureCount = block.FeatureCount,
                ColumnCount = columns,
                PartCount = parts,
            };
            Launch(stream, IrlsKernel.ComputeTerms, block.RowCount, task);
            Launch(stream, IrlsKernel.SumParts, (long)parts * entries, task);
            Launch(stream, IrlsKernel.AddParts, entries, task);
            result.View.BaseView.CopyToCPU(stream, total.AsSpan());
            stream.Synchronize();
        }

        Add(total, sums);
    }

    private static void Add(ReadOnlySpan<double> total, NormalEquations sums)
    {
        var next = 0;
        for (var i = 0; i < sums.CoefficientCount; i++)
        {
            for (var j = 0; j <= i; j++)
                sums.Hessian[(i * sums.Stride) + j] += total[next++];
        }

        for (var i = 0; i < sums.CoefficientCount; i++)
            sums.Gradient[i] += total[next++];
        sums.LogLikelihood += total[next++];
        sums.LargestLinearPredictor = Math.Max(sums.LargestLinearPredictor, total[next]);
    }

    private void Launch(AcceleratorStream stream, Action<IrlsTask> kernel, long threads, IrlsTask task) =>
        device.Accelerator.LoadKernel(kernel)(stream, new KernelConfig(GroupsFor(threads, IrlsGroups), device.GroupSize), task);
}
