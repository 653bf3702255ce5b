using System.Numerics;
using Engine.Data;
using Engine.Diagnostics;

namespace Engine.Metrics;

/// <summary>The rising step function of the score that lies nearest to the labels: it turns any scores into calibrated probabilities without changing their order.</summary>
/// <remarks>
/// <para><b>Computes</b> the f that minimizes sum w (y - f(score))² among all f that never fall, by pooling adjacent violators: runs of equal scores, from the lowest up, join the block
/// below while its share of class 1 is as high or higher.</para>
/// <code>
/// share of class 1 a run      .1   .4   .2   .6   .5   .5   .9
/// blocks                      .1  |  .3   |    .53      |  .9         shares rise strictly from block to block
/// </code>
/// <para><b>Ties</b>: rows of one score are one point. <b>Error</b>: without weights, shares are compared as products of counts, exact up to 94 million rows, and rounded once;
/// against scikit-learn 1.2.1 and all partitions of small data in the tests.</para>
/// <para><b>Determinism</b>: without weights, row order changes no bit.</para>
/// <para><b>Cost</b>: one radix sort and a walk over the distinct scores; a prediction searches the blocks by halves.</para>
/// <para><b>Source</b>: Ayer, Brunk, Ewing, Reid, Silverman, Annals of Mathematical Statistics 26 (1955); for calibration, Zadrozny, Elkan, KDD 2002.</para>
/// </remarks>
public sealed class IsotonicFit
{
    private readonly IsotonicBlock[] _blocks;

    private IsotonicFit(IsotonicBlock[] blocks) => _blocks = blocks;

    /// <summary>Gets the blocks; scores and probabilities rise strictly from one to the next.</summary>
    public IReadOnlyList<IsotonicBlock> Blocks => _blocks;

    /// <summary>Fits probabilities to labels.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="scores">n scores; any number but NaN, probabilities or not.</param>
    /// <param name="labels">n labels; one class is enough.</param>
    /// <param name="weights">n weights, finite and 0 or more; or empty for 1 a row.</param>
    /// <returns>The fit.</returns>
    /// <exception cref="ArgumentException">Lengths differ, a score is NaN, a weight is negative or not finite, or no row has a weight above 0.</exception>
    public static IsotonicFit Fit<T>(ReadOnlySpan<T> scores, Labels labels, ReadOnlySpan<float> weights = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var curve = RankingCurve.From(scores, labels, weights);
        return Fit(curve);
    }

    /// <summary>Fits probabilities to the rows of a curve.</summary>
    /// <param name="curve">A curve with at least one score; one of <see cref="SubgroupCurves"/> for a group.</param>
    /// <returns>The fit.</returns>
    /// <exception cref="ArgumentException">The curve has no rows.</exception>
    public static IsotonicFit Fit(RankingCurve curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        if (curve.Scores.IsEmpty)
            Throw.Argument_Invalid(nameof(curve), "there are 0 rows with a weight above 0, and a fit needs 1; pass rows to fit on.");
        var pools = new Stack<Pool>();
        for (var run = 0; run < curve.Scores.Length; run++)
        {
            var score = curve.Scores[run];
            var pool = new Pool(score, score, curve.Positives[run], curve.Positives[run] + curve.Negatives[run]);
            while (pools.TryPeek(out var below) && below.IsAsHighAs(pool))
                pool = pools.Pop().Join(pool);
            pools.Push(pool);
        }

        return new IsotonicFit([.. pools.Reverse().Select(pool => new IsotonicBlock(pool.Lowest, pool.Highest, pool.Weight, pool.Positives / pool.Weight))]);
    }

    /// <summary>Looks up the probability of a score.</summary>
    /// <param name="score">Any number but NaN.</param>
    /// <returns>That of the last block that begins at or below the score: a score between two blocks takes the lower one, a score below all blocks the first.</returns>
    /// <exception cref="ArgumentException"><paramref name="score"/> is NaN.</exception>
    public double Predict(double score)
    {
        if (double.IsNaN(score))
            Throw.Argument_ScoreNaN(nameof(score), 0);
        return Lookup(score);
    }

    /// <summary>Looks up the probabilities of scores.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="scores">n scores; any number but NaN.</param>
    /// <param name="probabilities">At least n entries: receives the probabilities, rounded to T; may be <paramref name="scores"/> itself.</param>
    /// <exception cref="ArgumentException">The destination is too short, or a score is NaN; entries before that row are written.</exception>
    public void Predict<T>(ReadOnlySpan<T> scores, Span<T> probabilities)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (probabilities.Length < scores.Length)
            Throw.Argument_DestinationTooShort(nameof(probabilities), probabilities.Length, scores.Length);
        for (var row = 0; row < scores.Length; row++)
        {
            if (T.IsNaN(scores[row]))
                Throw.Argument_ScoreNaN(nameof(scores), row);
            probabilities[row] = T.CreateTruncating(Lookup(double.CreateTruncating(scores[row])));
        }
    }

    private double Lookup(double score)
    {
        // The block sought lies in low to high - 1.
        var low = 0;
        var high = _blocks.Length;
        while (high - low > 1)
        {
            var middle = low + ((high - low) / 2);
            if (_blocks[middle].LowestScore <= score)
                low = middle;
            else
                high = middle;
        }

        return _blocks[low].Probability;
    }

    private readonly record struct Pool(double Lowest, double Highest, double Positives, double Weight)
    {
        public bool IsAsHighAs(Pool above) => Positives * above.Weight >= above.Positives * Weight;

        public Pool Join(Pool above) => new(Lowest, above.Highest, Positives + above.Positives, Weight + above.Weight);
    }
}

/// <summary>A stretch of scores to which an <see cref="IsotonicFit"/> gives one probability.</summary>
/// <param name="LowestScore">The lowest score that was fitted in it.</param>
/// <param name="HighestScore">The highest.</param>
/// <param name="Weight">The weight of its rows, above 0; without weights, their number.</param>
/// <param name="Probability">Their share of class 1, 0 to 1.</param>
public readonly record struct IsotonicBlock(double LowestScore, double HighestScore, double Weight, double Probability);
