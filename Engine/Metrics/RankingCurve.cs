using System.Numerics;
using CommunityToolkit.HighPerformance.Buffers;
using Engine.Data;
using Engine.Numerics;

namespace Engine.Metrics;

/// <summary>The distinct scores of a set of rows with the weight of each class at each: all that a ranking metric needs to know.</summary>
/// <remarks>
/// <code>
/// Scores      0.1   0.4   0.5   0.9      rising; rows that share a score share a threshold
/// Positives     0     2     1     3      weight of class 1 at the score
/// Negatives     4     0     1     1      weight of class 0 at the score
/// </code>
/// <para><b>Ties</b>: rows of one score are never ordered among themselves; a tied pair counts half in the AUROC, and a tied run is one step of a precision-recall curve.</para>
/// <para><b>NaN</b>: an argument error; infinite scores are ordinary ends of the ranking. No method returns NaN or -0: a quantity without a value makes it return false.</para>
/// <para><b>Error</b>: without weights every count is a whole number, exact below 2^53, and a result is within 1e-15 of its exact value. With weights the counts are sums of floats in double,
/// exact while the weights are multiples of a common step q and add up to less than 2^53 q, which weights of similar size do. Checked against scikit-learn 1.2.1 to 1e-12.</para>
/// <para><b>Determinism</b>: without weights a result is a function of the counts: row order does not change a bit of it.</para>
/// <para><b>Class 0</b>: its curves read the same runs from the low end with the classes exchanged. That is the ranking by 1 - score without its rounding, which could make new ties.</para>
/// <para><b>Cost</b>: 24 rented bytes a distinct score; <see cref="Dispose"/> gives them back.</para>
/// </remarks>
public sealed class RankingCurve : IDisposable
{
    // What scikit-learn takes from 0 and 1 so that a certain and wrong score has a finite loss: the spacing of doubles at 1.
    private const double LogLossClip = 1.0 / (1L << 52);

    private readonly MemoryOwner<double> _scores;
    private readonly MemoryOwner<double> _positives;
    private readonly MemoryOwner<double> _negatives;

    internal RankingCurve(MemoryOwner<double> scores, MemoryOwner<double> positives, MemoryOwner<double> negatives, long rowCount, long positiveCount, bool hasWeights)
    {
        HasWeights = hasWeights;
        _scores = scores;
        _positives = positives;
        _negatives = negatives;
        RowCount = rowCount;
        PositiveCount = positiveCount;
        // Left to right like the running sums of the curves, so that a full recall is exactly 1.
        foreach (var weight in positives.Span)
            PositiveWeight += weight;
        foreach (var weight in negatives.Span)
            NegativeWeight += weight;
    }

    /// <summary>Gets the number of rows; rows of weight 0 do not count.</summary>
    public long RowCount { get; }

    /// <summary>Gets the number of rows of class 1; rows of weight 0 do not count.</summary>
    public long PositiveCount { get; }

    /// <summary>Gets the distinct scores, rising.</summary>
    public ReadOnlySpan<double> Scores => _scores.Span;

    /// <summary>Gets the weight of class 1 at each of <see cref="Scores"/>; without weights, the number of rows.</summary>
    public ReadOnlySpan<double> Positives => _positives.Span;

    /// <summary>Gets the weight of class 0 at each of <see cref="Scores"/>; without weights, the number of rows.</summary>
    public ReadOnlySpan<double> Negatives => _negatives.Span;

    /// <summary>Gets the weight of class 1 over all scores.</summary>
    internal double PositiveWeight { get; }

    /// <summary>Gets the weight of class 0 over all scores.</summary>
    internal double NegativeWeight { get; }

    /// <summary>Gets whether rows carry weights of their own.</summary>
    internal bool HasWeights { get; }

    /// <summary>Gets whether there are rows and all scores lie in 0 to 1; scores rise, so the two ends speak for all.</summary>
    internal bool HasProbabilities => Scores.Length > 0 && Scores[0] >= 0 && Scores[^1] <= 1;

    /// <summary>Sorts scores into a curve.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="scores">n scores; any number but NaN.</param>
    /// <param name="labels">n labels.</param>
    /// <param name="weights">n weights, finite and 0 or more; or empty for 1 a row.</param>
    /// <returns>The curve over all rows of weight above 0.</returns>
    /// <exception cref="ArgumentException">Lengths differ, a score is NaN, or a weight is negative or not finite.</exception>
    public static RankingCurve From<T>(ReadOnlySpan<T> scores, Labels labels, ReadOnlySpan<float> weights = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(labels);
        return From(scores, labels.Values, weights);
    }

