using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Engine.Numerics;

/// <summary>Probabilities and log-likelihoods of many labels at once: the same bits as <see cref="Bernoulli"/>, four rows at a time.</summary>
internal static class BernoulliRows
{
    // Log odds beyond this need a probability below the normal numbers, or are no numbers at all: rare, and left to the scalar functions.
    private const double LargestFast = 700;

    /// <summary>Computes log p for label 1 and log(1 - p) for label 0, with p = 1 / (1 + e^-eta).</summary>
    /// <param name="labels">n labels, 0 or 1.</param>
    /// <param name="etas">n log odds.</param>
    /// <param name="probabilities">Receives n values of p.</param>
    /// <param name="logLikelihoods">Receives n values, 0 or less.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LogLikelihoods(ReadOnlySpan<byte> labels, ReadOnlySpan<double> etas, Span<double> probabilities, Span<double> logLikelihoods)
    {
        var row = 0;
        for (; Vector256.IsHardwareAccelerated && row <= etas.Length - Vector256<double>.Count; row += Vector256<double>.Count)
        {
            var eta = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(etas), (nuint)row);
            var size = Vector256.Abs(eta);
            if (!Vector256.LessThanAll(size, Vector256.Create(LargestFast)))
            {
                One(labels, etas, probabilities, logLikelihoods, row, Vector256<double>.Count);
                continue;
            }

            var isOne = Vector256.GreaterThan(Vector256.Create(labels[row], labels[row + 1], labels[row + 2], (double)labels[row + 3]), Vector256<double>.Zero);
            var odds = PortableMath.ExpOfNegative(-size);
            var isPositive = Vector256.GreaterThanOrEqual(eta, Vector256<double>.Zero);
            var probability = Vector256.ConditionalSelect(isPositive, Vector256<double>.One, odds) / (Vector256<double>.One + odds);
            probability.StoreUnsafe(ref MemoryMarshal.GetReference(probabilities), (nuint)row);
            var linear = Vector256.ConditionalSelect(isOne, Vector256.Min(eta, Vector256<double>.Zero), -Vector256.Max(eta, Vector256<double>.Zero));
            (linear - PortableMath.Log1pOfOdds(odds)).StoreUnsafe(ref MemoryMarshal.GetReference(logLikelihoods), (nuint)row);
        }

        One(labels, etas, probabilities, logLikelihoods, row, etas.Length - row);
    }

    private static void One(ReadOnlySpan<byte> labels, ReadOnlySpan<double> etas, Span<double> probabilities, Span<double> logLikelihoods, int first, int count)
    {
        for (var row = first; row < first + count; row++)
            logLikelihoods[row] = Bernoulli.LogLikelihood(labels[row], etas[row], out probabilities[row]);
    }
}
