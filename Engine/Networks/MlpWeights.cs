using System.Numerics;
using Engine.Numerics;

namespace Engine.Networks;

/// <summary>The parameters of a multilayer perceptron in the order of memory, and what its way back needs of them.</summary>
/// <param name="shape">The layers.</param>
internal sealed unsafe class MlpWeights<T>(MlpShape shape) : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>What kernels read beyond the last value: two registers.</summary>
    private static readonly int s_slack = 128 / sizeof(T);

    private readonly NativeBuffer<T> _values = CreateGradient(shape);
    // Of every layer but the first, its weights with the inputs of a unit together, padded with zeros.
    private readonly NativeBuffer<T>?[] _transposed =
    [
        .. shape.Layers.Select(static (layer, index) => index == 0 ? null : new NativeBuffer<T>(((long)layer.Units * StrideOf(layer.Inputs)) + s_slack)),
    ];

    /// <summary>Gets the layers.</summary>
    public MlpShape Shape { get; } = shape;

    /// <summary>Gets the parameters.</summary>
    public Span<T> Values => new(_values.Pointer, Shape.ParameterCount);

    /// <summary>Gets where the parameters are.</summary>
    public T* Pointer => _values.Pointer;

    /// <summary>Returns the distance between rows of so many units: whole pairs of registers.</summary>
    public static int StrideOf(int units) => (units + s_slack - 1) / s_slack * s_slack;

    /// <summary>Allocates zeros, one a parameter, and what kernels read and write back beyond.</summary>
    public static NativeBuffer<T> CreateGradient(MlpShape shape) => new(shape.ParameterCount + (long)s_slack);

    /// <summary>Returns the weights of a layer, units x <see cref="StrideOf"/> its inputs, as they were when <see cref="PrepareBackward"/> was called.</summary>
    public T* TransposedOf(int layer) => _transposed[layer]!.Pointer;

    /// <summary>Makes what the way back needs of the present parameters.</summary>
    public void PrepareBackward()
    {
        for (var index = 1; index < Shape.Layers.Count; index++)
        {
            var layer = Shape.Layers[index];
            T* source = Pointer + layer.Weights, destination = TransposedOf(index);
            var stride = StrideOf(layer.Inputs);
            for (var input = 0; input < layer.Inputs; input++)
            {
                for (var unit = 0; unit < layer.Units; unit++)
                    destination[(unit * stride) + input] = source[(input * layer.Units) + unit];
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _values.Dispose();
        foreach (var transposed in _transposed)
            transposed?.Dispose();
    }
}
