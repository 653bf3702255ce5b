using Bench.Cohorts;
using Spectre.Console;

namespace Bench.Report.Terminal;

/// <summary>Progress as bars, one a step.</summary>
internal sealed class BarProgress : IProgress<CohortProgress>
{
    private readonly Lock _gate = new();
    private readonly ProgressContext _context;
    private readonly Dictionary<string, ProgressTask> _bars = [];

    /// <summary>Shows bars in a live display.</summary>
    public BarProgress(ProgressContext context) => _context = context;

    /// <inheritdoc/>
    public void Report(CohortProgress value)
    {
        lock (_gate)
        {
            var bar = FindBar(value);
            bar.Description = Markup.Escape(value.Step);
            // Threads report out of order; a bar that jumps back and forth would show that and nothing else.
            if (value.Done > bar.Value)
                bar.Value = value.Done;
        }
    }

    /// <summary>Fills all bars: the last report of a step may come before its last unit is done.</summary>
    public void Finish()
    {
        lock (_gate)
        {
            foreach (var bar in _bars.Values)
            {
                bar.IsIndeterminate = false;
                bar.Value = bar.MaxValue;
            }
        }
    }

    private ProgressTask FindBar(CohortProgress value)
    {
        // Steps are counted through: the methods of a job are one bar that fills, not one bar each.
        var name = value.Unit == "steps" ? $"{value.Total} steps" : StepName.Of(value);
        if (!_bars.TryGetValue(name, out var bar))
        {
            bar = _context.AddTask(Markup.Escape(value.Step), maxValue: Math.Max(value.Total, 1));
            _bars.Add(name, bar);
        }

        if (value.Total > 0)
            bar.MaxValue = value.Total;
        bar.IsIndeterminate = value.Total <= 0;
        return bar;
    }
}
