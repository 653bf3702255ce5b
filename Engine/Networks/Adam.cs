using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Engine.Numerics;
using Engine.Numerics.Lanes;

namespace Engine.Networks;

/// <summary>Adam over parameters of float32 or float64.</summary>
/// <remarks>
/// <para><b>Computes</b>, in step t from 1: m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g g; p -= s m / (r sqrt(v) + epsilon), where s = rate / (1 - b1^t) and r = 1 / sqrt(1 - b2^t) are
/// computed in double and rounded once to the type of the parameters.</para>
/// <para>A mean below 1e-30 and a mean square below 1e-36 are 0: beside epsilon they move nothing, and subnormal numbers are slow.</para>
/// <para><b>Determinism</b>: every parameter by itself, in IEEE operations only: the same bits at every SIMD level. b^t is a product of squares, so that a step needs no other before it.</para>
/// <para><b>Source</b>: Kingma, Ba, "Adam: a method for stochastic optimization", ICLR 2015, with epsilon beside the corrected root, as PyTorch has it.</para>
/// </remarks>
/// <param name="count">The number of parameters.</param>
/// <param name="settings">The rate, how much is kept, and epsilon.</param>
internal sealed unsafe class Adam<T>(int count, TrainingSettings settings) : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly NativeBuffer<T> _means = new(count);
    private readonly NativeBuffer<T> _squares = new(count);

    /// <summary>Gets the mean gradients, one a parameter, to be saved or set.</summary>
    public Span<T> FirstMoments => new(_means.Pointer, count);

    /// <summary>Gets the mean squared gradients, one a parameter, to be saved or set.</summary>
    public Span<T> SecondMoments => new(_squares.Pointer, count);

    /// <summary>Takes a step.</summary>
    /// <param name="parameters">Changed in place.</param>
    /// <param name="gradient">One value a parameter.</param>
    /// <param name="step">The number of the step, from 0.</param>
    /// <returns>Whether every mean squared gradient is finite; where one is not, as after a gradient that is not or whose square is beyond the type, parameters and moments are spoiled.</returns>
    public bool Step(Span<T> parameters, ReadOnlySpan<T> gradient, long step)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(parameters.Length, count);
        ArgumentOutOfRangeException.ThrowIfNotEqual(gradient.Length, count);
        var factors = new AdamFactors<T>(settings, step);
        fixed (T* p = parameters, g = gradient)
        {
            if (Vector512.IsHardwareAccelerated)
                return AdamKernel<Lanes512<T>, T>.Step(p, g, _means.Pointer, _squares.Pointer, count, factors);
            if (Vector256.IsHardwareAccelerated)
                return AdamKernel<Lanes256<T>, T>.Step(p, g, _means.Pointer, _squares.Pointer, count, factors);
            if (Vector128.IsHardwareAccelerated)
                return AdamKernel<Lanes128<T>, T>.Step(p, g, _means.Pointer, _squares.Pointer, count, factors);
            return AdamKernel<LanesScalar<T>, T>.Step(p, g, _means.Pointer, _squares.Pointer, count, factors);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _means.Dispose();
        _squares.Dispose();
    }
}

/// <summary>What a step of Adam multiplies by, rounded from double.</summary>
/// <param name="settings">The rate, how much is kept, and epsilon.</param>
/// <param name="step">The number of the step, from 0.</param>
internal readonly struct AdamFactors<T>(TrainingSettings settings, long step)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public readonly T Keep1 = T.CreateTruncating(settings.Beta1);
    public readonly T Take1 = T.CreateTruncating(1 - settings.Beta1);
    public readonly T Keep2 = T.CreateTruncating(settings.Beta2);
    public readonly T Take2 = T.CreateTruncating(1 - settings.Beta2);
    public readonly T Rate = T.CreateTruncating(settings.LearningRate / (1 - Power(settings.Beta1, step + 1)));
    public readonly T Root = T.CreateTruncating(1 / Math.Sqrt(1 - Power(settings.Beta2, step + 1)));
    public readonly T Epsilon = T.CreateTruncating(settings.Epsilon);

    /// <summary>Computes x^n by squaring: products only, the same bits on every machine.</summary>
    private static double Power(double x, long n)
    {
        var power = 1.0;
        for (; n > 0; n >>= 1)
        {
            if ((n & 1) != 0)
                power *= x;
            x *= x;
        }

        return power;
    }
}

