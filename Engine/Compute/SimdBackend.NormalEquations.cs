using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Engine.Data;
using Engine.Numerics;
using Engine.Numerics.Lanes;

namespace Engine.Compute;

/// <content>One block of an IRLS pass, in double precision.</content>
/// <remarks>
/// The block's rows of positive weight are widened to doubles once, the intercept as a last column of ones. Then, for each row, eta = x'b in eight lanes,
/// probability, weight and residual; and for each 4 x 16 tile of the Hessian's lower triangle a sum over the rows in registers:
/// <code>
///                 16 columns j
///              +--------+--------+
/// 4 columns i  | lanes  | lanes  |   += x[row][i] * (v[row] x[row])[j]      rows in rising order, multiply and add separate
///              +--------+--------+
/// </code>
/// </remarks>
public sealed partial class SimdBackend
{
    private const int TileRows = 4;
    private const int TileColumns = 16;

    [ThreadStatic]
    private static IrlsScratch? s_irlsScratch;

    /// <inheritdoc/>
    public void AccumulateNormalEquations(
        RowBlock block, ReadOnlySpan<byte> labels, ReadOnlySpan<double> weights, ReadOnlySpan<double> offsets, ReadOnlySpan<double> coefficients, NormalEquations sums)
    {
        ArgumentNullException.ThrowIfNull(sums);
        if (Vector512.IsHardwareAccelerated)
            Accumulate<Lanes512<double>>(block, labels, weights, offsets, coefficients, sums);
        else if (Vector256.IsHardwareAccelerated)
            Accumulate<Lanes256<double>>(block, labels, weights, offsets, coefficients, sums);
        else if (Vector128.IsHardwareAccelerated)
            Accumulate<Lanes128<double>>(block, labels, weights, offsets, coefficients, sums);
        else
            Accumulate<LanesScalar<double>>(block, labels, weights, offsets, coefficients, sums);
    }

    private static void Accumulate<TLanes>(
        RowBlock block, ReadOnlySpan<byte> labels, ReadOnlySpan<double> weights, ReadOnlySpan<double> offsets, ReadOnlySpan<double> coefficients, NormalEquations sums)
        where TLanes : struct, ILanes<TLanes, double>
    {
        var stride = sums.Stride;
        var scratch = s_irlsScratch is { } held && held.Stride == stride ? held : s_irlsScratch = new IrlsScratch(stride);
        coefficients.CopyTo(scratch.Coefficients);
        scratch.Coefficients.AsSpan(coefficients.Length).Clear();
        var used = 0;
        for (var row = 0; row < block.RowCount; row++)
        {
            if (weights[row] == 0)
                continue;
            var x = scratch.Rows.AsSpan(used * stride, stride);
            Widen(block.Row(row), x, hasIntercept: sums.CoefficientCount > block.FeatureCount);
            var eta = Dot<TLanes>(x, scratch.Coefficients) + (offsets.IsEmpty ? 0 : offsets[row]);
            sums.LogLikelihood += weights[row] * Bernoulli.LogLikelihood(labels[row], eta, out var probability);
            sums.LargestLinearPredictor = Math.Max(sums.LargestLinearPredictor, Math.Abs(eta));
            AddScaled<TLanes>(x, weights[row] * (labels[row] - probability), sums.Gradient);
            Scale<TLanes>(x, weights[row] * probability * (1 - probability), scratch.WeightedRows.AsSpan(used * stride, stride));
            used++;
        }

        for (var i = 0; i < sums.CoefficientCount; i += TileRows)
        {
            for (var j = 0; j < Math.Min(i + TileRows, sums.CoefficientCount); j += TileColumns)
                AccumulateTile<TLanes>(scratch.Rows, scratch.WeightedRows, used, stride, i, j, sums);
        }
    }

