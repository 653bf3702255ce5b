using Engine.Data;
using Engine.Resampling;

namespace Bench.Comparisons.Resampling.Checks;

/// <summary>Something that must hold of a plan.</summary>
internal interface IPlanCheck
{
    /// <summary>Looks at a plan.</summary>
    /// <param name="rows">What was resampled.</param>
    /// <param name="plan">The engine's plan.</param>
    /// <param name="cancellation">Stops the work.</param>
    CheckResult Run(LabeledSamples rows, ResamplingPlan plan, CancellationToken cancellation);
}
