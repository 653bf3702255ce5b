using Engine.Numerics;

namespace Engine.Networks;

/// <summary>Memory that grows when more is asked for; what was in it is lost then.</summary>
internal sealed unsafe class GrowingBuffer<T> : IDisposable
    where T : unmanaged
{
    private NativeBuffer<T>? _values;

    /// <summary>Gets the first value.</summary>
    public T* Pointer => _values is null ? null : _values.Pointer;

    /// <summary>Makes room.</summary>
    /// <returns>At least so many values: those of before, or zeros in new memory.</returns>
    public T* Reserve(long length)
    {
        if (_values is null || _values.Length < length)
        {
            _values?.Dispose();
            _values = new NativeBuffer<T>(length + (length / 4));
        }

        return _values.Pointer;
    }

    /// <inheritdoc/>
    public void Dispose() => _values?.Dispose();
}

/// <summary>What one way through a layer leaves behind on the way forward, a row a step of a sequence, for the way back.</summary>
internal sealed unsafe class LstmTape<T>(LstmDirection direction) : IDisposable
    where T : unmanaged
{
    private readonly GrowingBuffer<T> _copies = new();
    private readonly GrowingBuffer<T> _masks = new();
    private readonly GrowingBuffer<T> _gates = new();
    private readonly GrowingBuffer<T> _rows = new();
    private long _rowCount;

    /// <summary>Gets the units with their padding.</summary>
    public int Units { get; } = LaneStride<T>.Padded(direction.Units);

    /// <summary>Gets the distance of rows of inputs, and of masks.</summary>
    public int InputStride { get; } = LaneStride<T>.Of(direction.InputCount);

    /// <summary>Gets the distance of rows of gates.</summary>
    public int GateStride { get; } = LaneStride<T>.Of(4 * LaneStride<T>.Padded(direction.Units));

    /// <summary>Gets the distance of all other rows.</summary>
    public int Stride { get; } = LaneStride<T>.Of(direction.Units);

    /// <summary>Gets the four gates.</summary>
    public T* Gates => _gates.Pointer;

    /// <summary>Gets the cells.</summary>
    public T* Cells => _rows.Pointer;

    /// <summary>Gets their hyperbolic tangents.</summary>
    public T* Tangents => _rows.Pointer + _rowCount;

    /// <summary>Gets the states.</summary>
    public T* States => _rows.Pointer + (2 * _rowCount);

    /// <summary>Gets the states of the step before; nothing for first steps.</summary>
    public T* Previous => _rows.Pointer + (3 * _rowCount);

    /// <summary>Gets the gradients of the states.</summary>
    public T* StateGradients => _rows.Pointer + (4 * _rowCount);

    /// <summary>Gets the gradients of the cells, a row a sequence.</summary>
    public T* CellGradients => _rows.Pointer + (5 * _rowCount);

    /// <summary>Gets what each gate reads; the same rows for all where nothing is dropped.</summary>
    public nint[] Inputs { get; } = new nint[4];

    /// <summary>Gets whether gates read rows of their own.</summary>
    public bool IsDropped { get; set; }

    /// <summary>Makes room for a group.</summary>
    public void Reserve(int rowCount, int sequenceCount)
    {
        _gates.Reserve((long)rowCount * GateStride);
        _rowCount = (long)rowCount * Stride;
        _rows.Reserve((5 * _rowCount) + ((long)sequenceCount * Stride));
    }

    /// <summary>Makes room for copies of the inputs.</summary>
    public T* ReserveCopies(int rowCount, int copyCount) => _copies.Reserve((long)rowCount * copyCount * InputStride);

    /// <summary>Makes room for the factors of dropped inputs: for each sequence and gate a row.</summary>
    public T* ReserveMasks(int sequenceCount) => _masks.Reserve((long)sequenceCount * 4 * InputStride);

    /// <summary>Returns the factors of the inputs of a gate.</summary>
    public T* MaskOf(int sequence, int gate) => _masks.Pointer + (((sequence * 4) + gate) * InputStride);

    /// <inheritdoc/>
    public void Dispose()
    {
        _copies.Dispose();
        _masks.Dispose();
        _gates.Dispose();
        _rows.Dispose();
    }
}
