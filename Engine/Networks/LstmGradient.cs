using System.Numerics;
using System.Numerics.Tensors;
using Engine.Numerics;

namespace Engine.Networks;

/// <summary>Sums of the gradient of an LSTM, laid out as kernels add to them: a row of columns for each input, for each unit, and for the bias.</summary>
internal sealed unsafe class LstmGradient<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly LstmWeights<T> _weights;
    private readonly NativeBuffer<T> _values;
    private readonly int[] _starts;
    private readonly int _output;

    /// <summary>Makes sums of 0.</summary>
    public LstmGradient(LstmWeights<T> weights)
    {
        _weights = weights;
        _starts = new int[weights.Directions.Count];
        for (var i = 0; i < _starts.Length; i++)
        {
            _starts[i] = _output;
            var direction = weights.Layout.Directions[i];
            _output = checked(_output + ((direction.InputCount + direction.Units + 1) * StrideOf(i)));
        }

        _values = new NativeBuffer<T>(_output + (weights.OutputDirections.Count * weights.PaddedUnits) + LaneStride<T>.Lanes);
    }

    /// <summary>Gets the sum for the bias of the output unit.</summary>
    public ref T OutputBias => ref _values.Pointer[_values.Length - LaneStride<T>.Lanes];

    /// <summary>Gets all sums.</summary>
    public Span<T> All => new(_values.Pointer, checked((int)_values.Length));

    /// <summary>Returns the distance of the rows of a way.</summary>
    public int StrideOf(int direction) => LaneStride<T>.Of(_weights.Directions[direction].Columns);

    /// <summary>Returns the sums for weight_ih of a way, a row an input.</summary>
    public T* InputsOf(int direction) => _values.Pointer + _starts[direction];

    /// <summary>Returns the sums for weight_hh of a way, a row a unit.</summary>
    public T* StatesOf(int direction) => InputsOf(direction) + (_weights.Layout.Directions[direction].InputCount * StrideOf(direction));

    /// <summary>Returns the sums for the bias of a way.</summary>
    public T* BiasOf(int direction) => StatesOf(direction) + (_weights.Layout.Directions[direction].Units * StrideOf(direction));

    /// <summary>Returns the sums for the weights of the output unit for a way of the last layer.</summary>
    public T* OutputOf(int direction) => _values.Pointer + _output + (direction * _weights.PaddedUnits);

    /// <summary>Sets the sums to 0.</summary>
    public void Clear() => All.Clear();

    /// <summary>Adds other sums.</summary>
    public void Add(LstmGradient<T> other) => TensorPrimitives.Add(All, other.All, All);

    /// <summary>Copies the sums in the order of <see cref="LstmLayout"/>.</summary>
    public void CopyTo(Span<T> gradient)
    {
        var layout = _weights.Layout;
        for (var i = 0; i < layout.Directions.Count; i++)
        {
            var (direction, stride) = (layout.Directions[i], StrideOf(i));
            for (var row = 0; row < 4 * direction.Units; row++)
            {
                var column = (row / direction.Units * _weights.Directions[i].PaddedUnits) + (row % direction.Units);
                CopyColumn(InputsOf(i) + column, stride, gradient.Slice(direction.InputWeights + (row * direction.InputCount), direction.InputCount));
                CopyColumn(StatesOf(i) + column, stride, gradient.Slice(direction.StateWeights + (row * direction.Units), direction.Units));
                gradient[direction.Bias + row] = BiasOf(i)[column];
            }
        }

        for (var i = 0; i < _weights.OutputDirections.Count; i++)
        {
            var direction = _weights.OutputDirections[i];
            new Span<T>(OutputOf(i), direction.Units).CopyTo(gradient[(layout.OutputWeights + direction.Column)..]);
        }

        gradient[layout.OutputBias] = OutputBias;
    }

    /// <inheritdoc/>
    public void Dispose() => _values.Dispose();

    private static void CopyColumn(T* column, int stride, Span<T> destination)
    {
        for (var i = 0; i < destination.Length; i++)
            destination[i] = column[(nint)i * stride];
    }
}
