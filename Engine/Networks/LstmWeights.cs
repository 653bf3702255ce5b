using Engine.Numerics;

namespace Engine.Networks;

/// <summary>The parameters of one way through a layer as kernels read them.</summary>
/// <remarks>
/// Columns of sums are the units of the four gates, each gate padded to whole registers with units whose weights are 0. A panel is a register of columns, step after step:
/// <code>
/// panel of columns 0 ... 15       step 0: w w w ... w | step 1: w w w ... w | ...
/// </code>
/// </remarks>
internal sealed unsafe class LstmDirectionWeights<T> : IDisposable
    where T : unmanaged
{
    private readonly LstmDirection _direction;
    private readonly NativeBuffer<T> _values;
    private readonly int _inputs;
    private readonly int _states;
    private readonly int _backStates;
    private readonly int _backInputs;

    /// <summary>Makes room.</summary>
    public LstmDirectionWeights(LstmDirection direction)
    {
        _direction = direction;
        PaddedUnits = LaneStride<T>.Padded(direction.Units);
        _inputs = Columns;
        _states = _inputs + (Columns * direction.InputCount);
        _backStates = _states + (Columns * direction.Units);
        _backInputs = _backStates + (Columns * PaddedUnits);
        // The first layer passes no gradient on.
        _values = new NativeBuffer<T>(_backInputs + (direction.Layer == 0 ? 0 : Columns * LaneStride<T>.Padded(direction.InputCount)));
    }

    /// <summary>Gets the units of a gate with their padding.</summary>
    public int PaddedUnits { get; }

    /// <summary>Gets the sums of an hour: four gates.</summary>
    public int Columns => 4 * PaddedUnits;

    /// <summary>Gets the biases, one a column.</summary>
    public T* Bias => _values.Pointer;

    /// <summary>Gets weight_ih: panels of columns, a step an input.</summary>
    public T* Inputs => _values.Pointer + _inputs;

    /// <summary>Gets weight_hh: panels of columns, a step a unit.</summary>
    public T* States => _values.Pointer + _states;

    /// <summary>Gets weight_hh the other way: panels of units, a step a column.</summary>
    public T* BackStates => _values.Pointer + _backStates;

    /// <summary>Gets weight_ih the other way: panels of inputs, a step a column; of layers above the first.</summary>
    public T* BackInputs => _values.Pointer + _backInputs;

    /// <summary>Takes over parameters.</summary>
    /// <param name="parameters">All parameters of the network.</param>
    public void Pack(ReadOnlySpan<T> parameters)
    {
        var (units, inputCount) = (_direction.Units, _direction.InputCount);
        for (var row = 0; row < 4 * units; row++)
        {
            var column = (row / units * PaddedUnits) + (row % units);
            Bias[column] = parameters[_direction.Bias + row];
            var inputs = parameters.Slice(_direction.InputWeights + (row * inputCount), inputCount);
            var states = parameters.Slice(_direction.StateWeights + (row * units), units);
            PackForward(inputs, Inputs, column);
            PackForward(states, States, column);
            PackBack(states, BackStates, column);
            if (_direction.Layer > 0)
                PackBack(inputs, BackInputs, column);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _values.Dispose();

    private static void PackForward(ReadOnlySpan<T> row, T* panels, int column)
    {
        var (panel, lane) = Math.DivRem(column, LaneStride<T>.Lanes);
        var destination = panels + ((nint)panel * row.Length * LaneStride<T>.Lanes) + lane;
        for (var k = 0; k < row.Length; k++)
            destination[k * LaneStride<T>.Lanes] = row[k];
    }

    private void PackBack(ReadOnlySpan<T> row, T* panels, int column)
    {
        for (var first = 0; first < row.Length; first += LaneStride<T>.Lanes)
        {
            var part = row.Slice(first, Math.Min(LaneStride<T>.Lanes, row.Length - first));
            part.CopyTo(new Span<T>(panels + ((nint)first * Columns) + (column * LaneStride<T>.Lanes), part.Length));
        }
    }
}

/// <summary>The parameters of an LSTM as kernels read them.</summary>
internal sealed unsafe class LstmWeights<T> : IDisposable
    where T : unmanaged
{
    private readonly NativeBuffer<T> _output;

    /// <summary>Makes room for the parameters of a network.</summary>
    public LstmWeights(LstmLayout layout)
    {
        Layout = layout;
        Directions = [.. layout.Directions.Select(static direction => new LstmDirectionWeights<T>(direction))];
        OutputDirections = [.. layout.Directions.Where(direction => direction.Layer == layout.Directions[^1].Layer)];
        PaddedUnits = Directions[^1].PaddedUnits;
        _output = new NativeBuffer<T>(OutputDirections.Count * PaddedUnits);
    }

    /// <summary>Gets what the parameters are.</summary>
    public LstmLayout Layout { get; }

    /// <summary>Gets those of each way.</summary>
    public IReadOnlyList<LstmDirectionWeights<T>> Directions { get; }

    /// <summary>Gets the ways of the last layer.</summary>
    public IReadOnlyList<LstmDirection> OutputDirections { get; }

    /// <summary>Gets the units of the last layer with their padding.</summary>
    public int PaddedUnits { get; }

    /// <summary>Gets the bias of the output unit.</summary>
    public T OutputBias { get; private set; }

    /// <summary>Returns the weights of the output unit for a way of the last layer.</summary>
    public T* OutputOf(int direction) => _output.Pointer + (direction * PaddedUnits);

    /// <summary>Takes over parameters.</summary>
    /// <param name="parameters">All parameters, in the order of <see cref="LstmLayout"/>.</param>
    public void Pack(ReadOnlySpan<T> parameters)
    {
        foreach (var direction in Directions)
            direction.Pack(parameters);
        for (var i = 0; i < OutputDirections.Count; i++)
            parameters.Slice(Layout.OutputWeights + OutputDirections[i].Column, OutputDirections[i].Units).CopyTo(new Span<T>(OutputOf(i), PaddedUnits));
        OutputBias = parameters[Layout.OutputBias];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var direction in Directions)
            direction.Dispose();
        _output.Dispose();
    }
}
