using Engine.Gpu.Torch;
using Engine.Networks;
using Engine.Tests.Support;

namespace Engine.Tests.Gpu.Torch;

/// <summary>The tests that need the native libtorch; one at a time, because some count what is alive in it.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class LibTorchCollection
{
    public const string Name = "libtorch";

    /// <summary>Leaves the running test out where there is no libtorch.</summary>
    internal static void Require() => Skip.Unless(LibTorch.WhyNot is null, $"no libtorch: {LibTorch.WhyNot}");

    /// <summary>Copies values into the parameters of a network by the names of tensors.</summary>
    internal static void Set(TorchTraining network, Func<NetworkTensor, float[]> values)
    {
        foreach (var tensor in network.Tensors)
            values(tensor).CopyTo(network.Parameters.Slice(tensor.Offset, tensor.Length));
    }

    /// <summary>Returns a tensor's part of values that lie as parameters do.</summary>
    internal static float[] Of(TorchTraining network, string name, ReadOnlySpan<float> values)
    {
        var tensor = network.Tensors.Single(tensor => tensor.Name == name);
        return values.Slice(tensor.Offset, tensor.Length).ToArray();
    }
}
