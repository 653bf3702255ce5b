using Engine.Data;
using Engine.Numerics;

namespace Engine.Metrics;

/// <summary>Where the rows of two models stand among the rows of the other class: all that the theory of DeLong needs.</summary>
/// <remarks><b>Source</b>: DeLong, DeLong, Clarke-Pearson 1988, their structural components V10 and V01; from ranks as Sun and Xu 2014 do.</remarks>
internal struct Placements
{
    private PlacementSums _positives;
    private PlacementSums _negatives;

    /// <summary>Gets whether there are two rows of each class, the fewest that vary.</summary>
    public readonly bool HasVariance => _positives.Count >= 2 && _negatives.Count >= 2;

    private readonly double TwicePairs => 2.0 * _positives.Count * _negatives.Count;

    /// <summary>Reads the placements of one model off its curve.</summary>
    public static Placements Of(RankingCurve curve)
    {
        var placements = new Placements();
        ulong positivesBelow = 0;
        ulong negativesBelow = 0;
        for (var run = 0; run < curve.Scores.Length; run++)
        {
            var positives = (ulong)curve.Positives[run];
            var negatives = (ulong)curve.Negatives[run];
            var positivesAbove = (ulong)curve.PositiveCount - positivesBelow - positives;
            var positive = (2 * negativesBelow) + negatives;
            var negative = (2 * positivesAbove) + positives;
            placements._positives.Add(positive, positive, positives);
            placements._negatives.Add(negative, negative, negatives);
            positivesBelow += positives;
            negativesBelow += negatives;
        }

        return placements;
    }

    /// <summary>Joins the placements of two models on the same rows.</summary>
    /// <param name="first">n placements; only those of the mask's rows are read.</param>
    /// <param name="second">n placements.</param>
    /// <param name="labels">n labels.</param>
    /// <param name="mask">Rows to count, over n rows.</param>
    public static Placements Of(ReadOnlySpan<uint> first, ReadOnlySpan<uint> second, ReadOnlySpan<byte> labels, RowMask mask)
    {
        var placements = new Placements();
        for (var row = 0; row < labels.Length; row++)
        {
            if (!mask[row])
                continue;
            if (labels[row] == 1)
                placements._positives.Add(first[row], second[row]);
            else
                placements._negatives.Add(first[row], second[row]);
        }

        return placements;
    }

    /// <summary>Finds the placement of every row of a mask among the mask's rows.</summary>
    /// <param name="ranking">n ranked rows.</param>
    /// <param name="mask">Rows to place, over n rows.</param>
    /// <param name="positiveCount">How many of them are of class 1.</param>
    /// <param name="placements">n entries: receives the placements of the mask's rows.</param>
    public static void Place(ScoreRanking ranking, RowMask mask, int positiveCount, Span<uint> placements)
    {
        var rows = ranking.Rows;
        var scores = ranking.Scores;
        var labels = ranking.Labels;
        uint positivesBelow = 0;
        uint negativesBelow = 0;
        for (var start = 0; start < rows.Length;)
        {
            uint positives = 0;
            uint negatives = 0;
            var end = start;
            for (; end < rows.Length && scores[end] == scores[start]; end++)
            {
                if (!mask[rows[end]])
                    continue;
                positives += labels[end];
                negatives += 1u - labels[end];
            }

            // Scattered writes are the cost of this walk: runs without a row of the mask need none.
            if (positives + negatives > 0)
            {
                var positive = (2 * negativesBelow) + negatives;
                var negative = (2 * ((uint)positiveCount - positivesBelow - positives)) + positives;
                for (var rank = start; rank < end; rank++)
                    placements[rows[rank]] = labels[rank] == 1 ? positive : negative;
            }

            start = end;
            positivesBelow += positives;
            negativesBelow += negatives;
        }
    }

    /// <summary>Estimates the area of the first model; <see cref="HasVariance"/> holds.</summary>
    public readonly AurocEstimate EstimateFirst(double confidence) => Estimate(_positives.First, Deviation(_positives.FirstVariance, _negatives.FirstVariance), confidence);

    /// <summary>Compares the models; <see cref="HasVariance"/> holds.</summary>
    public readonly AurocComparison Compare(double confidence)
    {
        var first = EstimateFirst(confidence);
        var second = Estimate(_positives.Second, Deviation(_positives.SecondVariance, _negatives.SecondVariance), confidence);
        var difference = (_positives.First - _positives.Second) / TwicePairs;
        var error = Deviation(_positives.DifferenceVariance, _negatives.DifferenceVariance);
        double? z = error == 0 ? null : difference / error;
        var (lower, upper) = NormalInterval.Around(difference, error, confidence);
        double? pValue = z is { } defined ? NormalInterval.TwoSidedP(defined) : null;
        return new AurocComparison(first, second, difference, error, Math.Max(-1, lower), Math.Min(1, upper), z, pValue, confidence);
    }

    private readonly AurocEstimate Estimate(double twicePairsWon, double error, double confidence)
    {
        var auroc = twicePairsWon / TwicePairs;
        var (lower, upper) = NormalInterval.Around(auroc, error, confidence);
        return new AurocEstimate(auroc, error, Math.Max(0, lower), Math.Min(1, upper), confidence);
    }

    // S10 / P + S01 / N, with the scale 1 / (2 N) of a positive's placement and 1 / (2 P) of a negative's taken out of both.
    private readonly double Deviation(double positiveVariance, double negativeVariance) => Math.Sqrt(positiveVariance + negativeVariance) / TwicePairs;
}
