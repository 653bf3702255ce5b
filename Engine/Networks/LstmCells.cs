using System.Runtime.CompilerServices;
using Engine.Numerics.Lanes;

namespace Engine.Networks;

/// <summary>Where the rows of a step lie: of the sequences that have it, and of those among them that have the next one.</summary>
internal unsafe struct LstmStep<T>
    where T : unmanaged
{
    /// <summary>The sums of the four gates; then what the gates make of them; on the way back the gradients of the sums.</summary>
    public T* Gates;

    /// <summary>The distance of rows of gates.</summary>
    public nint GateStride;

    /// <summary>The cells after the step before.</summary>
    public T* PreviousCells;

    /// <summary>The distance of rows of <see cref="PreviousCells"/>; 0 where one row of zeros stands for all.</summary>
    public nint PreviousStride;

    /// <summary>The cells.</summary>
    public T* Cells;

    /// <summary>Their hyperbolic tangents.</summary>
    public T* Tangents;

    /// <summary>The states; on the way back their gradients.</summary>
    public T* States;

    /// <summary>The states once more, for the next step; on the way back the gradients of the cells.</summary>
    public T* Next;

    /// <summary>The distance of rows of cells, tangents, states and next.</summary>
    public nint Stride;

    /// <summary>The number of sequences.</summary>
    public int Count;

    /// <summary>The number of those with a next step.</summary>
    public int NextCount;

    /// <summary>The units with their padding.</summary>
    public int Units;
}

/// <summary>The nonlinear part of an LSTM: gates, cells and states of a step, forward and back.</summary>
/// <remarks>
/// <b>Computes</b> with i, f, o the gates' activation of their sums and g the tangent of its sum: c = f c' + i g, h = o tanh(c);
/// and back, with dh and dc the gradients that arrive, dc += dh o (1 - tanh(c)^2), and from it those of the sums, and f dc for the step before.
/// </remarks>
internal static unsafe class LstmCells<TLanes, T>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
{
    private static nint Lanes => 64 / sizeof(T);

    /// <summary>Walks a step forward.</summary>
    /// <param name="step">The rows.</param>
    /// <param name="isHard">Whether gates are hard sigmoids.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Forward(LstmStep<T> step, bool isHard)
    {
        nint units = step.Units;
        for (var row = 0; row < step.Count; row++)
        {
            var at = row * step.Stride;
            T* inputs = step.Gates + (row * step.GateStride), forgets = inputs + units, candidates = forgets + units, outputs = candidates + units;
            T* before = step.PreviousCells + (row * step.PreviousStride), cells = step.Cells + at, tangents = step.Tangents + at, states = step.States + at;
            // A sequence that ends has no next step: its state is written twice to the same place.
            var next = row < step.NextCount ? step.Next + at : states;
            for (nint unit = 0; unit < units; unit += Lanes)
            {
                var input = Gate(TLanes.Load(ref inputs[unit]), isHard);
                TLanes.Store(input, ref inputs[unit]);
                var candidate = LanesActivation<TLanes, T>.Tanh(TLanes.Load(ref candidates[unit]));
                TLanes.Store(candidate, ref candidates[unit]);
                var forget = Gate(TLanes.Load(ref forgets[unit]), isHard);
                TLanes.Store(forget, ref forgets[unit]);
                var cell = TLanes.MultiplyAdd(forget, TLanes.Load(ref before[unit]), TLanes.Multiply(input, candidate));
                TLanes.Store(cell, ref cells[unit]);
                var tangent = LanesActivation<TLanes, T>.Tanh(cell);
                TLanes.Store(tangent, ref tangents[unit]);
                var output = Gate(TLanes.Load(ref outputs[unit]), isHard);
                TLanes.Store(output, ref outputs[unit]);
                var state = TLanes.Multiply(output, tangent);
                TLanes.Store(state, ref states[unit]);
                TLanes.Store(state, ref next[unit]);
            }
        }
    }

    /// <summary>Walks a step back: gates become the gradients of their sums.</summary>
    /// <param name="step">The rows.</param>
    /// <param name="isHard">Whether gates are hard sigmoids.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Back(LstmStep<T> step, bool isHard)
    {
        nint units = step.Units;
        for (var row = 0; row < step.Count; row++)
        {
            var at = row * step.Stride;
            T* inputs = step.Gates + (row * step.GateStride), forgets = inputs + units, candidates = forgets + units, outputs = candidates + units;
            T* before = step.PreviousCells + (row * step.PreviousStride), tangents = step.Tangents + at, states = step.States + at, cells = step.Next + at;
            for (nint unit = 0; unit < units; unit += Lanes)
            {
                TLanes stateGradient = TLanes.Load(ref states[unit]), tangent = TLanes.Load(ref tangents[unit]), output = TLanes.Load(ref outputs[unit]);
                TLanes.Store(TLanes.Multiply(TLanes.Multiply(stateGradient, tangent), Slope(output, isHard)), ref outputs[unit]);
                var slope = TLanes.Multiply(output, LanesActivation<TLanes, T>.TanhSlope(tangent));
                var cellGradient = TLanes.MultiplyAdd(stateGradient, slope, TLanes.Load(ref cells[unit]));
                TLanes input = TLanes.Load(ref inputs[unit]), candidate = TLanes.Load(ref candidates[unit]), forget = TLanes.Load(ref forgets[unit]);
                TLanes.Store(TLanes.Multiply(TLanes.Multiply(cellGradient, candidate), Slope(input, isHard)), ref inputs[unit]);
                TLanes.Store(TLanes.Multiply(TLanes.Multiply(cellGradient, input), LanesActivation<TLanes, T>.TanhSlope(candidate)), ref candidates[unit]);
                TLanes.Store(TLanes.Multiply(TLanes.Multiply(cellGradient, TLanes.Load(ref before[unit])), Slope(forget, isHard)), ref forgets[unit]);
                TLanes.Store(TLanes.Multiply(cellGradient, forget), ref cells[unit]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Gate(TLanes sum, bool isHard) => isHard ? LanesActivation<TLanes, T>.HardSigmoid(sum) : LanesActivation<TLanes, T>.Sigmoid(sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Slope(TLanes gate, bool isHard) => isHard ? LanesActivation<TLanes, T>.HardSigmoidSlope(gate) : LanesActivation<TLanes, T>.SigmoidSlope(gate);
}
