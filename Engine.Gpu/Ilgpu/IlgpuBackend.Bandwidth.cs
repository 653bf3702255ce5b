using System.Diagnostics;
using ILGPU.Runtime;

namespace Engine.Gpu.Ilgpu;

/// <content>The roof of what waits for memory.</content>
internal sealed partial class IlgpuBackend
{
    private const long LargestCopy = 1L << 28;
    private const int Copies = 10;

    /// <inheritdoc/>
    public double MeasureMemoryBandwidth()
    {
        using var use = device.Use();
        lock (device.Gate)
        {
            device.Accelerator.Bind();
            using var stream = device.Accelerator.CreateStream();
            var length = Math.Min(LargestCopy, device.Memory.Limit / 4 / sizeof(float));
            using var from = device.Memory.Allocate<float>(length);
            using var to = device.Memory.Allocate<float>(length);
            var best = double.PositiveInfinity;
            for (var i = 0; i < Copies; i++)
            {
                var clock = Stopwatch.StartNew();
                to.View.BaseView.CopyFrom(stream, from.View.BaseView);
                stream.Synchronize();
                best = Math.Min(best, clock.Elapsed.TotalSeconds);
            }

            return 2 * length * sizeof(float) / best;
        }
    }
}
