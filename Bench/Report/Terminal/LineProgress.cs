using Bench.Cohorts;
using Spectre.Console;

namespace Bench.Report.Terminal;

/// <summary>Progress as lines of text: one when a step begins, then one every few seconds.</summary>
internal sealed class LineProgress : IProgress<CohortProgress>
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly IAnsiConsole _console;
    private readonly TimeProvider _clock;
    private readonly Dictionary<string, RecentRate> _rates = [];
    private long _lastLine;

    /// <summary>Shows lines.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="clock">Tells the time.</param>
    public LineProgress(IAnsiConsole console, TimeProvider clock)
    {
        _console = console;
        _clock = clock;
    }

    /// <inheritdoc/>
    public void Report(CohortProgress value)
    {
        lock (_gate)
        {
            var isNew = !_rates.TryGetValue(StepName.Of(value), out var rate);
            if (rate is null)
                _rates.Add(StepName.Of(value), rate = new RecentRate(_clock, value.Done));
            rate.Mark(value.Done);
            if (!isNew && _clock.GetElapsedTime(_lastLine) < s_pause)
                return;
            _lastLine = _clock.GetTimestamp();
            _console.WriteLine(isNew ? value.Step : Describe(value, rate.PerSecond(value.Done)));
        }
    }

    private static string Describe(CohortProgress value, double rate)
    {
        var text = value.Total > 0 ? $"{value.Step}: {value.Done:N0} of {value.Total:N0} {value.Unit}" : $"{value.Step}: {value.Done:N0} {value.Unit}";
        if (rate >= 1)
            text += $", {rate:N0} {value.Unit}/s";
        if (rate > 0 && value.Total > value.Done)
            text += $", {Duration((value.Total - value.Done) / rate)} left";
        return text;
    }

    private static string Duration(double seconds) => seconds < 60 ? $"{seconds:N0} s" : $"{seconds / 60:N0} min";
}
