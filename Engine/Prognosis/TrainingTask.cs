using Engine.Compute;
using Engine.Data;
using Engine.Networks;
using Engine.Resampling;

namespace Engine.Prognosis;

/// <summary>What a model is fitted on, and how the work is done.</summary>
/// <param name="Train">The samples to fit on.</param>
public sealed record TrainingTask(LabeledSamples Train)
{
    /// <summary>Gets the samples on which a network chooses its epoch; it keeps its last epoch when null.</summary>
    public LabeledSamples? Validation { get; init; }

    /// <summary>Gets which samples of <see cref="Train"/> are used, how often, and which are made; every one once when null.</summary>
    public ResamplingPlan? Plan { get; init; }

    /// <summary>Gets one weight for each sample of <see cref="Train"/>, finite and 0 or more; all 1 when empty.</summary>
    public ReadOnlyMemory<double> SampleWeights { get; init; }

    /// <summary>Gets a fit of almost the same samples to start from, or null; it may save time, and changes no result beyond the fit's tolerance. A model that it could change does not start from it.</summary>
    public IFittedModel? Start { get; init; }

    /// <summary>Gets the seed of every draw.</summary>
    public ulong Seed { get; init; }

    /// <summary>Gets the file that training writes after every epoch and goes on from when it is there; none when null. Of several ranks, which all name it, the first alone reads and writes it.</summary>
    public string? CheckpointFile { get; init; }

    /// <summary>Gets what is told how far training is; called on the thread that trains.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>Gets how to use the machine.</summary>
    public ComputeOptions Compute { get; init; } = ComputeOptions.Default;
}
