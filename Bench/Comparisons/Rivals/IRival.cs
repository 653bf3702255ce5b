namespace Bench.Comparisons.Rivals;

/// <summary>Another library's search, run in a process of its own.</summary>
internal interface IRival
{
    /// <summary>Gets its name, one of <see cref="RivalName"/>.</summary>
    string Name { get; }

    /// <summary>Measures it; whatever goes wrong is a result with a reason, not an exception.</summary>
    /// <param name="task">What to do.</param>
    /// <param name="cancellation">Stops the process.</param>
    /// <exception cref="OperationCanceledException">The measurement was stopped by the user.</exception>
    RivalResult Measure(RivalTask task, CancellationToken cancellation);
}
