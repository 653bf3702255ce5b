using Bench.Comparisons.Measurement;

namespace Bench.Comparisons.Rivals;

/// <summary>Another library that does the work of a case.</summary>
internal interface IRival
{
    /// <summary>Gets its name, as tables and bars spell it.</summary>
    string Name { get; }

    /// <summary>Measures it; whatever goes wrong is a result with a reason, not an exception.</summary>
    /// <param name="task">What to do.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>What it took; it has left what it found in <see cref="RivalTask.AnswerFile"/>.</returns>
    /// <exception cref="OperationCanceledException">The measurement was stopped by the user.</exception>
    Contender Measure(RivalTask task, CancellationToken cancellation);
}
