using System.Numerics;
using System.Runtime.CompilerServices;
using Engine.Numerics.Lanes;

namespace Engine.Networks;

/// <summary>Products of a layer with rows, units in lanes: forwards, and into the gradient.</summary>
/// <remarks>
/// <code>
/// weights, units of an input together       | input 0: u0 ... u19 | input 1: u0 ... u19 | ...
/// lanes of an input, 16 at a time           |-- 16 --|-- 16 --|        the rest of the last lanes belongs to the next input:
///                                                                      it is computed with and not kept, or added 0 to
/// </code>
/// <para><b>Computes</b> every sum from +0 in the order of its terms by fused multiply-adds: over the inputs of a row, or over the rows of a batch.
/// A term whose input is 0 leaves the sum as it is, so that rows may be read with or without their zeros: the same bits.</para>
/// <para>Weights, gradient and outputs reach two registers beyond their last value. A tile that is not whole takes its last row or column again, which changes nothing.</para>
/// </remarks>
internal static unsafe class MlpKernel<TLanes, T>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int TileRows = 4;

    /// <summary>Rows whose inputs are summed together: those of 1,418 values fit in a second-level cache, and their pages in its table.</summary>
    private const int CachedRows = 64;

    /// <summary>Computes x W of rows of all values.</summary>
    /// <param name="rows">Where each row is.</param>
    /// <param name="rowCount">How many.</param>
    /// <param name="inputs">The values of a row.</param>
    /// <param name="weights">Inputs x units.</param>
    /// <param name="units">The units.</param>
    /// <param name="outputs">Receives rows x units; lanes beyond the units receive anything.</param>
    /// <param name="stride">The distance of rows in <paramref name="outputs"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Multiply<TInput>(TInput** rows, int rowCount, int inputs, T* weights, int units, T* outputs, int stride)
        where TInput : unmanaged, INumberBase<TInput>
    {
        var lanes = 64 / sizeof(T);
        for (var row = 0; row < rowCount; row += TileRows)
        {
            int row1 = Math.Min(row + 1, rowCount - 1), row2 = Math.Min(row + 2, rowCount - 1), row3 = Math.Min(row + 3, rowCount - 1);
            TInput* x0 = rows[row], x1 = rows[row1], x2 = rows[row2], x3 = rows[row3];
            for (var unit = 0; unit < units; unit += 2 * lanes)
            {
                var w = weights + unit;
                TLanes sum00 = TLanes.Zero, sum10 = TLanes.Zero, sum20 = TLanes.Zero, sum30 = TLanes.Zero;
                if (unit + lanes >= units)
                {
                    for (var i = 0; i < inputs; i++, w += units)
                    {
                        var w0 = TLanes.Load(ref w[0]);
                        sum00 = TLanes.MultiplyAdd(TLanes.Broadcast(T.CreateTruncating(x0[i])), w0, sum00);
                        sum10 = TLanes.MultiplyAdd(TLanes.Broadcast(T.CreateTruncating(x1[i])), w0, sum10);
                        sum20 = TLanes.MultiplyAdd(TLanes.Broadcast(T.CreateTruncating(x2[i])), w0, sum20);
                        sum30 = TLanes.MultiplyAdd(TLanes.Broadcast(T.CreateTruncating(x3[i])), w0, sum30);
                    }

                    TLanes.Store(sum00, ref outputs[((nint)row * stride) + unit]);
                    TLanes.Store(sum10, ref outputs[((nint)row1 * stride) + unit]);
                    TLanes.Store(sum20, ref outputs[((nint)row2 * stride) + unit]);
                    TLanes.Store(sum30, ref outputs[((nint)row3 * stride) + unit]);
                    continue;
                }

                TLanes sum01 = TLanes.Zero, sum11 = TLanes.Zero, sum21 = TLanes.Zero, sum31 = TLanes.Zero;
                for (var i = 0; i < inputs; i++, w += units)
                {
                    TLanes w0 = TLanes.Load(ref w[0]), w1 = TLanes.Load(ref w[lanes]);
                    var x = TLanes.Broadcast(T.CreateTruncating(x0[i]));
                    sum00 = TLanes.MultiplyAdd(x, w0, sum00);
                    sum01 = TLanes.MultiplyAdd(x, w1, sum01);
                    x = TLanes.Broadcast(T.CreateTruncating(x1[i]));
                    sum10 = TLanes.MultiplyAdd(x, w0, sum10);
                    sum11 = TLanes.MultiplyAdd(x, w1, sum11);
                    x = TLanes.Broadcast(T.CreateTruncating(x2[i]));
                    sum20 = TLanes.MultiplyAdd(x, w0, sum20);
                    sum21 = TLanes.MultiplyAdd(x, w1, sum21);
                    x = TLanes.Broadcast(T.CreateTruncating(x3[i]));
                    sum30 = TLanes.MultiplyAdd(x, w0, sum30);
                    sum31 = TLanes.MultiplyAdd(x, w1, sum31);
                }

                var output = outputs + unit;
                TLanes.Store(sum00, ref output[(nint)row * stride]);
                TLanes.Store(sum01, ref output[((nint)row * stride) + lanes]);
                TLanes.Store(sum10, ref output[(nint)row1 * stride]);
                TLanes.Store(sum11, ref output[((nint)row1 * stride) + lanes]);
                TLanes.Store(sum20, ref output[(nint)row2 * stride]);
                TLanes.Store(sum21, ref output[((nint)row2 * stride) + lanes]);
                TLanes.Store(sum30, ref output[(nint)row3 * stride]);
                TLanes.Store(sum31, ref output[((nint)row3 * stride) + lanes]);
            }
        }
    }

    /// <summary>Computes x W of rows of which few values are not 0.</summary>
    /// <param name="rows">Where the entries of each row are.</param>
    /// <param name="counts">How many each row has.</param>
    /// <param name="rowCount">How many rows.</param>
    /// <param name="weights">Inputs x units.</param>
    /// <param name="units">The units.</param>
    /// <param name="outputs">Receives rows x units; lanes beyond the units receive anything.</param>
    /// <param name="stride">The distance of rows in <paramref name="outputs"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Multiply(SparseEntry** rows, int* counts, int rowCount, T* weights, int units, T* outputs, int stride)
    {
        var lanes = 64 / sizeof(T);
        for (var row = 0; row < rowCount; row++)
        {
            for (var unit = 0; unit < units; unit += 2 * lanes)
            {
                SparseEntry* entry = rows[row], end = entry + counts[row];
                TLanes sum0 = TLanes.Zero, sum1 = TLanes.Zero;
                for (; entry < end; entry++)
                {
                    var w = weights + ((nint)entry->Column * units) + unit;
                    var x = TLanes.Broadcast(T.CreateTruncating(entry->Value));
                    sum0 = TLanes.MultiplyAdd(x, TLanes.Load(ref w[0]), sum0);
                    sum1 = TLanes.MultiplyAdd(x, TLanes.Load(ref w[lanes]), sum1);
                }

                TLanes.Store(sum0, ref outputs[((nint)row * stride) + unit]);
                if (unit + lanes < units)
                    TLanes.Store(sum1, ref outputs[((nint)row * stride) + unit + lanes]);
            }
        }
    }

    /// <summary>Adds x' d, summed over rows of all values.</summary>
    /// <param name="rows">Where each row is.</param>
    /// <param name="rowCount">How many, 1 or more.</param>
    /// <param name="inputs">The values of a row.</param>
    /// <param name="deltas">Rows x units, and zeros beyond the units.</param>
    /// <param name="stride">The distance of rows in <paramref name="deltas"/>.</param>
    /// <param name="gradient">Inputs x units; added to.</param>
    /// <param name="units">The units.</param>
    public static void AddGradient<TInput>(TInput** rows, int rowCount, int inputs, T* deltas, int stride, T* gradient, int units)
        where TInput : unmanaged, INumberBase<TInput>
    {
        // The sums go on where they were: what is read twice fits in a cache, and nothing else changes.
        for (var row = 0; row < rowCount; row += CachedRows)
            AddGradientOfSome(rows + row, Math.Min(CachedRows, rowCount - row), inputs, deltas + ((nint)row * stride), stride, gradient, units);
    }

    /// <summary>Adds x' d, summed over rows of which few values are not 0.</summary>
    /// <param name="rows">Where the entries of each row are.</param>
    /// <param name="counts">How many each row has.</param>
    /// <param name="rowCount">How many rows.</param>
    /// <param name="deltas">Rows x units, and zeros beyond the units.</param>
    /// <param name="stride">The distance of rows in <paramref name="deltas"/>, whole pairs of registers.</param>
    /// <param name="gradient">Inputs x units; added to.</param>
    /// <param name="units">The units.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void AddGradient(SparseEntry** rows, int* counts, int rowCount, T* deltas, int stride, T* gradient, int units)
    {
        var lanes = 64 / sizeof(T);
        for (var row = 0; row < rowCount; row++)
        {
            for (var unit = 0; unit < units; unit += 2 * lanes)
            {
                TLanes d0 = TLanes.Load(ref deltas[((nint)row * stride) + unit]), d1 = TLanes.Load(ref deltas[((nint)row * stride) + unit + lanes]);
                SparseEntry* entry = rows[row], end = entry + counts[row];
                for (; entry < end; entry++)
                {
                    var g = gradient + ((nint)entry->Column * units) + unit;
                    var x = TLanes.Broadcast(T.CreateTruncating(entry->Value));
                    TLanes sum0 = TLanes.MultiplyAdd(x, d0, TLanes.Load(ref g[0])), sum1 = TLanes.MultiplyAdd(x, d1, TLanes.Load(ref g[lanes]));
                    TLanes.Store(sum0, ref g[0]);
                    TLanes.Store(sum1, ref g[lanes]);
                }
            }
        }
    }

    /// <summary>Adds biases, and makes 0 of what is not above it.</summary>
    /// <param name="outputs">Rows x stride; changed in place.</param>
    /// <param name="rowCount">How many rows.</param>
    /// <param name="stride">The distance of rows.</param>
    /// <param name="biases">One a unit; read up to the stride.</param>
    /// <param name="units">The units.</param>
    public static void Rectify(T* outputs, int rowCount, int stride, T* biases, int units)
    {
        var lanes = 64 / sizeof(T);
        for (var unit = 0; unit < units; unit += lanes)
        {
            TLanes zero = TLanes.Zero, bias = TLanes.Load(ref biases[unit]);
            for (var row = 0; row < rowCount; row++)
            {
                var sum = TLanes.Add(TLanes.Load(ref outputs[((nint)row * stride) + unit]), bias);
                // 0 where 0 less the sum is 0 or more, so of either zero +0; NaN is neither and stays.
                TLanes.Store(TLanes.Select(TLanes.Subtract(zero, sum), zero, sum), ref outputs[((nint)row * stride) + unit]);
            }
        }
    }

    /// <summary>Takes what flows back through units that gave something, times a factor; 0 through the others.</summary>
    /// <param name="deltas">Rows x stride; changed in place.</param>
    /// <param name="outputs">What the units gave, rows x stride.</param>
    /// <param name="count">Rows times stride.</param>
    /// <param name="factor">The factor.</param>
    public static void Pass(T* deltas, T* outputs, nint count, T factor)
    {
        TLanes zero = TLanes.Zero, scale = TLanes.Broadcast(factor);
        for (nint i = 0; i < count; i += 64 / sizeof(T))
            TLanes.Store(TLanes.Select(TLanes.Subtract(zero, TLanes.Load(ref outputs[i])), zero, TLanes.Multiply(scale, TLanes.Load(ref deltas[i]))), ref deltas[i]);
    }

    /// <summary>Adds deltas, row after row.</summary>
    /// <param name="deltas">Rows x units, and zeros beyond the units.</param>
    /// <param name="rowCount">How many rows.</param>
    /// <param name="stride">The distance of rows.</param>
    /// <param name="gradient">One a unit; added to.</param>
    /// <param name="units">The units.</param>
    public static void AddRows(T* deltas, int rowCount, int stride, T* gradient, int units)
    {
        var lanes = 64 / sizeof(T);
        for (var unit = 0; unit < units; unit += lanes)
        {
            var sum = TLanes.Load(ref gradient[unit]);
            for (var row = 0; row < rowCount; row++)
                sum = TLanes.Add(sum, TLanes.Load(ref deltas[((nint)row * stride) + unit]));
            TLanes.Store(sum, ref gradient[unit]);
        }
    }

    /// <summary>Adds one gradient to another.</summary>
    /// <param name="gradient">Added to.</param>
    /// <param name="other">What is added.</param>
    /// <param name="count">Their length; read and written in whole registers.</param>
    public static void Add(T* gradient, T* other, int count)
    {
        for (var i = 0; i < count; i += 64 / sizeof(T))
            TLanes.Store(TLanes.Add(TLanes.Load(ref gradient[i]), TLanes.Load(ref other[i])), ref gradient[i]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void AddGradientOfSome<TInput>(TInput** rows, int rowCount, int inputs, T* deltas, int stride, T* gradient, int units)
        where TInput : unmanaged, INumberBase<TInput>
    {
        var lanes = 64 / sizeof(T);
        for (var input = 0; input < inputs; input += TileRows)
        {
            int input1 = Math.Min(input + 1, inputs - 1), input2 = Math.Min(input + 2, inputs - 1), input3 = Math.Min(input + 3, inputs - 1);
            for (var unit = 0; unit < units; unit += lanes)
            {
                T* g0 = gradient + ((nint)input * units) + unit, g1 = gradient + ((nint)input1 * units) + unit;
                T* g2 = gradient + ((nint)input2 * units) + unit, g3 = gradient + ((nint)input3 * units) + unit;
                TLanes sum0 = TLanes.Load(ref g0[0]), sum1 = TLanes.Load(ref g1[0]), sum2 = TLanes.Load(ref g2[0]), sum3 = TLanes.Load(ref g3[0]);
                for (var row = 0; row < rowCount; row++)
                {
                    var d = TLanes.Load(ref deltas[((nint)row * stride) + unit]);
                    var x = rows[row];
                    sum0 = TLanes.MultiplyAdd(TLanes.Broadcast(T.CreateTruncating(x[input])), d, sum0);
                    sum1 = TLanes.MultiplyAdd(TLanes.Broadcast(T.CreateTruncating(x[input1])), d, sum1);
                    sum2 = TLanes.MultiplyAdd(TLanes.Broadcast(T.CreateTruncating(x[input2])), d, sum2);
                    sum3 = TLanes.MultiplyAdd(TLanes.Broadcast(T.CreateTruncating(x[input3])), d, sum3);
                }

                // In rising order: what a register holds of the next input is older than what that one stores.
                TLanes.Store(sum0, ref g0[0]);
                TLanes.Store(sum1, ref g1[0]);
                TLanes.Store(sum2, ref g2[0]);
                TLanes.Store(sum3, ref g3[0]);
            }
        }
    }
}
