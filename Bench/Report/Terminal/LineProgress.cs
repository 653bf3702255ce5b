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
    private readonly Dictionary<string, long> _starts = [];
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
            var isNew = _starts.TryAdd(StepName.Of(value), _clock.GetTimestamp());
            if (!isNew && _clock.GetElapsedTime(_lastLine) < s_pause)
                return;
            _lastLine = _clock.GetTimestamp();
            _console.WriteLine(isNew ? value.Step : Describe(value, _clock.GetElapsedTime(_starts[StepName.Of(value)]).TotalSeconds));
        }
    }

    private static string Describe(CohortProgress value, double seconds)
    {
        var rate = value.Done / seconds;
        var text = value.Total > 0 ? $"{value.Step}: {value.Done:N0} of {value.Total:N0} {value.Unit}" : $"{value.Step}: {value.Done:N0} {value.Unit}";
        if (rate >= 1)
            text += $", {rate:N0} {value.Unit}/s";
        if (rate > 0 && value.Total > value.Done)
            text += $", {Duration((value.Total - value.Done) / rate)} left";
        return text;
    }

    private static string Duration(double seconds) => seconds < 60 ? $"{seconds:N0} s" : $"{seconds / 60:N0} min";
}
