using Engine.Numerics;

namespace Engine.Networks;

/// <content>The gradient of a group.</content>
internal sealed unsafe partial class LstmWalk<TLanes, T>
{
    /// <summary>Rows of a product that are added at once: with their gates they stay in a second-level cache.</summary>
    private const int RowsPerProduct = 128;

    /// <inheritdoc/>
    public override double AddGradient(ReadOnlySpan<LstmSequence> sequences, ReadOnlySpan<LstmPoint> points, double divisor, ulong seed, long step, LstmGradient<T> gradient)
    {
        _inputs.Read(sequences);
        DrawMasks(sequences, seed, step);
        Forward();
        var loss = AddLosses(sequences, points, divisor, gradient);
        for (var i = _tapes.Length - 1; i >= 0; i--)
        {
            if (_layout.Directions[i].Layer < _layout.Directions[^1].Layer)
                TakeGradients(i);
            new Span<T>(_tapes[i].CellGradients, Rows.SequenceCount * _tapes[i].Stride).Clear();
            for (var back = Rows.StepCount - 1; back >= 0; back--)
                Back(i, back);
            AddWeights(i, gradient);
            if (_layout.Directions[i].Layer > 0)
                PassGradients(i);
        }

        return loss;
    }

    private void DrawMasks(ReadOnlySpan<LstmSequence> sequences, ulong seed, long step)
    {
        foreach (var (i, tape) in _tapes.Index())
        {
            tape.IsDropped = _layout.Directions[i].InputDropout > 0;
            if (tape.IsDropped)
                tape.ReserveMasks(Rows.SequenceCount);
        }

        var stride = _weights.OutputDirections.Count * _weights.PaddedUnits;
        _outputMasks.Reserve((long)Rows.SequenceCount * stride);
        for (var sequence = 0; _layout.HasDropout && sequence < Rows.SequenceCount; sequence++)
        {
            var dropout = new LstmDropout(seed, step, sequences[_inputs.GivenOf(sequence)].Place);
            for (var i = 0; i < _tapes.Length; i++)
            {
                for (var gate = 0; gate < 4 && _tapes[i].IsDropped; gate++)
                    dropout.Draw(_layout.Directions[i].InputDropout, new Span<T>(_tapes[i].MaskOf(sequence, gate), _layout.Directions[i].InputCount));
            }

            for (var i = 0; i < _weights.OutputDirections.Count && _layout.Architecture.OutputDropout > 0; i++)
                dropout.Draw(_layout.Architecture.OutputDropout, new Span<T>(_outputMasks.Pointer + (sequence * stride) + (i * _weights.PaddedUnits), _weights.OutputDirections[i].Units));
        }
    }

    /// <summary>Asks the output unit, adds its gradient, and starts those of the last layer's states.</summary>
    private double AddLosses(ReadOnlySpan<LstmSequence> sequences, ReadOnlySpan<LstmPoint> points, double divisor, LstmGradient<T> gradient)
    {
        var (first, ways, lanes) = (_tapes.Length - _weights.OutputDirections.Count, _weights.OutputDirections.Count, _weights.PaddedUnits / Lanes);
        for (var i = first; i < _tapes.Length; i++)
            new Span<T>(_tapes[i].StateGradients, checked(Rows.RowCount * _tapes[i].Stride)).Clear();
        var loss = 0.0;
        for (var sequence = 0; sequence < Rows.SequenceCount; sequence++)
        {
            var given = _inputs.GivenOf(sequence);
            var masks = _layout.Architecture.OutputDropout > 0 ? _outputMasks.Pointer + ((nint)sequence * ways * _weights.PaddedUnits) : null;
            foreach (var point in points.Slice(sequences[given].FirstPoint, sequences[given].PointCount))
            {
                nint row = Rows.Of(sequence, _inputs.StepOf(given, point));
                var logOdds = LogOddsOf(row, masks);
                loss -= point.Weight * Bernoulli.LogLikelihood(point.Label, logOdds, out var residual, out _);
                var slope = T.CreateTruncating(-point.Weight * residual / divisor);
                gradient.OutputBias += slope;
                for (var way = 0; way < ways; way++)
                {
                    var tape = _tapes[first + way];
                    var mask = masks is null ? _ones.Pointer : masks + (way * _weights.PaddedUnits);
                    LaneRows<TLanes, T>.AddScaled(slope, tape.States + (row * tape.Stride), mask, lanes, gradient.OutputOf(way));
                    LaneRows<TLanes, T>.AddScaled(slope, _weights.OutputOf(way), mask, lanes, tape.StateGradients + (row * tape.Stride));
                }
            }
        }

        return loss;
    }

    /// <summary>Returns the log odds of class 1 at a row of the last layer.</summary>
    private double LogOddsOf(nint row, T* masks)
    {
        var sum = _weights.OutputBias;
        for (var way = 0; way < _weights.OutputDirections.Count; way++)
        {
            var tape = _tapes[_tapes.Length - _weights.OutputDirections.Count + way];
            sum += LaneRows<TLanes, T>.Dot(
                tape.States + (row * tape.Stride), masks is null ? _ones.Pointer : masks + (way * _weights.PaddedUnits), _weights.OutputOf(way), _weights.PaddedUnits / Lanes);
        }

        return double.CreateTruncating(sum);
    }

