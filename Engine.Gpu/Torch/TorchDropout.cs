using Engine.Numerics;
using static TorchSharp.torch;

namespace Engine.Gpu.Torch;

/// <summary>What a step of training drops, drawn by libtorch from the seed and the step alone; other draws than those of the managed networks.</summary>
internal sealed class TorchDropout : IDisposable
{
    // "TORC" in ASCII: no other stream of a seed begins so.
    private const ulong Stream = 0x544F_5243_0000_0000;

    private readonly Generator _generator;
    private readonly Device _device;

    /// <summary>Starts the draws of a step.</summary>
    /// <param name="seed">The seed of the training.</param>
    /// <param name="step">The step, from 0.</param>
    /// <param name="device">Where factors shall lie; they are drawn on the processor.</param>
    public TorchDropout(ulong seed, long step, Device device) => (_generator, _device) = (new Generator(new RandomStream(seed, Stream).UInt64((ulong)step), CPU), device);

    /// <summary>Draws factors: 0 for what is dropped, 1 / (1 - share) for the rest.</summary>
    /// <param name="share">The share that is dropped.</param>
    /// <param name="shape">The shape of the factors.</param>
    public Tensor Draw(double share, params long[] shape) => (rand(shape, float32, CPU, generator: _generator).ge(share).to(float32) / (1 - share)).to(_device);

    /// <inheritdoc/>
    public void Dispose() => _generator.Dispose();
}
