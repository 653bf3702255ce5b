using Bench.Comparisons.Measurement;
using Bench.Comparisons.Prognosis.Work;
using Bench.Comparisons.Rivals;

namespace Bench.Comparisons.Prognosis.Rivals;

/// <summary>Other libraries, each run in a process of its own.</summary>
internal interface IPrognosisRivals
{
    /// <summary>Measures one; whatever goes wrong is a result with a reason, not an exception.</summary>
    /// <param name="name">One of <see cref="PrognosisRival"/>.</param>
    /// <param name="work">What the engine did.</param>
    /// <param name="folder">A folder with the files of the work.</param>
    /// <param name="options">How often, on how many threads, for how long.</param>
    /// <param name="cancellation">Stops the process.</param>
    /// <returns>What it took, and what it found.</returns>
    /// <exception cref="OperationCanceledException">The measurement was stopped by the user.</exception>
    (RivalMeasurement Measured, double[] Found) Measure(string name, PreparedWork work, string folder, MeasureOptions options, CancellationToken cancellation);
}
