using Bench.Comparisons.Measurement;
using Bench.Comparisons.Resampling.Cases;
using Bench.Comparisons.Rivals;
using Engine.Data;

namespace Bench.Comparisons.Resampling.Rivals;

/// <summary>Another library's samplers, run in a process of its own.</summary>
internal interface ISamplerRival
{
    /// <summary>Measures a method; whatever goes wrong is a result with a reason, not an exception.</summary>
    /// <param name="planned">The case.</param>
    /// <param name="rows">What is resampled.</param>
    /// <param name="folder">An existing folder for files.</param>
    /// <param name="options">How often, on how many threads, for how long.</param>
    /// <param name="cancellation">Stops the process.</param>
    /// <exception cref="OperationCanceledException">The measurement was stopped by the user.</exception>
    RivalMeasurement Measure(SamplerCase planned, LabeledSamples rows, string folder, MeasureOptions options, CancellationToken cancellation);
}