    private void Back(int i, int step)
    {
        var (tape, weights) = (_tapes[i], _weights.Directions[i]);
        nint offset = Rows.OffsetOf(step);
        var back = StepOf(i, step);
        back.States = tape.StateGradients + (offset * tape.Stride);
        back.Next = tape.CellGradients;
        LstmCells<TLanes, T>.Back(back, _isHard);
        if (step == 0)
            return;
        var before = tape.StateGradients + ((nint)Rows.OffsetOf(step - 1) * tape.Stride);
        var sides = new ProductSides<T>(back.Gates, tape.GateStride, 1, weights.BackStates, (nint)weights.Columns * Lanes, Lanes, weights.Columns);
        LaneProduct<TLanes, T>.Multiply(sides, back.Count, tape.Units / Lanes, before, tape.Stride, before, tape.Stride);
    }

    /// <summary>Adds the products of what went in and the gradients of sums, some rows at a time.</summary>
    private void AddWeights(int i, LstmGradient<T> gradient)
    {
        var (tape, direction, stride) = (_tapes[i], _layout.Directions[i], gradient.StrideOf(i));
        var columns = 4 * tape.Units;
        // At first steps there was no state.
        nint firstState = Rows.CountOf(0);
        for (nint row = 0; row < Rows.RowCount; row += RowsPerProduct)
        {
            var end = Math.Min(row + RowsPerProduct, Rows.RowCount);
            var gates = tape.Gates + (row * tape.GateStride);
            var (products, lanes) = tape.IsDropped ? (4, tape.Units / Lanes) : (1, columns / Lanes);
            for (var gate = 0; gate < products; gate++)
            {
                var column = gate * tape.Units;
                var sums = gradient.InputsOf(i) + column;
                var inputs = new ProductSides<T>((T*)tape.Inputs[gate] + (row * tape.InputStride), 1, tape.InputStride, gates + column, Lanes, tape.GateStride, end - row);
                LaneProduct<TLanes, T>.Multiply(inputs, direction.InputCount, lanes, sums, stride, sums, stride);
            }

            var start = Math.Max(row, firstState);
            if (start < end)
            {
                var states = new ProductSides<T>(tape.Previous + (start * tape.Stride), 1, tape.Stride, tape.Gates + (start * tape.GateStride), Lanes, tape.GateStride, end - start);
                LaneProduct<TLanes, T>.Multiply(states, direction.Units, columns / Lanes, gradient.StatesOf(i), stride, gradient.StatesOf(i), stride);
            }

            LaneRows<TLanes, T>.AddRows(gates, tape.GateStride, end - row, columns / Lanes, gradient.BiasOf(i));
        }
    }

    /// <summary>Adds the gradient of what a way reads to that of what the layer below passes on.</summary>
    private void PassGradients(int i)
    {
        var (tape, direction, weights) = (_tapes[i], _layout.Directions[i], _weights.Directions[i]);
        var lanes = LaneStride<T>.LanesOf(direction.InputCount);
        var below = _passedGradients[direction.Layer];
        below.Reserve((long)Rows.RowCount * tape.InputStride);
        // The last way of a layer comes first.
        if (i + 1 == _tapes.Length || _layout.Directions[i + 1].Layer > direction.Layer)
            new Span<T>(below.Pointer, checked(Rows.RowCount * tape.InputStride)).Clear();
        var products = _products.Reserve((long)Rows.RowCount * tape.InputStride);
        for (var gate = 0; gate < (tape.IsDropped ? 4 : 1); gate++)
        {
            var column = gate * tape.Units;
            var sides = new ProductSides<T>(
                tape.Gates + column, tape.GateStride, 1, weights.BackInputs + ((nint)column * Lanes), (nint)weights.Columns * Lanes, Lanes, tape.IsDropped ? tape.Units : weights.Columns);
            LaneProduct<TLanes, T>.Multiply(sides, Rows.RowCount, lanes, _zeros.Pointer, 0, products, tape.InputStride);
            for (var step = 0; step < Rows.StepCount; step++)
            {
                for (var sequence = 0; sequence < Rows.CountOf(step); sequence++)
                {
                    nint row = Rows.Of(sequence, step);
                    var hour = direction.IsReversed ? Rows.Reversed[(int)row] : row;
                    LaneRows<TLanes, T>.AddProduct(products + (row * tape.InputStride), tape.IsDropped ? tape.MaskOf(sequence, gate) : _ones.Pointer, lanes, below.Pointer + (hour * tape.InputStride));
                }
            }
        }
    }

    /// <summary>Takes the gradient of a way's states out of that of what its layer passes on.</summary>
    private void TakeGradients(int i)
    {
        var (tape, direction) = (_tapes[i], _layout.Directions[i]);
        var stride = _tapes[FirstOf(direction.Layer + 1)].InputStride;
        for (var row = 0; row < Rows.RowCount; row++)
        {
            var hour = direction.IsReversed ? Rows.Reversed[row] : row;
            var gradients = new Span<T>(tape.StateGradients + ((nint)row * tape.Stride), tape.Units);
            new Span<T>(_passedGradients[direction.Layer + 1].Pointer + ((nint)hour * stride) + direction.Column, direction.Units).CopyTo(gradients);
            gradients[direction.Units..].Clear();
        }
    }
}
