using System.Runtime.InteropServices;
using Engine.Networks;
using static TorchSharp.torch;

namespace Engine.Gpu.Torch;

/// <summary>The parameters of a network as tensors of libtorch that collect gradients, in the names, shapes and order of the managed network.</summary>
internal sealed class TorchParameters : IDisposable
{
    private readonly IReadOnlyList<NetworkTensor> _tensors;
    private readonly Dictionary<string, Tensor> _values = [];
    private readonly Device _device;

    /// <summary>Makes parameters of 0.</summary>
    /// <param name="tensors">What they are.</param>
    /// <param name="device">Where they lie.</param>
    public TorchParameters(IReadOnlyList<NetworkTensor> tensors, Device device)
    {
        (_tensors, _device) = (tensors, device);
        foreach (var tensor in tensors)
            _values[tensor.Name] = zeros([.. tensor.Shape.Select(static length => (long)length)], float32, device, requires_grad: true).DetachFromDisposeScope();
    }

    /// <summary>Gets the device.</summary>
    public Device Device => _device;

    /// <summary>Gets all tensors, in order.</summary>
    public IEnumerable<Tensor> All => _tensors.Select(tensor => _values[tensor.Name]);

    /// <summary>Gets the number of parameters.</summary>
    public int Count => _tensors[^1].Offset + _tensors[^1].Length;

    /// <summary>Gets a tensor.</summary>
    /// <param name="name">Its name.</param>
    public Tensor this[string name] => _values[name];

    /// <summary>Takes parameters over.</summary>
    /// <param name="source">All of them, tensor after tensor.</param>
    public void Load(ReadOnlySpan<float> source)
    {
        using var still = no_grad();
        using var scope = NewDisposeScope();
        foreach (var info in _tensors)
        {
            var values = empty(_values[info.Name].shape, float32);
            source.Slice(info.Offset, info.Length).CopyTo(MemoryMarshal.Cast<byte, float>(values.bytes));
            _values[info.Name].copy_(values);
        }
    }

    /// <summary>Copies gradients.</summary>
    /// <param name="destination">Receives one a parameter, tensor after tensor; 0 where there is none.</param>
    public void StoreGradients(Span<float> destination)
    {
        using var scope = NewDisposeScope();
        foreach (var info in _tensors)
        {
            var part = destination.Slice(info.Offset, info.Length);
            if (_values[info.Name].grad is { } gradient)
                Copy(gradient, part);
            else
                part.Clear();
        }
    }

    /// <summary>Sets all gradients to 0.</summary>
    public void ClearGradients()
    {
        using var scope = NewDisposeScope();
        foreach (var value in _values.Values)
            value.grad?.zero_();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var value in _values.Values)
            value.Dispose();
    }

    private static void Copy(Tensor source, Span<float> destination) => MemoryMarshal.Cast<byte, float>(source.cpu().contiguous().bytes).CopyTo(destination);
}
