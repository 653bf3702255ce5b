using Engine.Compute;
using Engine.Data;
using Engine.Resampling;

namespace Engine.Prognosis;

/// <summary>Double prioritized sampling with a number of units, as a sampler: <see cref="DoublePrioritized.Plan(Labels, RowMask, int)"/>.</summary>
/// <param name="Group">The group, over the rows to resample; it has rows of class 1.</param>
/// <param name="Units">1, the original data, or more.</param>
public sealed record DoublePrioritizedUnits(RowMask Group, int Units) : ISampler
{
    /// <inheritdoc/>
    public ResamplingPlan Plan(LabeledSamples training, ComputeOptions? compute = null)
    {
        ArgumentNullException.ThrowIfNull(training);
        return DoublePrioritized.Plan(training.Labels, Group, Units);
    }
}
