using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Engine.Numerics.Lanes;

namespace Engine.Numerics;

/// <summary>Residuals and log-likelihoods of many labels at once.</summary>
/// <remarks>
/// <para>Entries lie row after row, each row <c>width</c> models wide; a model's log-likelihood is the sum over its rows. One model alone is laid out four rows wide instead.</para>
/// <para>A logarithm costs as much as an exponential. Where all rows have one weight w, the log-likelihood is w (sum of the linear parts - log of the product of (1 + odds)): one logarithm instead of one a row.</para>
/// <para><b>Determinism</b>: the scalar path does what each lane of the vector path does, so the bits do not depend on the SIMD level.</para>
/// </remarks>
internal static class BernoulliRows
{
    // Log odds beyond this need a probability below the normal numbers, or are no numbers at all: rare, and left to the scalar functions.
    private const double LargestFast = -PortableMath.LowestOfFusedExp;

    /// <summary>Computes m = 1 / (1 + e^-eta), residuals w (y - m), and adds log-likelihoods.</summary>
    /// <param name="labels">n labels, 0 or 1.</param>
    /// <param name="weights">n weights.</param>
    /// <param name="etas">n log odds; at most 1,000 a column, so that the product of 1 + odds, at most 2 each, stays a number.</param>
    /// <param name="probabilities">Receives n values of m.</param>
    /// <param name="residuals">Receives n values.</param>
    /// <param name="logLikelihoods">One sum a column, a multiple of four of them; entry i belongs to column i mod width.</param>
    /// <returns>The largest |eta|.</returns>
    public static double Add(
        ReadOnlySpan<double> labels, ReadOnlySpan<double> weights, ReadOnlySpan<double> etas, Span<double> probabilities, Span<double> residuals, Span<double> logLikelihoods)
    {
        var isUniform = AreEqual(weights);
        var largest = 0.0;
        for (var column = 0; column < logLikelihoods.Length; column += Vector256<double>.Count)
        {
            var largestOfColumns = AddColumns(
                labels[column..], weights[column..], etas[column..], probabilities[column..], residuals[column..], logLikelihoods.Length, isUniform, logLikelihoods.Slice(column, Vector256<double>.Count));
            largest = Math.Max(largest, largestOfColumns);
        }

        return largest;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static double AddColumns(
        ReadOnlySpan<double> labels, ReadOnlySpan<double> weights, ReadOnlySpan<double> etas, Span<double> probabilities, Span<double> residuals, int width, bool isUniform, Span<double> logLikelihoods)
    {
        ref var label0 = ref MemoryMarshal.GetReference(labels);
        ref var weight0 = ref MemoryMarshal.GetReference(weights);
        ref var eta0 = ref MemoryMarshal.GetReference(etas);
        ref var probability0 = ref MemoryMarshal.GetReference(probabilities);
        ref var residual0 = ref MemoryMarshal.GetReference(residuals);
        Vector256<double> product = default, sum = default, largest = default;
        var one = Vector256<double>.One;
        var i = 0;
        for (; Vector256.IsHardwareAccelerated && i <= etas.Length - Vector256<double>.Count; i += width)
        {
            var place = (nuint)i;
            var eta = Vector256.LoadUnsafe(ref eta0, place);
            var size = Vector256.Abs(eta);
            if (!Vector256.LessThanAll(size, Vector256.Create(LargestFast)))
            {
                (product, sum, largest) = Rare(labels, weights, etas, probabilities, residuals, i, isUniform, product, sum, largest);
                continue;
            }

            var (label, weight) = (Vector256.LoadUnsafe(ref label0, place), Vector256.LoadUnsafe(ref weight0, place));
            var odds = PortableMath.FusedExp(-size);
            var isPositive = Vector256.GreaterThanOrEqual(eta, Vector256<double>.Zero);
            var probability = Vector256.ConditionalSelect(isPositive, one, odds) / (one + odds);
            probability.StoreUnsafe(ref probability0, place);
            (weight * (label - probability)).StoreUnsafe(ref residual0, place);
            // The sign of eta decides which side of log(1 + exp(eta)) is large.
            var linear = (label * eta) - Vector256.MaxNative(eta, Vector256<double>.Zero);
            largest = Vector256.MaxNative(size, largest);
            if (isUniform)
            {
                product = Fused.MultiplyAdd(product, odds, product + odds);
                sum += linear;
            }
            else
            {
                sum = Fused.MultiplyAdd(weight, linear - PortableMath.Log1pOfOdds(odds), sum);
            }
        }

        for (; i < etas.Length; i += width)
            (product, sum, largest) = Rare(labels, weights, etas, probabilities, residuals, i, isUniform, product, sum, largest);
        var largestOfAll = 0.0;
        for (var lane = 0; lane < logLikelihoods.Length; lane++)
        {
            largestOfAll = Math.Max(largestOfAll, largest[lane]);
            logLikelihoods[lane] += isUniform ? weights[0] * (sum[lane] - PortableMath.Log1p(product[lane])) : sum[lane];
        }

        return largestOfAll;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool AreEqual(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            if (value != values[0])
                return false;
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (Vector256<double> Product, Vector256<double> Sum, Vector256<double> Largest) Rare(
        ReadOnlySpan<double> labels, ReadOnlySpan<double> weights, ReadOnlySpan<double> etas, Span<double> probabilities, Span<double> residuals, int first, bool isUniform,
        Vector256<double> product, Vector256<double> sum, Vector256<double> largest)
    {
        for (var lane = 0; lane < Vector256<double>.Count && first + lane < etas.Length; lane++)
        {
            var i = first + lane;
            var odds = Bernoulli.Odds(labels[i], etas[i], out probabilities[i], out var linear);
            residuals[i] = weights[i] * (labels[i] - probabilities[i]);
            largest = largest.WithElement(lane, Math.Max(largest[lane], Math.Abs(etas[i])));
            if (isUniform)
            {
                product = product.WithElement(lane, Math.FusedMultiplyAdd(product[lane], odds, product[lane] + odds));
                sum = sum.WithElement(lane, sum[lane] + linear);
            }
            else
            {
                sum = sum.WithElement(lane, Math.FusedMultiplyAdd(weights[i], linear - PortableMath.Log1p(odds), sum[lane]));
            }
        }

        return (product, sum, largest);
    }
}
