namespace Bench.Report.Terminal;

/// <summary>How fast a step goes: over the last seconds only, because its beginning says nothing of its end.</summary>
internal sealed class RecentRate
{
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_betweenMarks = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _clock;
    private readonly Queue<(long Time, long Done)> _marks = [];
    private (long Time, long Done) _last;

    /// <summary>Begins to measure.</summary>
    /// <param name="clock">Tells the time.</param>
    /// <param name="done">What is done by now.</param>
    public RecentRate(TimeProvider clock, long done)
    {
        _clock = clock;
        _last = (clock.GetTimestamp(), done);
        _marks.Enqueue(_last);
    }

    /// <summary>Takes note of what is done by now.</summary>
    public void Mark(long done)
    {
        if (_clock.GetElapsedTime(_last.Time) < s_betweenMarks)
            return;
        _last = (_clock.GetTimestamp(), done);
        _marks.Enqueue(_last);
        while (_marks.Count > 2 && _clock.GetElapsedTime(_marks.Peek().Time) > s_window)
            _marks.Dequeue();
    }

    /// <summary>Returns the units a second from the oldest mark in the window to now; 0 where no time has passed.</summary>
    public double PerSecond(long done)
    {
        var (time, before) = _marks.Peek();
        var seconds = _clock.GetElapsedTime(time).TotalSeconds;
        return seconds > 0 ? Math.Max(0, done - before) / seconds : 0;
    }
}
