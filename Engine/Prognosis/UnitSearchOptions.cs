using Engine.Data;
using Engine.Metrics;
using Engine.Resampling;

namespace Engine.Prognosis;

/// <summary>What a search over numbers of units tries and tells.</summary>
public sealed record UnitSearchOptions
{
    /// <summary>Gets the numbers of units to try, each once; those of the paper by default.</summary>
    public IReadOnlyList<int> Units { get; init; } = DoublePrioritized.PaperUnits;

    /// <summary>Gets what plans a number of units; copies of the group's rows of class 1, <see cref="DoublePrioritized.Plan(Labels, RowMask, int)"/>, when null.</summary>
    public Func<int, ResamplingPlan>? Plan { get; init; }

    /// <summary>Gets the probability from which a sample counts as class 1; default .5.</summary>
    public double Threshold { get; init; } = 0.5;

    /// <summary>Gets what draws the interval of each balanced accuracy, by the clusters of the samples to choose on; null for none. The choice does not depend on it.</summary>
    public Bootstrap? Bootstrap { get; init; }

    /// <summary>Gets what receives each score when it is known.</summary>
    public IProgress<UnitScore>? Progress { get; init; }
}
