using System.Runtime.InteropServices;
using Engine.Diagnostics;

namespace Engine.Data;

/// <summary>A tensor of a <see cref="SafetensorsFile"/>: float32 or float64 values in row-major order.</summary>
public sealed class SafetensorsTensor
{
    private readonly float[]? _singles;
    private readonly double[]? _doubles;

    /// <summary>Makes a tensor of float32 values.</summary>
    /// <param name="name">Its name, not empty.</param>
    /// <param name="shape">The lengths of its axes, each 0 or more; no axis makes a single value.</param>
    /// <param name="values">As many values as the shape has; they are copied.</param>
    /// <exception cref="ArgumentException">The name is empty, a length is negative, or the values are more or fewer.</exception>
    public SafetensorsTensor(string name, ReadOnlySpan<int> shape, ReadOnlySpan<float> values)
        : this(name, shape, values.Length) => _singles = values.ToArray();

    /// <summary>Makes a tensor of float64 values.</summary>
    /// <param name="name">Its name, not empty.</param>
    /// <param name="shape">The lengths of its axes, each 0 or more; no axis makes a single value.</param>
    /// <param name="values">As many values as the shape has; they are copied.</param>
    /// <exception cref="ArgumentException">The name is empty, a length is negative, or the values are more or fewer.</exception>
    public SafetensorsTensor(string name, ReadOnlySpan<int> shape, ReadOnlySpan<double> values)
        : this(name, shape, values.Length) => _doubles = values.ToArray();

    /// <summary>Takes what was read and checked, without a copy.</summary>
    internal SafetensorsTensor(SafetensorsEntry entry, float[]? singles, double[]? doubles) =>
        (Name, Shape, _singles, _doubles) = (entry.Name, entry.Shape, singles, doubles);

    private SafetensorsTensor(string name, ReadOnlySpan<int> shape, int length)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var count = 1L;
        foreach (var axis in shape)
        {
            if (axis < 0)
                Throw.Argument_Invalid(nameof(shape), $"an axis of '{name}' is {axis:N0} long; a length is 0 or more.");
            count = Math.Min(count * axis, int.MaxValue + 1L);
        }

        if (count != length)
            Throw.Argument_Invalid(nameof(shape), $"'{name}' of shape {TextOf(shape)} has {count:N0} values where {length:N0} are given.");
        (Name, Shape) = (name, shape.ToArray());
    }

    /// <summary>Gets the name.</summary>
    public string Name { get; }

    /// <summary>Gets the lengths of its axes.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>Gets the type of the values, <see cref="NpyElement.Float32"/> or <see cref="NpyElement.Float64"/>.</summary>
    public NpyElement Element => _singles is null ? NpyElement.Float64 : NpyElement.Float32;

    /// <summary>Gets the number of values.</summary>
    public int Length => _singles?.Length ?? _doubles!.Length;

    /// <summary>Gets the values of a float32 tensor.</summary>
    /// <exception cref="InvalidOperationException">The values are float64.</exception>
    public ReadOnlySpan<float> Singles
    {
        get
        {
            if (_singles is null)
                Throw.InvalidOperation($"'{Name}' holds float64 values; read {nameof(Doubles)}.");
            return _singles;
        }
    }

    /// <summary>Gets the values of a float64 tensor.</summary>
    /// <exception cref="InvalidOperationException">The values are float32.</exception>
    public ReadOnlySpan<double> Doubles
    {
        get
        {
            if (_doubles is null)
                Throw.InvalidOperation($"'{Name}' holds float32 values; read {nameof(Singles)}.");
            return _doubles;
        }
    }

    /// <summary>Gets the values as they lie in a file.</summary>
    internal ReadOnlySpan<byte> Bytes => _singles is null ? MemoryMarshal.AsBytes(_doubles.AsSpan()) : MemoryMarshal.AsBytes(_singles.AsSpan());

    /// <summary>Writes a shape as Python does.</summary>
    internal static string TextOf(ReadOnlySpan<int> shape) => $"[{string.Join(", ", shape.ToArray())}]";
}
