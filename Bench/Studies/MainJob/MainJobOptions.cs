using Bench.Cohorts;
using Bench.Studies.Arms;
using Bench.Studies.Samples;
using Engine.Compute;
using Engine.Prognosis;

namespace Bench.Studies.MainJob;

/// <summary>What the main job does with a cohort.</summary>
public sealed record MainJobOptions
{
    /// <summary>Gets the methods to run, names of <see cref="ResamplingMethod"/>; those of the paper unless others are named.</summary>
    public IReadOnlyList<string> Methods { get; init; } = ResamplingMethod.OfPaper;

    /// <summary>Gets the group that DP serves; when null, the one with the fewest stays of class 1 to fit on among those that have enough: <see cref="GroupSupport"/>.</summary>
    public string? Group { get; init; }

    /// <summary>Gets the numbers of units that DP tries.</summary>
    public IReadOnlyList<int> Units { get; init; } = DoublePrioritized.PaperUnits;

    /// <summary>Gets the rows on which DP chooses: validation, or test as the paper did.</summary>
    public CohortSplit SelectOn { get; init; } = CohortSplit.Validation;

    /// <summary>Gets the seed of every draw.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Gets the probability from which a row counts as class 1.</summary>
    public double Threshold { get; init; } = 0.5;

    /// <summary>Gets the name of the model, one of <see cref="StudyModel.All"/>; logistic regression by default.</summary>
    public string Model { get; init; } = StudyModel.Logistic;

    /// <summary>Gets the ridge penalty of logistic regression on standardized features; the cohort's own when null.</summary>
    public double? RidgePenalty { get; init; }

    /// <summary>Gets the epochs of a network; those of the model when null.</summary>
    public int? Epochs { get; init; }

    /// <summary>Gets the samples of a batch of a network; those of the model when null.</summary>
    public int? BatchSize { get; init; }

    /// <summary>Gets whether an LSTM reads prefixes of one stay one by one, as published, and does not walk the stay once for all of them.</summary>
    public bool ReadsPrefixesAlone { get; init; }

    /// <summary>Gets the folder where finished work is kept, so that a stopped job goes on; none when null.</summary>
    public string? JournalFolder { get; init; }

    /// <summary>Gets k of SMOTE, Borderline-SMOTE and ADASYN.</summary>
    public int NeighborCount { get; init; } = 5;

    /// <summary>Gets how the machine may be used, and what searches neighbors.</summary>
    public ComputeOptions Compute { get; init; } = ComputeOptions.Default;
}
