using CommunityToolkit.HighPerformance.Buffers;

namespace Engine.Metrics;

/// <summary>Reads counted rows once, in the order of their scores, and keeps what every metric of a <see cref="MetricSet"/> needs.</summary>
/// <remarks>
/// <code>
/// rows -->  0.1 0.1 0.4 0.5 0.5 0.9 -->          sums of AUROC, class 0 and Brier grow with every run of equal scores
///                   [0.4 [0.5     [0.9           runs that hold class 1, with the counts below them: the curve of class 1 is read
///                 &lt;------------------            from the high end, and only there does its area grow
/// </code>
/// <para><b>Computes</b> the bits of <see cref="RankingCurve"/>: counts are whole numbers, so what that adds up from the high end is the total less what lies below, exactly,
/// and a run without the class would add 0.</para>
/// <para><b>Cost</b>: one division a run, two more a run of class 1; 16 rented bytes a run of class 1.</para>
/// </remarks>
internal sealed class MetricWalk : IDisposable
{
    private readonly ArrayPoolBufferWriter<ClassOneRun> _classOneRuns = new();
    private readonly double _threshold;
    private RisingSums _sums = RisingSums.Empty;
    private ScoreRun _open;
    private double _lowest;

    /// <summary>Starts a walk.</summary>
    /// <param name="threshold">The score from which on class 1 is predicted; not NaN.</param>
    public MetricWalk(double threshold) => _threshold = threshold;

    /// <summary>Gets the number of rows of class 1.</summary>
    public int PositiveCount => _sums.Positives;

    /// <summary>Gets the number of rows of class 0.</summary>
    public int NegativeCount => _sums.Negatives;

    private bool HasRows => PositiveCount + NegativeCount > 0;

    /// <summary>Reads the next rows.</summary>
    /// <param name="scores">m scores, rising, none below those read before, none NaN.</param>
    /// <param name="counts">At least m counts of rows at the score, 1 or more; all that are added come to less than 2^31.</param>
    /// <param name="positives">At least m counts of rows of class 1 among them.</param>
    public void Add(ReadOnlySpan<double> scores, ReadOnlySpan<int> counts, ReadOnlySpan<int> positives)
    {
        if (scores.IsEmpty)
            return;
        positives = positives[..scores.Length];
        counts = counts[..scores.Length];
        if (_open.IsEmpty)
            (_open, _lowest) = (new ScoreRun(scores[0], 0, 0), scores[0]);

        var classOneRuns = _classOneRuns.GetSpan(scores.Length);
        var classOneCount = 0;
        var sums = _sums;
        var (score, positive, negative) = (_open.Score, _open.Positives, _open.Negatives);
        for (var i = 0; i < scores.Length; i++)
        {
            if (scores[i] != score)
            {
                // Written whether it counts or not, the next run overwrites it: the label is as good as random, a branch on it costs more.
                classOneRuns[classOneCount] = new ClassOneRun(positive, negative, sums.Positives, sums.Negatives);
                classOneCount += positive > 0 ? 1 : 0;
                sums.Add(score, positive, negative, _threshold);
                (score, positive, negative) = (scores[i], 0, 0);
            }

            positive += positives[i];
            negative += counts[i] - positives[i];
        }

        _sums = sums;
        _open = new ScoreRun(score, positive, negative);
        _classOneRuns.Advance(classOneCount);
    }

    /// <summary>Ends the walk; no rows can be added after it.</summary>
    public void Close()
    {
        if (_open.IsEmpty)
            return;
        if (_open.Positives > 0)
        {
            _classOneRuns.GetSpan(1)[0] = new ClassOneRun(_open.Positives, _open.Negatives, PositiveCount, NegativeCount);
            _classOneRuns.Advance(1);
        }

        _sums.Add(_open.Score, _open.Positives, _open.Negatives, _threshold);
    }

    /// <summary>Starts anew with no rows.</summary>
    public void Clear()
    {
        _classOneRuns.Clear();
        _sums = RisingSums.Empty;
        _open = default;
    }

    /// <inheritdoc cref="RankingCurve.MassAt"/>
    public ConfusionMass Mass => new(
        PositiveCount - _sums.FalseNegatives, NegativeCount - _sums.TrueNegatives, _sums.FalseNegatives, _sums.TrueNegatives);

    /// <summary>Gets the curve of class 1; it is to be read before the walk goes on.</summary>
    public ClassOneCurve CurveC1 => new(_classOneRuns.WrittenMemory, PositiveCount, NegativeCount, _sums.TwicePairsWon);

    /// <inheritdoc cref="RankingCurve.TryComputeBrier"/>
    public double? Brier => HasRows && _lowest >= 0 && _open.Score <= 1 ? _sums.Squares.Value / ((double)PositiveCount + NegativeCount) : null;

    /// <summary>Computes average precision and trapezoid area of class 0.</summary>
    public (double? Step, double? Trapezoid) AreasC0() =>
        NegativeCount == 0 ? (null, null) : ClassOneCurve.ToAreas(_sums.StepsC0, _sums.TrapezoidsC0, NegativeCount);

    /// <summary>Returns the rented memory.</summary>
    public void Dispose() => _classOneRuns.Dispose();

    private readonly record struct ScoreRun(double Score, int Positives, int Negatives)
    {
        public bool IsEmpty => (Positives | Negatives) == 0;
    }
}
