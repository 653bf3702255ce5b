using Bench.Cohorts;
using Bench.Studies.Arms;
using Engine.Compute;
using Engine.Prognosis;

namespace Bench.Studies.Prioritized;

/// <summary>On which validation rows probabilities are calibrated and a threshold is chosen.</summary>
public enum Calibration
{
    /// <summary>Probabilities and threshold stay as they are: the first version of the paper.</summary>
    None,

    /// <summary>On all of them, for every group alike: the version of 2022.</summary>
    Everyone,

    /// <summary>On those of each group, for that group alone: the other summary of the version of 2022.</summary>
    Group,
}

/// <summary>What the study of double prioritized sampling does with a cohort.</summary>
public sealed record PrioritizedOptions
{
    /// <summary>The repeats for time series, as in the paper.</summary>
    public const int RepeatsOfTimeSeries = 3;

    /// <summary>The repeats for tables, as in the paper.</summary>
    public const int RepeatsOfTables = 5;

    /// <summary>Gets the methods to run, names of <see cref="ResamplingMethod"/>.</summary>
    public IReadOnlyList<string> Methods { get; init; } = ResamplingMethod.OfStudy;

    /// <summary>Gets the groups that DP serves, one after the other; the under-represented ones of the cohort when null: <see cref="ServedGroups"/>.</summary>
    public IReadOnlyList<string>? Groups { get; init; }

    /// <summary>Gets the numbers of units that DP tries.</summary>
    public IReadOnlyList<int> Units { get; init; } = DoublePrioritized.PaperUnits;

    /// <summary>Gets the rows on which DP chooses: validation, or test as the paper did.</summary>
    public CohortSplit SelectOn { get; init; } = CohortSplit.Validation;

    /// <summary>Gets how often everything is trained, with draws of its own; as in the paper when null.</summary>
    public int? Repeats { get; init; }

    /// <summary>Gets the seed of the first repeat; each further one has the next.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Gets the probability from which a row counts as class 1, where none is chosen.</summary>
    public double Threshold { get; init; } = 0.5;

    /// <summary>Gets on which rows probabilities are calibrated and thresholds chosen.</summary>
    public Calibration Calibration { get; init; } = Calibration.None;

    /// <summary>Gets the name of the model, one of <see cref="StudyModel.All"/>; that of the paper for the cohort when null.</summary>
    public string? Model { get; init; }

    /// <summary>Gets the ridge penalty of logistic regression on standardized features; the cohort's own when null.</summary>
    public double? RidgePenalty { get; init; }

    /// <summary>Gets the epochs of a network; those of the model when null.</summary>
    public int? Epochs { get; init; }

    /// <summary>Gets the samples of a batch of a network; those of the model when null.</summary>
    public int? BatchSize { get; init; }

    /// <summary>Gets whether an LSTM reads prefixes of one stay one by one, as published, and does not walk the stay once for all of them.</summary>
    public bool ReadsPrefixesAlone { get; init; }

    /// <summary>Gets k of SMOTE, Borderline-SMOTE and ADASYN.</summary>
    public int NeighborCount { get; init; } = 5;

    /// <summary>Gets the folder where finished work is kept, so that a stopped study goes on; none when null.</summary>
    public string? JournalFolder { get; init; }

    /// <summary>Gets how the machine may be used, and what searches neighbors.</summary>
    public ComputeOptions Compute { get; init; } = ComputeOptions.Default;
}
