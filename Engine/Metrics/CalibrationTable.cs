using System.Diagnostics.CodeAnalysis;
using Engine.Diagnostics;
using Engine.Numerics;

namespace Engine.Metrics;

/// <summary>Scores and outcomes side by side, bin by bin: the points of a reliability diagram and how far they lie from its diagonal.</summary>
/// <remarks>
/// <para><b>Ties</b>: rows of one score are always in one bin.</para>
/// <para><b>Undefined</b>: there is no table without rows, or when a score lies outside 0 to 1 and so is no probability.</para>
/// <para><b>Error</b>: compensated sums, at most 1e-14; against scikit-learn 1.2.1 in the tests.</para>
/// <para><b>Determinism</b>: without weights, row order changes no bit.</para>
/// <para><b>Source</b>: expected and maximum calibration error as in Naeini, Cooper, Hauskrecht, AAAI 2015 (equal counts) and Guo, Pleiss, Sun, Weinberger, ICML 2017 (equal widths).
/// Both errors depend on the bins and are above 0 also for a perfect model; compare models on the same rows and bins only. <see cref="BrierDecomposition"/> needs no bins.</para>
/// </remarks>
public sealed class CalibrationTable
{
    private CalibrationTable(IReadOnlyList<CalibrationBin> bins)
    {
        Bins = bins;
        var total = bins.Sum(bin => bin.Weight);
        ExpectedCalibrationError = bins.Sum(bin => bin.Weight * bin.Gap) / total;
        MaximumCalibrationError = bins.Max(bin => bin.Gap);
    }

    /// <summary>Gets the bins that hold a row, by rising score.</summary>
    public IReadOnlyList<CalibrationBin> Bins { get; }

    /// <summary>Gets the mean of <see cref="CalibrationBin.Gap"/> over the rows, 0 to 1.</summary>
    public double ExpectedCalibrationError { get; }

    /// <summary>Gets the largest <see cref="CalibrationBin.Gap"/>, 0 to 1.</summary>
    public double MaximumCalibrationError { get; }

    /// <summary>Puts the rows of a curve into bins.</summary>
    /// <param name="curve">A curve, with or without weights; one of <see cref="SubgroupCurves"/> for a group.</param>
    /// <param name="table">The table.</param>
    /// <param name="binCount">1 or more.</param>
    /// <param name="binning">Where bins begin and end.</param>
    /// <returns>False when there are no rows, or when a score lies outside 0 to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="binCount"/> is 0 or less, or <paramref name="binning"/> is not one of the named.</exception>
    public static bool TryCreate(
        RankingCurve curve, [NotNullWhen(true)] out CalibrationTable? table, int binCount = 10, CalibrationBinning binning = CalibrationBinning.EqualWidth)
    {
        ArgumentNullException.ThrowIfNull(curve);
        if (binCount < 1)
            Throw.ArgumentOutOfRange(nameof(binCount), binCount, "1 or more, such as 10");
        if (!Enum.IsDefined(binning))
            Throw.ArgumentOutOfRange(nameof(binning), binning, "a named binning");
        table = curve.HasProbabilities ? new CalibrationTable(Fill(curve, binCount, binning)) : null;
        return table is not null;
    }

    /// <summary>Returns the bin of equal width that holds a score.</summary>
    internal static int BinOfScore(double score, int binCount)
    {
        // A score that lies just above an edge can be rounded onto it.
        var place = score * binCount;
        var isAboveEdge = place == Math.Floor(place) && Math.FusedMultiplyAdd(score, binCount, -place) > 0;
        return Math.Clamp((int)Math.Ceiling(place) - (isAboveEdge ? 0 : 1), 0, binCount - 1);
    }

    private static List<CalibrationBin> Fill(RankingCurve curve, int binCount, CalibrationBinning binning)
    {
        var bins = new List<CalibrationBin>();
        var total = curve.PositiveWeight + curve.NegativeWeight;
        var open = new OpenBin();
        double below = 0;
        for (var run = 0; run < curve.Scores.Length; run++)
        {
            var score = curve.Scores[run];
            var weight = curve.Positives[run] + curve.Negatives[run];
            var bin = binning == CalibrationBinning.EqualWidth ? BinOfScore(score, binCount) : BinOfRank(below + (weight / 2), total, binCount);
            if (bin != open.Number && run > 0)
            {
                bins.Add(open.ToBin());
                open = new OpenBin();
            }

            if (open.Weight == 0)
                (open.Number, open.Lowest) = (bin, score);
            open.Highest = score;
            open.Weight += weight;
            open.Positives += curve.Positives[run];
            open.Scores.Add(weight * score);
            below += weight;
        }

        bins.Add(open.ToBin());
        return bins;
    }

    // One rounding, after which a whole quotient is still whole: counts that fall on an edge go where the exact ones do.
    private static int BinOfRank(double rank, double total, int binCount) => Math.Min((int)(rank * binCount / total), binCount - 1);

    private struct OpenBin
    {
        public int Number;
        public double Lowest;
        public double Highest;
        public double Weight;
        public double Positives;
        public CompensatedSum Scores;

        public readonly CalibrationBin ToBin() => new(Weight, Lowest, Highest, Scores.Value / Weight, Positives / Weight);
    }
}

/// <summary>The rows of one bin of a <see cref="CalibrationTable"/>: one point of a reliability diagram.</summary>
/// <param name="Weight">Their weight, above 0; without weights, their number.</param>
/// <param name="LowestScore">Their lowest score.</param>
/// <param name="HighestScore">Their highest score.</param>
/// <param name="MeanScore">Their mean score, what the model promises.</param>
/// <param name="PositiveRate">Their share of class 1, what came true.</param>
public readonly record struct CalibrationBin(double Weight, double LowestScore, double HighestScore, double MeanScore, double PositiveRate)
{
    /// <summary>Gets |mean score - share of class 1|.</summary>
    public double Gap => Math.Abs(MeanScore - PositiveRate);
}

/// <summary>How scores are put into bins whose mean score and share of class 1 are compared.</summary>
public enum CalibrationBinning
{
    /// <summary>Bin b of B holds the scores above b / B, up to and with (b + 1) / B; bin 0 also holds 0. As scikit-learn's uniform strategy and Guo et al. 2017.</summary>
    EqualWidth,

    /// <summary>
    /// Bin b of B holds the scores whose middle rank is at least b / B and less than (b + 1) / B of all rows. Rows of one score stay together, so ties make bins unequal, or empty.
    /// </summary>
    EqualCount,
}
