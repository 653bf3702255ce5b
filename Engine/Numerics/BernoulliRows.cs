using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Engine.Numerics.Lanes;

namespace Engine.Numerics;

/// <summary>Residuals, curvatures and log-likelihoods of many labels at once: <see cref="Bernoulli"/> in lanes.</summary>
/// <remarks>
/// <para>Entries lie row after row, each row as wide as there are models, a multiple of eight; one model alone is laid out eight rows wide.</para>
/// <para>A logarithm costs as much as an exponential. Where all rows have one weight w, the log-likelihood is w (sum of the linear parts - log of the product of (1 + odds)): one logarithm instead of one a row.</para>
/// </remarks>
internal static class BernoulliRows<TLanes>
    where TLanes : struct, ILanes<TLanes, double>
{
    /// <summary>The number of models that a row is at least wide.</summary>
    public const int Lanes = 8;

    // Log odds beyond this need a probability below the normal numbers, or are no numbers at all: rare, and left to the scalar functions.
    private const double LargestFast = -PortableMath.LowestOfFusedExp;

    /// <summary>Computes residuals w (y - m) and curvatures w m (1 - m) with m = 1 / (1 + e^-eta), and adds the log-likelihood of one model.</summary>
    /// <param name="labels">n labels, 0 or 1.</param>
    /// <param name="weights">n weights.</param>
    /// <param name="etas">n log odds, at least 1 and at most 1,000, so that the product of 1 + odds, at most 2 each, stays a number.</param>
    /// <param name="residuals">Receives n values.</param>
    /// <param name="curvatures">Receives n values.</param>
    /// <param name="logLikelihood">Receives what the rows add.</param>
    /// <returns>The largest |eta|.</returns>
    public static double AddOne(
        ReadOnlySpan<double> labels, ReadOnlySpan<double> weights, ReadOnlySpan<double> etas, Span<double> residuals, Span<double> curvatures, ref double logLikelihood)
    {
        Span<double> memory = stackalloc double[3 * Lanes];
        var sums = new Sums(memory);
        var isUniform = AreEqual(weights);
        AddColumns(labels, weights, etas, residuals, curvatures, Lanes, isUniform, sums);
        for (var width = Lanes / 2; width >= 1; width /= 2)
        {
            for (var lane = 0; lane < width; lane++)
                sums.Fold(lane, lane + width);
        }

        logLikelihood += isUniform ? weights[0] * (sums.Linear[0] - PortableMath.Log1p(sums.Product[0])) : sums.Linear[0];
        return sums.Largest[0];
    }

    /// <summary>The same without curvatures, for as many models as there are log-likelihoods; entry i belongs to model i mod their number.</summary>
    public static void AddEach(ReadOnlySpan<double> labels, ReadOnlySpan<double> weights, ReadOnlySpan<double> etas, Span<double> residuals, Span<double> logLikelihoods)
    {
        Span<double> memory = stackalloc double[3 * Lanes];
        var sums = new Sums(memory);
        var isUniform = AreEqual(weights);
        for (var first = 0; first < logLikelihoods.Length; first += Lanes)
        {
            memory.Clear();
            AddColumns(labels[first..], weights[first..], etas[first..], residuals[first..], [], logLikelihoods.Length, isUniform, sums);
            for (var lane = 0; lane < Lanes; lane++)
                logLikelihoods[first + lane] += isUniform ? weights[0] * (sums.Linear[lane] - PortableMath.Log1p(sums.Product[lane])) : sums.Linear[lane];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void AddColumns(
        ReadOnlySpan<double> labels, ReadOnlySpan<double> weights, ReadOnlySpan<double> etas, Span<double> residuals, Span<double> curvatures, int width, bool isUniform, Sums sums)
    {
        ref var label0 = ref MemoryMarshal.GetReference(labels);
        ref var weight0 = ref MemoryMarshal.GetReference(weights);
        ref var eta0 = ref MemoryMarshal.GetReference(etas);
        ref var residual0 = ref MemoryMarshal.GetReference(residuals);
        ref var curvature0 = ref MemoryMarshal.GetReference(curvatures);
        var hasCurvatures = curvatures.Length > 0;
        var one = TLanes.Broadcast(1);
        TLanes product = TLanes.Zero, linear = TLanes.Zero, largest = TLanes.Zero;
        var i = 0;
        for (; i <= etas.Length - Lanes; i += width)
        {
            var eta = TLanes.Load(ref Unsafe.Add(ref eta0, i));
            var size = TLanes.Abs(eta);
            if (!TLanes.AreAtMost(size, LargestFast))
            {
                sums.Store(product, linear, largest);
                AddOneByOne(labels, weights, etas, residuals, curvatures, i, isUniform, sums);
                (product, linear, largest) = sums.Load();
                continue;
            }

            var (label, weight) = (TLanes.Load(ref Unsafe.Add(ref label0, i)), TLanes.Load(ref Unsafe.Add(ref weight0, i)));
            var odds = LanesMath<TLanes>.Exp(TLanes.Subtract(TLanes.Zero, size));
            var likely = TLanes.Divide(one, TLanes.Add(one, odds));
            var unlikely = TLanes.Multiply(odds, likely);
            var sign = TLanes.Subtract(TLanes.Add(label, label), one);
            var missing = TLanes.Select(TLanes.Multiply(sign, eta), unlikely, likely);
            TLanes.Store(TLanes.Multiply(weight, TLanes.Multiply(sign, missing)), ref Unsafe.Add(ref residual0, i));
            if (hasCurvatures)
                TLanes.Store(TLanes.Multiply(weight, TLanes.Multiply(unlikely, likely)), ref Unsafe.Add(ref curvature0, i));
            largest = TLanes.Max(largest, size);
            // The sign of eta decides which side of log(1 + exp(eta)) is large.
            var part = TLanes.Subtract(TLanes.Multiply(label, eta), TLanes.Max(eta, TLanes.Zero));
            if (isUniform)
            {
                product = TLanes.MultiplyAdd(product, odds, TLanes.Add(product, odds));
                linear = TLanes.Add(linear, part);
            }
            else
            {
                linear = TLanes.MultiplyAdd(weight, TLanes.Subtract(part, LanesMath<TLanes>.Log1p(odds)), linear);
            }
        }

        sums.Store(product, linear, largest);
        if (i < etas.Length)
            AddOneByOne(labels, weights, etas, residuals, curvatures, i, isUniform, sums);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddOneByOne(
        ReadOnlySpan<double> labels, ReadOnlySpan<double> weights, ReadOnlySpan<double> etas, Span<double> residuals, Span<double> curvatures, int first, bool isUniform, Sums sums)
    {
        for (var lane = 0; lane < Lanes && first + lane < etas.Length; lane++)
        {
            var i = first + lane;
            var odds = Bernoulli.Odds(labels[i], etas[i], out var residual, out var curvature, out var part);
            residuals[i] = weights[i] * residual;
            if (curvatures.Length > 0)
                curvatures[i] = weights[i] * curvature;
            sums.Largest[lane] = Math.Max(sums.Largest[lane], Math.Abs(etas[i]));
            if (isUniform)
            {
                sums.Product[lane] = Math.FusedMultiplyAdd(sums.Product[lane], odds, sums.Product[lane] + odds);
                sums.Linear[lane] += part;
            }
            else
            {
                sums.Linear[lane] = Math.FusedMultiplyAdd(weights[i], part - PortableMath.Log1p(odds), sums.Linear[lane]);
            }
        }
    }

    private static bool AreEqual(ReadOnlySpan<double> values) =>
        !MemoryMarshal.Cast<double, long>(values).ContainsAnyExcept(BitConverter.DoubleToInt64Bits(values[0]));

    /// <summary>Eight sums in memory: of the product of 1 + odds what is beyond 1, of the linear parts (or of whole weighted terms), and the largest |eta|.</summary>
    private readonly ref struct Sums(Span<double> memory)
    {
        public Span<double> Product { get; } = memory[..Lanes];

        public Span<double> Linear { get; } = memory.Slice(Lanes, Lanes);

        public Span<double> Largest { get; } = memory.Slice(2 * Lanes, Lanes);

        public void Store(TLanes product, TLanes linear, TLanes largest)
        {
            TLanes.Store(product, ref Product[0]);
            TLanes.Store(linear, ref Linear[0]);
            TLanes.Store(largest, ref Largest[0]);
        }

        public (TLanes Product, TLanes Linear, TLanes Largest) Load() => (TLanes.Load(ref Product[0]), TLanes.Load(ref Linear[0]), TLanes.Load(ref Largest[0]));

        public void Fold(int lane, int other)
        {
            Product[lane] = Math.FusedMultiplyAdd(Product[lane], Product[other], Product[lane] + Product[other]);
            Linear[lane] += Linear[other];
            Largest[lane] = Math.Max(Largest[lane], Largest[other]);
        }
    }
}
