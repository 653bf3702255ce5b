using Bench.Comparisons.Resampling.Checks;
using Bench.Comparisons.Resampling.Rows;
using Engine.Compute;
using Engine.Resampling;

namespace Bench.Comparisons.Resampling.Methods;

/// <summary>A method, with what tells that its result is right.</summary>
/// <param name="Name">Its name, in names of cases as well.</param>
/// <param name="Plan">Plans with it.</param>
/// <param name="Checks">What must hold of a plan.</param>
internal sealed record SamplerMethod(string Name, Func<LabeledRows, ComputeOptions, ResamplingPlan> Plan, params IReadOnlyList<IPlanCheck> Checks)
{
    /// <summary>Gets how its result is compared with imbalanced-learn's; null where it is not.</summary>
    public IRivalCheck? RivalCheck { get; init; }
}
