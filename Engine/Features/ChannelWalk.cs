namespace Engine.Features;

/// <summary>Walks one channel of a stay from prefix to prefix and keeps its 42 features up to date.</summary>
/// <remarks>
/// <para>The limit of a sub-period only moves forward as a prefix grows, but for rounding; so four of the seven sub-periods are beginnings, whose statistics are kept
/// by their count, and three are ends, whose begin is followed.</para>
/// <para><b>Cost</b>: a prefix without a new measurement costs a comparison; any other at most seven runs in constant time.</para>
/// </remarks>
internal sealed class ChannelWalk
{
    private readonly WindowStatistics _statistics;
    private readonly int[] _limits = new int[2 * SubPeriods.Percents.Length];
    private MeasurementSeries _series = new();
    private float[] _beginnings = [];
    private int _count;

    /// <summary>Creates a walk that serves one stay after another.</summary>
    /// <param name="constantSkewness">The skewness of constant values.</param>
    public ChannelWalk(float constantSkewness) => _statistics = new WindowStatistics(constantSkewness);

    /// <summary>Gets how many runs were summed anew.</summary>
    public long DoubtCount => _statistics.DoubtCount;

    /// <summary>Starts a stay, before its first measurement.</summary>
    public void Begin(MeasurementSeries series)
    {
        (_series, _count) = (series, 0);
        _limits.AsSpan().Clear();
        if (series.Count == 0)
            return;
        _statistics.Begin(series);
        var needed = series.Count * SixStatistics.Count;
        if (_beginnings.Length < needed)
            _beginnings = new float[needed + (needed / 2)];
        _beginnings.AsSpan(0, needed).Clear();
    }

    /// <summary>Takes in the measurements of a longer prefix.</summary>
    /// <param name="endTime">Hours, not less than before.</param>
    /// <param name="features">The 42 features, written when there is a new measurement.</param>
    public void MoveTo(double endTime, Span<float> features)
    {
        var times = _series.Times;
        var count = _count;
        while (count < times.Length && times[count] <= endTime + SubPeriods.Tolerance)
            count++;
        if (count == _count)
            return;
        _count = count;
        Write(times[..count], features);
    }

    private void Write(ReadOnlySpan<double> times, Span<float> features)
    {
        var (begin, end) = (times[0], times[^1]);
        CopyBeginning(times.Length, features);
        for (var i = 0; i < SubPeriods.Percents.Length; i++)
        {
            var percent = SubPeriods.Percents[i];
            ref var first = ref _limits[i];
            var limit = SubPeriods.EndOfFirst(begin, end, percent) + SubPeriods.Tolerance;
            while (first < times.Length && times[first] < limit)
                first++;
            CopyBeginning(first, features[((1 + i) * SixStatistics.Count)..]);

            ref var last = ref _limits[SubPeriods.Percents.Length + i];
            limit = SubPeriods.BeginOfLast(begin, end, percent) - SubPeriods.Tolerance;
            while (times[last] <= limit)
                last++;
            // Rounding can move a limit back by its last bit.
            while (last > 0 && limit < times[last - 1])
                last--;
            _statistics.Write(last, times.Length, features[((1 + SubPeriods.Percents.Length + i) * SixStatistics.Count)..]);
        }
    }

    private void CopyBeginning(int count, Span<float> destination)
    {
        var kept = _beginnings.AsSpan((count - 1) * SixStatistics.Count, SixStatistics.Count);
        // The last statistic is the count: 0 where nothing was kept yet.
        if (kept[^1] == 0)
            _statistics.Write(0, count, kept);
        kept.CopyTo(destination);
    }
}
