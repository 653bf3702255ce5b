using System.Numerics;
using Engine.Numerics;
using Engine.Numerics.Lanes;

namespace Engine.Networks;

/// <summary>Walks groups of sequences through an LSTM in registers of one width.</summary>
/// <remarks>
/// <para>The rows of a step are those of all sequences that have it, so that one product serves them all; what hours give to the gates is one product over all rows.</para>
/// <para><b>Determinism</b>: every sum is a chain of its own: of a gate over inputs, then over units; of a weight's gradient over rows. The other sequences of a group change no bit of a probability.</para>
/// </remarks>
internal sealed unsafe partial class LstmWalk<TLanes, T> : LstmWalker<T>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly LstmWeights<T> _weights;
    private readonly LstmLayout _layout;
    private readonly LstmInputs<TLanes, T> _inputs;
    private readonly LstmTape<T>[] _tapes;
    // Between the layers: what the one below passes on, and its gradient.
    private readonly GrowingBuffer<T>[] _passed;
    private readonly GrowingBuffer<T>[] _passedGradients;
    private readonly GrowingBuffer<T> _products = new();
    private readonly GrowingBuffer<T> _outputMasks = new();
    private readonly NativeBuffer<T> _zeros;
    private readonly NativeBuffer<T> _ones;
    private readonly bool _isHard;

    /// <summary>Creates a walk.</summary>
    /// <param name="weights">The parameters, as they are whenever a group is walked.</param>
    public LstmWalk(LstmWeights<T> weights)
    {
        (_weights, _layout) = (weights, weights.Layout);
        _inputs = new(_layout.FeatureCount);
        _tapes = [.. _layout.Directions.Select(static direction => new LstmTape<T>(direction))];
        _passed = [.. _layout.Architecture.Layers.Select(static _ => new GrowingBuffer<T>())];
        _passedGradients = [.. _layout.Architecture.Layers.Select(static _ => new GrowingBuffer<T>())];
        var longest = Math.Max(_tapes.Max(static tape => tape.Stride), _tapes.Max(static tape => tape.InputStride));
        _zeros = new NativeBuffer<T>(longest);
        _ones = new NativeBuffer<T>(longest);
        new Span<T>(_ones.Pointer, longest).Fill(T.One);
        _isHard = _layout.Architecture.Gates == GateActivation.HardSigmoid;
    }

    private static int Lanes => LaneStride<T>.Lanes;

    private LstmRows Rows => _inputs.Rows;

    /// <inheritdoc/>
    public override void Dispose()
    {
        _inputs.Dispose();
        foreach (var tape in _tapes)
            tape.Dispose();
        foreach (var buffer in _passed.Concat(_passedGradients))
            buffer.Dispose();
        _products.Dispose();
        _outputMasks.Dispose();
        _zeros.Dispose();
        _ones.Dispose();
    }

    /// <summary>Walks all layers forward and keeps what the way back needs.</summary>
    private void Forward()
    {
        for (var i = 0; i < _tapes.Length; i++)
        {
            var direction = _layout.Directions[i];
            var source = _inputs.Values;
            if (direction.Layer > 0)
                source = direction.IsReversed ? _passed[direction.Layer].Pointer : Pass(direction.Layer);
            _tapes[i].Reserve(Rows.RowCount, Rows.SequenceCount);
            SetInputs(i, source);
            MultiplyInputs(i);
            for (var step = 0; step < Rows.StepCount; step++)
                Forward(i, step);
        }
    }

    private void Forward(int i, int step)
    {
        var (tape, weights, units) = (_tapes[i], _weights.Directions[i], _layout.Directions[i].Units);
        nint offset = Rows.OffsetOf(step);
        var count = Rows.CountOf(step);
        var gates = tape.Gates + (offset * tape.GateStride);
        if (step > 0)
        {
            var sides = new ProductSides<T>(tape.Previous + (offset * tape.Stride), tape.Stride, 1, weights.States, (nint)units * Lanes, Lanes, units);
            LaneProduct<TLanes, T>.Multiply(sides, count, LaneStride<T>.LanesOf(weights.Columns), gates, tape.GateStride, gates, tape.GateStride);
        }

        var before = StepOf(i, step);
        before.States = tape.States + (offset * tape.Stride);
        before.Next = tape.Previous + ((offset + count) * tape.Stride);
        LstmCells<TLanes, T>.Forward(before, _isHard);
    }

    private LstmStep<T> StepOf(int i, int step)
    {
        var tape = _tapes[i];
        nint offset = Rows.OffsetOf(step);
        return new LstmStep<T>
        {
            Gates = tape.Gates + (offset * tape.GateStride),
            GateStride = tape.GateStride,
            PreviousCells = step > 0 ? tape.Cells + ((nint)Rows.OffsetOf(step - 1) * tape.Stride) : _zeros.Pointer,
            PreviousStride = step > 0 ? tape.Stride : 0,
            Cells = tape.Cells + (offset * tape.Stride),
            Tangents = tape.Tangents + (offset * tape.Stride),
            Stride = tape.Stride,
            Count = Rows.CountOf(step),
            NextCount = Rows.CountOf(step + 1),
            Units = tape.Units,
        };
    }

    /// <summary>Lays out what a layer passes on to the next: its ways side by side, hour by hour.</summary>
    private T* Pass(int layer)
    {
        var (above, stride) = (_passed[layer], _tapes[FirstOf(layer)].InputStride);
        above.Reserve((long)Rows.RowCount * stride);
        for (var i = FirstOf(layer - 1); i < FirstOf(layer); i++)
        {
            var (tape, direction) = (_tapes[i], _layout.Directions[i]);
            for (var row = 0; row < Rows.RowCount; row++)
            {
                var hour = direction.IsReversed ? Rows.Reversed[row] : row;
                new Span<T>(tape.States + ((nint)row * tape.Stride), direction.Units).CopyTo(new Span<T>(above.Pointer + ((nint)hour * stride) + direction.Column, direction.Units));
            }
        }

        return above.Pointer;
    }

    /// <summary>Decides what each gate reads: the rows as they are, or copies in another order or without what is dropped.</summary>
    private void SetInputs(int i, T* source)
    {
        var (tape, direction) = (_tapes[i], _layout.Directions[i]);
        if (!tape.IsDropped && !direction.IsReversed)
        {
            Array.Fill(tape.Inputs, (nint)source);
            return;
        }

        var lanes = LaneStride<T>.LanesOf(direction.InputCount);
        var copies = tape.ReserveCopies(Rows.RowCount, tape.IsDropped ? 4 : 1);
        for (var gate = 0; gate < 4; gate++)
        {
            tape.Inputs[gate] = (nint)(copies + (tape.IsDropped ? (nint)gate * Rows.RowCount * tape.InputStride : 0));
            if (gate > 0 && !tape.IsDropped)
                continue;
            var destination = (T*)tape.Inputs[gate];
            for (var step = 0; step < Rows.StepCount; step++)
            {
                for (var sequence = 0; sequence < Rows.CountOf(step); sequence++)
                {
                    nint row = Rows.Of(sequence, step);
                    var hour = direction.IsReversed ? Rows.Reversed[(int)row] : row;
                    LaneRows<TLanes, T>.Multiply(source + (hour * tape.InputStride), tape.IsDropped ? tape.MaskOf(sequence, gate) : _ones.Pointer, lanes, destination + (row * tape.InputStride));
                }
            }
        }
    }

    /// <summary>Starts the sums of all rows: bias, then inputs.</summary>
    private void MultiplyInputs(int i)
    {
        var (tape, weights, inputCount) = (_tapes[i], _weights.Directions[i], _layout.Directions[i].InputCount);
        // Gates of one input are one product.
        var (products, lanes) = tape.IsDropped ? (4, tape.Units / Lanes) : (1, weights.Columns / Lanes);
        for (var gate = 0; gate < products; gate++)
        {
            var column = gate * tape.Units;
            var sides = new ProductSides<T>((T*)tape.Inputs[gate], tape.InputStride, 1, weights.Inputs + ((nint)column * inputCount), (nint)inputCount * Lanes, Lanes, inputCount);
            LaneProduct<TLanes, T>.Multiply(sides, Rows.RowCount, lanes, weights.Bias + column, 0, tape.Gates + column, tape.GateStride);
        }
    }

    private int FirstOf(int layer)
    {
        var first = 0;
        while (_layout.Directions[first].Layer < layer)
            first++;
        return first;
    }
}
