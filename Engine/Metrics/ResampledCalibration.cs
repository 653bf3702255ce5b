using CommunityToolkit.HighPerformance.Buffers;
using Engine.Data;
using Engine.Numerics;

namespace Engine.Metrics;

/// <summary>The calibration of a group as sums over slots, so that a replicate costs as many steps as there are slots and their bins.</summary>
/// <remarks>
/// Scores of 0 to 1 only. Brier score, log loss and calibration error of a replicate are those of its rows. Its recalibration is one step of Newton's method from the fit of all rows: a replicate's own fit would walk its rows several times,
/// and differs from the step by terms that vanish as the rows grow (Moulton, Zeger, "Bootstrapping generalized linear models", Computational Statistics and Data Analysis 11 (1991)).
/// <para><b>Determinism</b>: rows are added by score, then class, so row order changes no bit.</para>
/// </remarks>
internal sealed class ResampledCalibration
{
    private readonly CalibrationSet _whole;
    private readonly SlotSums[] _slots;
    private readonly List<SlotBin> _bins = [];

    /// <summary>Adds up the rows of a group.</summary>
    /// <param name="ranking">n ranked rows, without weights.</param>
    /// <param name="mask">The group.</param>
    /// <param name="slotOfRow">n entries: the slot of each row of the group.</param>
    /// <param name="slotCount">The number of slots.</param>
    /// <param name="whole">The measures over the rows of the group.</param>
    /// <param name="binCount">The number of bins of equal width.</param>
    public ResampledCalibration(ScoreRanking ranking, RowMask mask, ReadOnlySpan<int> slotOfRow, int slotCount, CalibrationSet whole, int binCount)
    {
        _whole = whole;
        _slots = new SlotSums[slotCount];
        using var last = SpanOwner<int>.Allocate(slotCount);
        last.Span.Fill(-1);
        for (var start = 0; start < ranking.Rows.Length;)
        {
            var end = start + 1;
            while (end < ranking.Rows.Length && ranking.Scores[end] == ranking.Scores[start])
                end++;
            var score = ranking.Scores[start];
            var bin = CalibrationTable.BinOfScore(score, binCount);
            for (var label = 0; label < 2; label++)
            {
                var terms = new RowTerms(score, label, whole);
                for (var rank = start; rank < end; rank++)
                {
                    var row = ranking.Rows[rank];
                    if (ranking.Labels[rank] != label || !mask[row])
                        continue;
                    _slots[slotOfRow[row]].Add(terms);
                    AddToBin(slotOfRow[row], bin, score, label, last.Span);
                }
            }

            start = end;
        }

        // Slots of one score came in the order of rows, which no bit may depend on.
        _bins.Sort(static (one, other) => (one.Bin, one.Slot).CompareTo((other.Bin, other.Slot)));
    }

    /// <summary>Measures the rows, each as often as its slot was drawn.</summary>
    /// <param name="counts">How often each slot was drawn.</param>
    /// <returns>One entry a <see cref="CalibrationMetric"/>; null where it is undefined.</returns>
    public double?[] Measure(ReadOnlySpan<byte> counts)
    {
        var sums = default(SlotSums);
        for (var slot = 0; slot < _slots.Length; slot++)
        {
            if (counts[slot] > 0)
                sums.Add(_slots[slot], counts[slot]);
        }

        var measures = new double?[Enum.GetValues<CalibrationMetric>().Length];
        if (sums.Rows == 0)
            return measures;
        measures[(int)CalibrationMetric.Brier] = sums.Squares / sums.Rows;
        measures[(int)CalibrationMetric.LogLoss] = sums.Losses / sums.Rows;
        measures[(int)CalibrationMetric.ExpectedCalibrationError] = SumOfGaps(counts) / sums.Rows;
        if (sums.Positives == 0 || sums.Positives == sums.Rows)
            return measures;
        if (_whole.CalibrationInTheLarge is { } large && sums.CurvatureInTheLarge > 0)
            measures[(int)CalibrationMetric.CalibrationInTheLarge] = large + (sums.ResidualInTheLarge / sums.CurvatureInTheLarge);
        if (_whole.Recalibration is { } fit && sums.Curvature.IsPositive)
        {
            var (intercept, slope) = sums.Curvature.Solve(sums.Residual, sums.ResidualTimesLogit);
            measures[(int)CalibrationMetric.CalibrationIntercept] = fit.Intercept + intercept;
            measures[(int)CalibrationMetric.CalibrationSlope] = fit.Slope + slope;
        }

        return measures;
    }

