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
    public static void Forward(LstmStep<T> step, bool isHard)
    {
        for (var row = 0; row < step.Count; row++)
        {
            var at = row * step.Stride;
            T* gates = step.Gates + (row * step.GateStride), outputs = gates + (3 * step.Units);
            if (isHard)
            {
                ApplyHardSigmoid(gates, 2 * step.Units);
                ApplyHardSigmoid(outputs, step.Units);
            }
            else
            {
                ApplySigmoid(gates, 2 * step.Units);
                ApplySigmoid(outputs, step.Units);
            }

            MoveCells(gates, step.Units, step.PreviousCells + (row * step.PreviousStride), step.Cells + at);
            // A sequence that ends has no next step: its state is written twice to the same place.
            T* states = step.States + at, next = row < step.NextCount ? step.Next + at : states;
            MoveStates(outputs, step.Units, step.Cells + at, step.Tangents + at, states, next);
        }
    }

    /// <summary>Walks a step back: gates become the gradients of their sums.</summary>
    /// <param name="step">The rows.</param>
    /// <param name="isHard">Whether gates are hard sigmoids.</param>
    public static void Back(LstmStep<T> step, bool isHard)
    {
        for (var row = 0; row < step.Count; row++)
        {
            var at = row * step.Stride;
            T* gates = step.Gates + (row * step.GateStride), before = step.PreviousCells + (row * step.PreviousStride);
            if (isHard)
            {
                BackStatesHard(gates, step.Units, step.States + at, step.Tangents + at, step.Next + at);
                BackCellsHard(gates, step.Units, before, step.Next + at);
            }
            else
            {
                BackStates(gates, step.Units, step.States + at, step.Tangents + at, step.Next + at);
                BackCells(gates, step.Units, before, step.Next + at);
            }
        }
    }

    // One activation a kernel: the compiler inlines no more of them before it begins to call.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void ApplyHardSigmoid(T* gates, nint count)
    {
        for (nint unit = 0; unit < count; unit += Lanes)
            TLanes.Store(LanesActivation<TLanes, T>.HardSigmoid(TLanes.Load(ref gates[unit])), ref gates[unit]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void ApplySigmoid(T* gates, nint count)
    {
        for (nint unit = 0; unit < count; unit += Lanes)
            TLanes.Store(LanesActivation<TLanes, T>.Sigmoid(TLanes.Load(ref gates[unit])), ref gates[unit]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void MoveCells(T* inputs, nint units, T* before, T* cells)
    {
        T* forgets = inputs + units, candidates = forgets + units;
        for (nint unit = 0; unit < units; unit += Lanes)
        {
            var candidate = LanesActivation<TLanes, T>.Tanh(TLanes.Load(ref candidates[unit]));
            TLanes.Store(candidate, ref candidates[unit]);
            var gain = TLanes.Multiply(TLanes.Load(ref inputs[unit]), candidate);
            TLanes.Store(TLanes.MultiplyAdd(TLanes.Load(ref forgets[unit]), TLanes.Load(ref before[unit]), gain), ref cells[unit]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void MoveStates(T* outputs, nint units, T* cells, T* tangents, T* states, T* next)
    {
        for (nint unit = 0; unit < units; unit += Lanes)
        {
            var tangent = LanesActivation<TLanes, T>.Tanh(TLanes.Load(ref cells[unit]));
            TLanes.Store(tangent, ref tangents[unit]);
            var state = TLanes.Multiply(TLanes.Load(ref outputs[unit]), tangent);
            TLanes.Store(state, ref states[unit]);
            TLanes.Store(state, ref next[unit]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void BackStatesHard(T* inputs, nint units, T* states, T* tangents, T* cells)
    {
        var outputs = inputs + (3 * units);
        for (nint unit = 0; unit < units; unit += Lanes)
        {
            TLanes state = TLanes.Load(ref states[unit]), tangent = TLanes.Load(ref tangents[unit]), output = TLanes.Load(ref outputs[unit]);
            TLanes.Store(TLanes.Multiply(TLanes.Multiply(state, tangent), LanesActivation<TLanes, T>.HardSigmoidSlope(output)), ref outputs[unit]);
            var slope = TLanes.Multiply(output, LanesActivation<TLanes, T>.TanhSlope(tangent));
            TLanes.Store(TLanes.MultiplyAdd(state, slope, TLanes.Load(ref cells[unit])), ref cells[unit]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void BackStates(T* inputs, nint units, T* states, T* tangents, T* cells)
    {
        var outputs = inputs + (3 * units);
        for (nint unit = 0; unit < units; unit += Lanes)
        {
            TLanes state = TLanes.Load(ref states[unit]), tangent = TLanes.Load(ref tangents[unit]), output = TLanes.Load(ref outputs[unit]);
            TLanes.Store(TLanes.Multiply(TLanes.Multiply(state, tangent), LanesActivation<TLanes, T>.SigmoidSlope(output)), ref outputs[unit]);
            var slope = TLanes.Multiply(output, LanesActivation<TLanes, T>.TanhSlope(tangent));
            TLanes.Store(TLanes.MultiplyAdd(state, slope, TLanes.Load(ref cells[unit])), ref cells[unit]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void BackCellsHard(T* inputs, nint units, T* before, T* cells)
    {
        T* forgets = inputs + units, candidates = forgets + units;
        for (nint unit = 0; unit < units; unit += Lanes)
        {
            TLanes cell = TLanes.Load(ref cells[unit]), input = TLanes.Load(ref inputs[unit]), candidate = TLanes.Load(ref candidates[unit]), forget = TLanes.Load(ref forgets[unit]);
            TLanes.Store(TLanes.Multiply(TLanes.Multiply(cell, candidate), LanesActivation<TLanes, T>.HardSigmoidSlope(input)), ref inputs[unit]);
            TLanes.Store(TLanes.Multiply(TLanes.Multiply(cell, input), LanesActivation<TLanes, T>.TanhSlope(candidate)), ref candidates[unit]);
            TLanes.Store(TLanes.Multiply(TLanes.Multiply(cell, TLanes.Load(ref before[unit])), LanesActivation<TLanes, T>.HardSigmoidSlope(forget)), ref forgets[unit]);
            TLanes.Store(TLanes.Multiply(cell, forget), ref cells[unit]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void BackCells(T* inputs, nint units, T* before, T* cells)
    {
        T* forgets = inputs + units, candidates = forgets + units;
        for (nint unit = 0; unit < units; unit += Lanes)
        {
            TLanes cell = TLanes.Load(ref cells[unit]), input = TLanes.Load(ref inputs[unit]), candidate = TLanes.Load(ref candidates[unit]), forget = TLanes.Load(ref forgets[unit]);
            TLanes.Store(TLanes.Multiply(TLanes.Multiply(cell, candidate), LanesActivation<TLanes, T>.SigmoidSlope(input)), ref inputs[unit]);
            TLanes.Store(TLanes.Multiply(TLanes.Multiply(cell, input), LanesActivation<TLanes, T>.TanhSlope(candidate)), ref candidates[unit]);
            TLanes.Store(TLanes.Multiply(TLanes.Multiply(cell, TLanes.Load(ref before[unit])), LanesActivation<TLanes, T>.SigmoidSlope(forget)), ref forgets[unit]);
            TLanes.Store(TLanes.Multiply(cell, forget), ref cells[unit]);
        }
    }
}
