using Bench.Comparisons.Resampling.Checks;
using Engine.Data;
using Engine.Resampling;

namespace Bench.Comparisons.Resampling;

/// <summary>A method, with what tells that its result is right.</summary>
/// <param name="Name">Its name, in names of cases as well.</param>
/// <param name="Of">Makes it, with its default options, for the samples of a case.</param>
/// <param name="Checks">What must hold of a plan.</param>
internal sealed record SamplerMethod(string Name, Func<LabeledSamples, ISampler> Of, params IReadOnlyList<PlanCheck> Checks)
{
    /// <summary>Gets how its result is compared with imbalanced-learn's; null where it is not.</summary>
    public RivalCheck? RivalCheck { get; init; }
}