/// <summary>The loop of <see cref="Adam{T}"/>.</summary>
/// <remarks><b>Cost</b>: bound by one root and one division a parameter.</remarks>
internal static unsafe class AdamKernel<TLanes, T>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Mean gradients nearer to 0 become 0.</summary>
    private const double SmallestMean = 1e-30;

    /// <summary>Mean squared gradients nearer to 0 become 0.</summary>
    private const double SmallestSquare = 1e-36;

    private static int Lanes => 64 / sizeof(T);

    /// <summary>Takes a step; the last lanes, where they are not whole, in a copy.</summary>
    public static bool Step(T* parameters, T* gradient, T* means, T* squares, int count, in AdamFactors<T> factors)
    {
        var whole = count / Lanes * Lanes;
        var isFinite = StepWhole(parameters, gradient, means, squares, whole, factors);
        if (whole == count)
            return isFinite;
        var rest = stackalloc T[4 * Lanes];
        new Span<T>(rest, 4 * Lanes).Clear();
        var (restBytes, lanes) = ((uint)((count - whole) * sizeof(T)), Lanes);
        Unsafe.CopyBlock(rest, parameters + whole, restBytes);
        Unsafe.CopyBlock(rest + lanes, gradient + whole, restBytes);
        Unsafe.CopyBlock(rest + (2 * lanes), means + whole, restBytes);
        Unsafe.CopyBlock(rest + (3 * lanes), squares + whole, restBytes);
        isFinite &= StepWhole(rest, rest + lanes, rest + (2 * lanes), rest + (3 * lanes), lanes, factors);
        Unsafe.CopyBlock(parameters + whole, rest, restBytes);
        Unsafe.CopyBlock(means + whole, rest + (2 * lanes), restBytes);
        Unsafe.CopyBlock(squares + whole, rest + (3 * lanes), restBytes);
        return isFinite;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static bool StepWhole(T* parameters, T* gradient, T* means, T* squares, int count, in AdamFactors<T> factors)
    {
        TLanes keep1 = TLanes.Broadcast(factors.Keep1), take1 = TLanes.Broadcast(factors.Take1), keep2 = TLanes.Broadcast(factors.Keep2), take2 = TLanes.Broadcast(factors.Take2);
        TLanes rate = TLanes.Broadcast(factors.Rate), root = TLanes.Broadcast(factors.Root), epsilon = TLanes.Broadcast(factors.Epsilon);
        // 0 times a finite value is 0, and any other product stays in the sum.
        TLanes zero = TLanes.Zero, check = zero;
        // Parameters that get no gradient for a while would otherwise fade into subnormal numbers, which some processors multiply a hundred times slower.
        TLanes smallestMean = TLanes.Broadcast(T.CreateTruncating(SmallestMean)), smallestSquare = TLanes.Broadcast(T.CreateTruncating(SmallestSquare));
        for (var i = 0; i < count; i += 64 / sizeof(T))
        {
            var g = TLanes.Load(ref gradient[i]);
            var mean = TLanes.MultiplyAdd(keep1, TLanes.Load(ref means[i]), TLanes.Multiply(take1, g));
            var square = TLanes.MultiplyAdd(keep2, TLanes.Load(ref squares[i]), TLanes.Multiply(TLanes.Multiply(take2, g), g));
            check = TLanes.MultiplyAdd(square, zero, check);
            mean = TLanes.Select(TLanes.Subtract(TLanes.Abs(mean), smallestMean), mean, zero);
            square = TLanes.Select(TLanes.Subtract(square, smallestSquare), square, zero);
            TLanes.Store(mean, ref means[i]);
            TLanes.Store(square, ref squares[i]);
            var move = TLanes.Divide(TLanes.Multiply(rate, mean), TLanes.MultiplyAdd(TLanes.Sqrt(square), root, epsilon));
            TLanes.Store(TLanes.Subtract(TLanes.Load(ref parameters[i]), move), ref parameters[i]);
        }

        return TLanes.Sum(check) == T.Zero;
    }
}
