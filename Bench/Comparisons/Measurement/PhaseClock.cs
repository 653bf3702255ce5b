using System.Diagnostics;

namespace Bench.Comparisons.Measurement;

/// <summary>The wall time of one run, phase by phase: build and search, plan and make. It runs from the moment it is made.</summary>
internal sealed class PhaseClock
{
    private readonly List<double> _seconds = [];
    private readonly Stopwatch _phase = Stopwatch.StartNew();

    /// <summary>Gets the seconds of the phases that have ended.</summary>
    public double[] Seconds => [.. _seconds];

    /// <summary>Ends a phase; the next begins.</summary>
    public void Split()
    {
        _seconds.Add(_phase.Elapsed.TotalSeconds);
        _phase.Restart();
    }

    /// <summary>Says that this run has no such phase.</summary>
    public void Skip() => _seconds.Add(0);
}
