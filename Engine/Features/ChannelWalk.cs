using System.Runtime.Intrinsics;

namespace Engine.Features;

/// <summary>Walks one channel of a stay from prefix to prefix and keeps its 42 features up to date.</summary>
/// <remarks>
/// <para>The limit of a sub-period only moves forward as a prefix grows, but for rounding; so four of the seven sub-periods are beginnings, whose statistics are kept
/// by their count, and three are ends, whose begin is followed.</para>
/// <para><b>Cost</b>: a prefix without a new measurement costs a comparison; any other four runs in constant time at once, one a lane, and a copy for three.</para>
/// </remarks>
internal sealed class ChannelWalk
{
    private readonly WindowStatistics _statistics;
    private readonly int[] _firstEnds = new int[SubPeriods.Percents.Length];
    private readonly int[] _lastBegins = new int[SubPeriods.Percents.Length];
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
        _firstEnds.AsSpan().Clear();
        _lastBegins.AsSpan().Clear();
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
        for (var i = 0; i < SubPeriods.Percents.Length; i++)
        {
            var length = SubPeriods.LengthOf(begin, end, SubPeriods.Percents[i]);
            _firstEnds[i] = EndBefore(begin + length + SubPeriods.Tolerance, times, _firstEnds[i]);
            _lastBegins[i] = BeginAfter(end - length - SubPeriods.Tolerance, times, _lastBegins[i]);
        }

        var whole = KeptOf(times.Length);
        _statistics.Write(
            Vector128.Create(0, _lastBegins[0], _lastBegins[1], _lastBegins[2]),
            times.Length,
            whole,
            features[(4 * SixStatistics.Count)..],
            features[(5 * SixStatistics.Count)..],
            features[(6 * SixStatistics.Count)..]);
        whole.CopyTo(features);
        for (var i = 0; i < SubPeriods.Percents.Length; i++)
        {
            var kept = KeptOf(_firstEnds[i]);
            // The last statistic is the count: 0 where nothing was kept yet.
            if (kept[^1] == 0)
                _statistics.Write(0, _firstEnds[i], kept);
            kept.CopyTo(features[((1 + i) * SixStatistics.Count)..]);
        }
    }

    private Span<float> KeptOf(int count) => _beginnings.AsSpan((count - 1) * SixStatistics.Count, SixStatistics.Count);

    private static int EndBefore(double limit, ReadOnlySpan<double> times, int place)
    {
        while (place < times.Length && times[place] < limit)
            place++;
        return place;
    }

    private static int BeginAfter(double limit, ReadOnlySpan<double> times, int place)
    {
        while (times[place] <= limit)
            place++;
        // Rounding can move a limit back by its last bit.
        while (place > 0 && limit < times[place - 1])
            place--;
        return place;
    }
}