    /// <summary>Sorts scores into a curve.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="scores">n scores; any number but NaN.</param>
    /// <param name="labels">n labels, 0 or 1.</param>
    /// <param name="weights">n weights, finite and 0 or more; or empty for 1 a row.</param>
    /// <returns>The curve over all rows of weight above 0.</returns>
    /// <exception cref="ArgumentException">Lengths differ, a score is NaN, a label is neither 0 nor 1, or a weight is negative or not finite.</exception>
    public static RankingCurve From<T>(ReadOnlySpan<T> scores, ReadOnlySpan<byte> labels, ReadOnlySpan<float> weights = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        MetricArguments.CheckLabels(scores, labels);
        MetricArguments.CheckWeights(scores, weights);
        using var ranking = ScoreRanking.Sort(scores, labels, weights);
        return ranking.ReadCurve(null);
    }

    /// <summary>Computes the area under the ROC curve: the chance that a row of class 1 outranks a row of class 0.</summary>
    /// <param name="auroc">0 to 1; the same for both classes.</param>
    /// <returns>False unless both classes are present.</returns>
    /// <remarks><b>Computes</b>: sum over pairs of (1 if the positive's score is higher, 1/2 if equal, 0 if lower) / number of pairs.</remarks>
    public bool TryComputeAuroc(out double auroc)
    {
        auroc = 0;
        if (PositiveWeight == 0 || NegativeWeight == 0)
            return false;
        var positives = Positives;
        var negatives = Negatives;
        var twicePairsWon = new CompensatedSum();
        double negativesBelow = 0;
        for (var run = 0; run < positives.Length; run++)
        {
            // Twice the pairs, so that halves stay whole numbers.
            twicePairsWon.Add(positives[run] * ((2 * negativesBelow) + negatives[run]));
            negativesBelow += negatives[run];
        }

        auroc = Math.Min(1, twicePairsWon.Value / (2 * PositiveWeight * NegativeWeight));
        return true;
    }

    /// <summary>Computes the average precision of a class: precision at each threshold, weighted by the recall gained there.</summary>
    /// <param name="scoredClass">1 for the curve from the highest score down; 0 for class 0 from the lowest score up.</param>
    /// <param name="averagePrecision">Above 0, up to 1.</param>
    /// <returns>False when there is no row of the class.</returns>
    /// <remarks><b>Computes</b>: sum of (recall[i] - recall[i-1]) precision[i] over the distinct scores: steps, nothing interpolated. Class 0 is the class ranked by 1 - score.</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="scoredClass"/> is neither 0 nor 1.</exception>
    public bool TryComputeAveragePrecision(byte scoredClass, out double averagePrecision) =>
        TryComputePrecisionRecallAreas(scoredClass, out averagePrecision, out _);

    /// <summary>Computes the area under the precision-recall curve of a class with straight lines between its points, as paper P does.</summary>
    /// <param name="scoredClass">1 for the curve from the highest score down; 0 for class 0 from the lowest score up.</param>
    /// <param name="area">Above 0, up to 1. Not the average precision: straight lines are optimistic, on small groups by .002 to .015.</param>
    /// <returns>False when there is no row of the class.</returns>
    /// <remarks><b>Computes</b>: sum of (recall[i] - recall[i-1]) (precision[i] + precision[i-1]) / 2, from the point precision 1 at recall 0.</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="scoredClass"/> is neither 0 nor 1.</exception>
    public bool TryComputeTrapezoidPr(byte scoredClass, out double area) =>
        TryComputePrecisionRecallAreas(scoredClass, out _, out area);

    /// <summary>Computes the Brier score: the mean squared difference of score and label.</summary>
    /// <param name="brier">0 to 1.</param>
    /// <returns>False when there are no rows, or when a score lies outside 0 to 1 and so is no probability.</returns>
    public bool TryComputeBrier(out double brier)
    {
        brier = 0;
        if (!HasProbabilities)
            return false;
        var scores = Scores;
        var positives = Positives;
        var negatives = Negatives;
        var squares = new CompensatedSum();
        for (var run = 0; run < scores.Length; run++)
        {
            var score = scores[run];
            squares.Add((positives[run] * (1 - score) * (1 - score)) + (negatives[run] * score * score));
        }

        brier = squares.Value / (PositiveWeight + NegativeWeight);
        return true;
    }

