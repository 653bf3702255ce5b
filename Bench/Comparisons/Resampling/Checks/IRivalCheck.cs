using Engine.Data;
using Engine.Resampling;

namespace Bench.Comparisons.Resampling.Checks;

/// <summary>Compares the engine's plan with what imbalanced-learn found on the same rows.</summary>
internal interface IRivalCheck
{
    /// <summary>Compares.</summary>
    /// <param name="rows">What was resampled.</param>
    /// <param name="plan">The engine's plan.</param>
    /// <param name="found">What the script wrote for this method.</param>
    /// <param name="cancellation">Stops the work.</param>
    CheckResult Run(LabeledSamples rows, ResamplingPlan plan, long[] found, CancellationToken cancellation);
}
