using Bench.Cohorts;
using Engine.Compute;
using Engine.Prognosis;

namespace Bench.Studies;

/// <summary>What every study is told: how models are trained and chosen, and where finished work is kept.</summary>
public abstract record StudyChoices
{
    /// <summary>Gets the numbers of units that DP tries.</summary>
    public IReadOnlyList<int> Units { get; init; } = DoublePrioritized.PaperUnits;

    /// <summary>Gets the rows on which DP chooses: validation, or test as the paper did.</summary>
    public CohortSplit SelectOn { get; init; } = CohortSplit.Validation;

    /// <summary>Gets the seed of every draw; of a study that repeats, that of the first repeat, of which each further one has the next.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Gets the probability from which a row counts as class 1, where none is chosen.</summary>
    public double Threshold { get; init; } = 0.5;

    /// <summary>Gets the ridge penalty of logistic regression on standardized features; the cohort's own when null.</summary>
    public double? RidgePenalty { get; init; }

    /// <summary>Gets the epochs of a network; those of the model when null.</summary>
    public int? Epochs { get; init; }

    /// <summary>Gets the samples of a batch of a network; those of the model when null.</summary>
    public int? BatchSize { get; init; }

    /// <summary>Gets whether an LSTM reads prefixes of one stay one by one, as published, and does not walk the stay once for all of them.</summary>
    public bool ReadsPrefixesAlone { get; init; }

    /// <summary>Gets the folder where finished work is kept, so that a stopped study goes on; none when null.</summary>
    public string? JournalFolder { get; init; }

    /// <summary>Gets k of SMOTE, Borderline-SMOTE and ADASYN.</summary>
    public int NeighborCount { get; init; } = 5;

    /// <summary>Gets how the machine may be used, and what searches neighbors.</summary>
    public ComputeOptions Compute { get; init; } = ComputeOptions.Default;

    /// <summary>Gets what of it a model is made with.</summary>
    internal ModelChoices OfModel => new(RidgePenalty, Epochs, BatchSize, ReadsPrefixesAlone);
}

/// <summary>What a model is made with, where it is not its own default.</summary>
/// <param name="RidgePenalty">The ridge penalty of logistic regression; the cohort's own when null.</param>
/// <param name="Epochs">The epochs of a network; its own when null.</param>
/// <param name="BatchSize">The samples of a batch of a network; its own when null.</param>
/// <param name="ReadsPrefixesAlone">Whether an LSTM reads prefixes of one stay one by one, in epochs of 2,000 batches of 8, as published; else a stay is walked once for all of them.</param>
/// <param name="EpochGroup">The group whose validation samples choose the epoch of a network; everyone when null.</param>
public sealed record ModelChoices(double? RidgePenalty = null, int? Epochs = null, int? BatchSize = null, bool ReadsPrefixesAlone = false, string? EpochGroup = null);