    /// <summary>Computes the mean negative log-likelihood of the labels, natural logarithm, of scores that are probabilities.</summary>
    /// <param name="logLoss">0 or more, at most 36.05: scores are first moved 2^-52 away from 0 and 1. Where that shows, use <see cref="TryComputeLogLossFromLogOdds"/>.</param>
    /// <returns>False when there are no rows, or when a score lies outside 0 to 1 and so is no probability.</returns>
    public bool TryComputeLogLoss(out double logLoss)
    {
        logLoss = 0;
        if (!HasProbabilities)
            return false;
        var scores = Scores;
        var positives = Positives;
        var negatives = Negatives;
        var losses = new CompensatedSum();
        for (var run = 0; run < scores.Length; run++)
        {
            var score = Math.Clamp(scores[run], LogLossClip, 1 - LogLossClip);
            losses.Add(-(positives[run] * PortableMath.Log(score)) - (negatives[run] * PortableMath.Log(1 - score)));
        }

        logLoss = losses.Value / (PositiveWeight + NegativeWeight);
        return true;
    }

    /// <summary>Computes the mean negative log-likelihood of the labels, natural logarithm, of scores that are log odds, however far out.</summary>
    /// <param name="logLoss">0 or more; infinite where a row's log odds are infinite on the wrong side, or the losses add up to more than a double holds.</param>
    /// <returns>False when there are no rows.</returns>
    /// <remarks><b>Computes</b>: log(1 + e^-s) for a row of class 1, log(1 + e^s) for one of class 0, without overflow and without a clip.</remarks>
    public bool TryComputeLogLossFromLogOdds(out double logLoss)
    {
        logLoss = 0;
        var scores = Scores;
        if (scores.IsEmpty)
            return false;
        var positives = Positives;
        var negatives = Negatives;
        var losses = new CompensatedSum();
        for (var run = 0; run < scores.Length; run++)
        {
            var certain = PortableMath.Log1p(PortableMath.Exp(-Math.Abs(scores[run])));
            // A class that is not there loses nothing: 0 times infinity is no number.
            if (positives[run] > 0)
                losses.Add(positives[run] * (Math.Max(-scores[run], 0) + certain));
            if (negatives[run] > 0)
                losses.Add(negatives[run] * (Math.Max(scores[run], 0) + certain));
        }

        // Beyond the largest double a compensated sum is no number.
        logLoss = double.IsFinite(losses.Value) ? losses.Value / (PositiveWeight + NegativeWeight) : double.PositiveInfinity;
        return true;
    }

    /// <summary>Returns the rented memory; the curve cannot be read any more.</summary>
    public void Dispose()
    {
        _scores.Dispose();
        _positives.Dispose();
        _negatives.Dispose();
    }

    /// <summary>Computes both areas under a class's precision-recall curve in one walk.</summary>
    internal bool TryComputePrecisionRecallAreas(byte scoredClass, out double averagePrecision, out double trapezoid)
    {
        MetricArguments.CheckClass(scoredClass);
        averagePrecision = 0;
        trapezoid = 0;
        var members = scoredClass == 1 ? Positives : Negatives;
        var others = scoredClass == 1 ? Negatives : Positives;
        var memberTotal = scoredClass == 1 ? PositiveWeight : NegativeWeight;
        if (memberTotal == 0)
            return false;

        var steps = new CompensatedSum();
        var trapezoids = new CompensatedSum();
        double membersTaken = 0;
        double othersTaken = 0;
        double previousPrecision = 1;
        for (var i = 0; i < members.Length; i++)
        {
            var run = scoredClass == 1 ? members.Length - 1 - i : i;
            membersTaken += members[run];
            othersTaken += others[run];
            var precision = membersTaken / (membersTaken + othersTaken);
            steps.Add(members[run] * precision);
            trapezoids.Add(members[run] * (precision + previousPrecision));
            previousPrecision = precision;
        }

        averagePrecision = Math.Min(1, steps.Value / memberTotal);
        trapezoid = Math.Min(1, trapezoids.Value / (2 * memberTotal));
        return true;
    }

    /// <summary>Adds up the four outcomes of predicting class 1 where the score is the threshold or more.</summary>
    internal ConfusionMass MassAt(double threshold)
    {
        var scores = Scores;
        var positives = Positives;
        var negatives = Negatives;
        double falseNegatives = 0;
        double trueNegatives = 0;
        var run = 0;
        for (; run < scores.Length && scores[run] < threshold; run++)
        {
            falseNegatives += positives[run];
            trueNegatives += negatives[run];
        }

        double truePositives = 0;
        double falsePositives = 0;
        for (; run < scores.Length; run++)
        {
            truePositives += positives[run];
            falsePositives += negatives[run];
        }

        return new ConfusionMass(truePositives, falsePositives, falseNegatives, trueNegatives);
    }
}
