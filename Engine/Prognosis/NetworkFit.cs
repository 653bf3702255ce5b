using Engine.Collectives;
using Engine.Compute;
using Engine.Data;
using Engine.Networks;

namespace Engine.Prognosis;

/// <summary>What every network takes of a task, whoever computes its gradients.</summary>
internal static class NetworkFit
{
    /// <summary>Returns the ranks that fit together; null where this process fits alone.</summary>
    /// <param name="train">The rows, or hours, to fit on.</param>
    /// <param name="validation">Those on which the epoch is chosen; null without any.</param>
    public static ICollective? RanksOf(SampleMatrix train, SampleMatrix? validation) => (train.Share ?? validation?.Share)?.Collective;

    /// <summary>Says how the network of a task uses the machine: one of several ranks is stopped by its trainer alone, which stops the others too.</summary>
    /// <param name="task">The task.</param>
    /// <param name="ranks">The ranks; null where this process fits alone.</param>
    public static ComputeOptions ComputeOf(TrainingTask task, ICollective? ranks) => ranks is null ? task.Compute : task.Compute with { CancellationToken = CancellationToken.None };

    /// <summary>Says how a network is trained for a task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="settings">How it is trained.</param>
    /// <param name="network">The network, at the parameters that it starts from.</param>
    /// <param name="description">What it is, for its checkpoint.</param>
    /// <param name="tensors">Its tensors.</param>
    /// <param name="samples">The samples of an epoch.</param>
    /// <param name="digest">Digests the values of all samples; called where there is a checkpoint.</param>
    public static NetworkTraining TrainingOf(
        TrainingTask task,
        TrainingSettings settings,
        ITrainedNetwork network,
        string description,
        IReadOnlyList<NetworkTensor> tensors,
        BatchSample[] samples,
        Func<string> digest) => new()
        {
            Network = network,
            Description = description,
            Tensors = tensors,
            Settings = settings,
            Samples = samples,
            Seed = task.Seed,
            ValidationLabels = task.Validation?.Labels,
            ValidationGroup = settings.ValidationGroup is { } group ? task.Validation?.Groups[group] : null,
            CheckpointFile = task.CheckpointFile,
            DataDigest = task.CheckpointFile is null ? "" : digest(),
            Progress = task.Progress,
            Compute = task.Compute,
        };
}