    /// <summary>Adds a row to the bin of its slot; scores rise, so that a slot's last bin is the only one that can still grow.</summary>
    private void AddToBin(int slot, int bin, double score, int label, Span<int> last)
    {
        if (last[slot] < 0 || _bins[last[slot]].Bin != bin)
        {
            last[slot] = _bins.Count;
            _bins.Add(new SlotBin(slot, bin, 0));
        }

        _bins[last[slot]] = _bins[last[slot]] with { Excess = _bins[last[slot]].Excess + (score - label) };
    }

    /// <summary>Adds up |scores - rows of class 1| of every bin.</summary>
    private double SumOfGaps(ReadOnlySpan<byte> counts)
    {
        double gaps = 0, excess = 0;
        var open = -1;
        foreach (var bin in _bins)
        {
            if (bin.Bin != open)
            {
                gaps += Math.Abs(excess);
                (open, excess) = (bin.Bin, 0);
            }

            excess += counts[bin.Slot] * bin.Excess;
        }

        return gaps + Math.Abs(excess);
    }

    private readonly record struct SlotBin(int Slot, int Bin, double Excess);

    /// <summary>What one row adds.</summary>
    private readonly record struct RowTerms
    {
        public RowTerms(double score, int label, CalibrationSet whole)
        {
            var logit = LogisticRecalibration.ToLogit(score);
            IsPositive = label == 1;
            Square = (score - label) * (score - label);
            // Of a score moved away from 0 and 1, as is its logit.
            Loss = PortableMath.Log1p(PortableMath.Exp(-Math.Abs(logit))) + Math.Max(IsPositive ? -logit : logit, 0);
            (Residual, Weight) = Derive((whole.Recalibration?.Intercept ?? 0) + ((whole.Recalibration?.Slope ?? 1) * logit), label);
            (ResidualInTheLarge, CurvatureInTheLarge) = Derive((whole.CalibrationInTheLarge ?? 0) + logit, label);
            Logit = logit;
        }

        public bool IsPositive { get; }

        public double Square { get; }

        public double Loss { get; }

        public double Logit { get; }

        public double Residual { get; }

        public double Weight { get; }

        public double ResidualInTheLarge { get; }

        public double CurvatureInTheLarge { get; }

        private static (double Residual, double Weight) Derive(double logOdds, int label)
        {
            var (probability, other) = (PortableMath.Logistic(logOdds), PortableMath.Logistic(-logOdds));
            return (label == 1 ? other : -probability, probability * other);
        }
    }

    private struct SlotSums
    {
        private double _constant;
        private double _mixed;
        private double _square;

        public long Rows { get; private set; }

        public long Positives { get; private set; }

        public double Squares { get; private set; }

        public double Losses { get; private set; }

        public double Residual { get; private set; }

        public double ResidualTimesLogit { get; private set; }

        public double ResidualInTheLarge { get; private set; }

        public double CurvatureInTheLarge { get; private set; }

        public readonly LineCurvature Curvature => new(_constant, _mixed, _square);

        public void Add(in RowTerms row)
        {
            Rows++;
            Positives += row.IsPositive ? 1 : 0;
            Squares += row.Square;
            Losses += row.Loss;
            Residual += row.Residual;
            ResidualTimesLogit += row.Residual * row.Logit;
            _constant += row.Weight;
            _mixed += row.Weight * row.Logit;
            _square += row.Weight * row.Logit * row.Logit;
            ResidualInTheLarge += row.ResidualInTheLarge;
            CurvatureInTheLarge += row.CurvatureInTheLarge;
        }

        public void Add(in SlotSums slot, int times)
        {
            Rows += times * slot.Rows;
            Positives += times * slot.Positives;
            Squares += times * slot.Squares;
            Losses += times * slot.Losses;
            Residual += times * slot.Residual;
            ResidualTimesLogit += times * slot.ResidualTimesLogit;
            _constant += times * slot._constant;
            _mixed += times * slot._mixed;
            _square += times * slot._square;
            ResidualInTheLarge += times * slot.ResidualInTheLarge;
            CurvatureInTheLarge += times * slot.CurvatureInTheLarge;
        }
    }
}
