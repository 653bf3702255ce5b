using Engine.Numerics;

namespace Engine.Networks;

/// <content>The probabilities of a group.</content>
internal sealed unsafe partial class LstmWalk<TLanes, T>
{
    /// <inheritdoc/>
    public override void Predict(ReadOnlySpan<LstmSequence> sequences, ReadOnlySpan<LstmPoint> points, Span<double> probabilities)
    {
        _inputs.Read(sequences);
        foreach (var tape in _tapes)
            tape.IsDropped = false;
        if (_layout.IsCausal)
        {
            PredictOnTheWay(sequences, points, probabilities);
            return;
        }

        Forward();
        for (var sequence = 0; sequence < Rows.SequenceCount; sequence++)
        {
            var given = _inputs.GivenOf(sequence);
            foreach (var point in points.Slice(sequences[given].FirstPoint, sequences[given].PointCount))
                probabilities[point.Target] = PortableMath.Logistic(LogOddsOf(Rows.Of(sequence, _inputs.StepOf(given, point)), null));
        }
    }

    /// <summary>Walks all layers step by step, keeps one row a sequence, and answers each point when its step is reached.</summary>
    private void PredictOnTheWay(ReadOnlySpan<LstmSequence> sequences, ReadOnlySpan<LstmPoint> points, Span<double> probabilities)
    {
        foreach (var tape in _tapes)
            tape.Reserve(Rows.SequenceCount, Rows.SequenceCount);
        Span<int> next = stackalloc int[Rows.SequenceCount];
        next.Clear();
        for (var step = 0; step < Rows.StepCount; step++)
        {
            var source = _inputs.Values + ((nint)Rows.OffsetOf(step) * _inputs.Stride);
            var stride = _inputs.Stride;
            for (var i = 0; i < _tapes.Length; i++)
            {
                ForwardInPlace(i, step, source, stride);
                source = _tapes[i].States;
                stride = _tapes[i].Stride;
            }

            for (var sequence = 0; sequence < Rows.CountOf(step); sequence++)
            {
                var given = _inputs.GivenOf(sequence);
                var own = points.Slice(sequences[given].FirstPoint, sequences[given].PointCount);
                for (ref var point = ref next[sequence]; point < own.Length && _inputs.StepOf(given, own[point]) == step; point++)
                    probabilities[own[point].Target] = PortableMath.Logistic(LogOddsOf(sequence, null));
            }
        }
    }

    private void ForwardInPlace(int i, int step, T* source, int sourceStride)
    {
        var (tape, direction, weights) = (_tapes[i], _layout.Directions[i], _weights.Directions[i]);
        var (count, lanes) = (Rows.CountOf(step), weights.Columns / Lanes);
        var inputs = new ProductSides<T>(source, sourceStride, 1, weights.Inputs, (nint)direction.InputCount * Lanes, Lanes, direction.InputCount);
        LaneProduct<TLanes, T>.Multiply(inputs, count, lanes, weights.Bias, 0, tape.Gates, tape.GateStride);
        if (step > 0)
        {
            var states = new ProductSides<T>(tape.States, tape.Stride, 1, weights.States, (nint)direction.Units * Lanes, Lanes, direction.Units);
            LaneProduct<TLanes, T>.Multiply(states, count, lanes, tape.Gates, tape.GateStride, tape.Gates, tape.GateStride);
        }

        var rows = new LstmStep<T>
        {
            Gates = tape.Gates,
            GateStride = tape.GateStride,
            PreviousCells = step > 0 ? tape.Cells : _zeros.Pointer,
            PreviousStride = step > 0 ? tape.Stride : 0,
            Cells = tape.Cells,
            Tangents = tape.Tangents,
            Stride = tape.Stride,
            States = tape.States,
            Next = tape.States,
            Count = count,
            NextCount = count,
            Units = tape.Units,
        };
        LstmCells<TLanes, T>.Forward(rows, _isHard);
    }
}