    private static void AccumulateTile<TLanes>(double[] rows, double[] weightedRows, int rowCount, int stride, int i, int j, NormalEquations sums)
        where TLanes : struct, ILanes<TLanes, double>
    {
        ref var left = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(rows), i);
        ref var right = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(weightedRows), j);
        TLanes sum00 = TLanes.Zero, sum01 = TLanes.Zero, sum10 = TLanes.Zero, sum11 = TLanes.Zero;
        TLanes sum20 = TLanes.Zero, sum21 = TLanes.Zero, sum30 = TLanes.Zero, sum31 = TLanes.Zero;
        for (var row = 0; row < rowCount; row++)
        {
            var low = TLanes.Load(ref right);
            var high = TLanes.Load(ref Unsafe.Add(ref right, 8));
            var x0 = TLanes.Broadcast(left);
            sum00 = TLanes.Add(sum00, TLanes.Multiply(x0, low));
            sum01 = TLanes.Add(sum01, TLanes.Multiply(x0, high));
            var x1 = TLanes.Broadcast(Unsafe.Add(ref left, 1));
            sum10 = TLanes.Add(sum10, TLanes.Multiply(x1, low));
            sum11 = TLanes.Add(sum11, TLanes.Multiply(x1, high));
            var x2 = TLanes.Broadcast(Unsafe.Add(ref left, 2));
            sum20 = TLanes.Add(sum20, TLanes.Multiply(x2, low));
            sum21 = TLanes.Add(sum21, TLanes.Multiply(x2, high));
            var x3 = TLanes.Broadcast(Unsafe.Add(ref left, 3));
            sum30 = TLanes.Add(sum30, TLanes.Multiply(x3, low));
            sum31 = TLanes.Add(sum31, TLanes.Multiply(x3, high));
            left = ref Unsafe.Add(ref left, stride);
            right = ref Unsafe.Add(ref right, stride);
        }

        AddToHessian(sums, i, j, sum00, sum01);
        AddToHessian(sums, i + 1, j, sum10, sum11);
        AddToHessian(sums, i + 2, j, sum20, sum21);
        AddToHessian(sums, i + 3, j, sum30, sum31);
    }

    private static void AddToHessian<TLanes>(NormalEquations sums, int i, int j, TLanes low, TLanes high)
        where TLanes : struct, ILanes<TLanes, double>
    {
        // The last tile can reach past the last column: those rows hold padding only.
        if (i >= sums.CoefficientCount)
            return;
        ref var destination = ref sums.Hessian[(i * sums.Stride) + j];
        TLanes.Store(TLanes.Add(TLanes.Load(ref destination), low), ref destination);
        ref var next = ref Unsafe.Add(ref destination, 8);
        TLanes.Store(TLanes.Add(TLanes.Load(ref next), high), ref next);
    }

    private static void Widen(ReadOnlySpan<float> features, Span<double> row, bool hasIntercept)
    {
        for (var i = 0; i < features.Length; i++)
            row[i] = features[i];
        row[features.Length..].Clear();
        if (hasIntercept)
            row[features.Length] = 1;
    }

    private static double Dot<TLanes>(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
        where TLanes : struct, ILanes<TLanes, double>
    {
        ref var left = ref MemoryMarshal.GetReference(x);
        ref var right = ref MemoryMarshal.GetReference(y);
        var sum = TLanes.Zero;
        for (var i = 0; i < x.Length; i += 8)
            sum = TLanes.Add(sum, TLanes.Multiply(TLanes.Load(ref Unsafe.Add(ref left, i)), TLanes.Load(ref Unsafe.Add(ref right, i))));
        return TLanes.Sum(sum);
    }

    private static void AddScaled<TLanes>(ReadOnlySpan<double> x, double factor, Span<double> destination)
        where TLanes : struct, ILanes<TLanes, double>
    {
        ref var source = ref MemoryMarshal.GetReference(x);
        ref var sum = ref MemoryMarshal.GetReference(destination);
        var factors = TLanes.Broadcast(factor);
        for (var i = 0; i < x.Length; i += 8)
        {
            ref var place = ref Unsafe.Add(ref sum, i);
            TLanes.Store(TLanes.Add(TLanes.Load(ref place), TLanes.Multiply(factors, TLanes.Load(ref Unsafe.Add(ref source, i)))), ref place);
        }
    }

    private static void Scale<TLanes>(ReadOnlySpan<double> x, double factor, Span<double> destination)
        where TLanes : struct, ILanes<TLanes, double>
    {
        ref var source = ref MemoryMarshal.GetReference(x);
        ref var scaled = ref MemoryMarshal.GetReference(destination);
        var factors = TLanes.Broadcast(factor);
        for (var i = 0; i < x.Length; i += 8)
            TLanes.Store(TLanes.Multiply(factors, TLanes.Load(ref Unsafe.Add(ref source, i))), ref Unsafe.Add(ref scaled, i));
    }

    private sealed class IrlsScratch(int stride)
    {
        public int Stride { get; } = stride;

        public double[] Coefficients { get; } = new double[stride];

        public double[] Rows { get; } = new double[SampleMatrix.RowsPerBlock * stride];

        public double[] WeightedRows { get; } = new double[SampleMatrix.RowsPerBlock * stride];
    }
}
