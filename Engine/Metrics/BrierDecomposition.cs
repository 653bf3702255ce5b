using System.Numerics;
using Engine.Data;
using Engine.Numerics;

namespace Engine.Metrics;

/// <summary>The Brier score taken apart: what scores lose by promising wrong probabilities, what they gain by telling rows apart, what no score can know beforehand.</summary>
/// <param name="Brier">Mean squared difference of score and label: <paramref name="Miscalibration"/> - <paramref name="Discrimination"/> + <paramref name="Uncertainty"/>.</param>
/// <param name="Miscalibration">What an <see cref="IsotonicFit"/> of the same rows would take off the score, 0 or more; 0 where the scores are that fit.</param>
/// <param name="Discrimination">What the same fit is better by than one probability for all rows, 0 or more.</param>
/// <param name="Uncertainty">The Brier score of the share of class 1 for all rows: share x (1 - share), 0 to 1/4.</param>
/// <remarks>
/// <para>No bins and no choices: the fit is the best that any rising function of the scores can do on these rows, so the parts are in its favor on few rows.</para>
/// <para><b>Error</b>: compensated sums, at most 1e-15 of 1; the three parts add up to the score within four roundings.</para>
/// <para><b>Source</b>: Dimitriadis, Gneiting, Jordan, "Stable reliability diagrams for probabilistic classifiers", PNAS 118 (2021), the CORP decomposition.</para>
/// </remarks>
public readonly record struct BrierDecomposition(double Brier, double Miscalibration, double Discrimination, double Uncertainty)
{
    /// <summary>Takes the Brier score of all rows apart.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="scores">n scores; any number but NaN.</param>
    /// <param name="labels">n labels.</param>
    /// <param name="parts">The score and its parts.</param>
    /// <param name="weights">n weights, finite and 0 or more; or empty for 1 a row.</param>
    /// <returns>False when there are no rows, or when a score lies outside 0 to 1.</returns>
    /// <exception cref="ArgumentException">Lengths differ, a score is NaN, or a weight is negative or not finite.</exception>
    public static bool TryCompute<T>(ReadOnlySpan<T> scores, Labels labels, out BrierDecomposition parts, ReadOnlySpan<float> weights = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var curve = RankingCurve.From(scores, labels, weights);
        return TryCompute(curve, out parts);
    }

    /// <summary>Takes the Brier score of a curve's rows apart.</summary>
    /// <param name="curve">A curve, with or without weights; one of <see cref="SubgroupCurves"/> for a group.</param>
    /// <param name="parts">The score and its parts.</param>
    /// <returns>False when there are no rows, or when a score lies outside 0 to 1.</returns>
    public static bool TryCompute(RankingCurve curve, out BrierDecomposition parts)
    {
        ArgumentNullException.ThrowIfNull(curve);
        parts = default;
        if (!curve.TryComputeBrier(out var brier))
            return false;
        var total = curve.PositiveWeight + curve.NegativeWeight;
        var share = curve.PositiveWeight / total;
        var recalibrated = new CompensatedSum();
        var discrimination = new CompensatedSum();
        foreach (var block in IsotonicFit.Fit(curve).Blocks)
        {
            recalibrated.Add(block.Weight * block.Probability * (1 - block.Probability));
            discrimination.Add(block.Weight * (block.Probability - share) * (block.Probability - share));
        }

        parts = new BrierDecomposition(brier, Math.Max(0, brier - (recalibrated.Value / total)), discrimination.Value / total, share * (1 - share));
        return true;
    }
}
