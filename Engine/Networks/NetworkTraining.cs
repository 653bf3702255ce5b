using Engine.Collectives;
using Engine.Compute;
using Engine.Data;

namespace Engine.Networks;

/// <summary>What a trainer trains, on what, and how.</summary>
internal sealed record NetworkTraining
{
    /// <summary>Gets the network, at the parameters that it starts from.</summary>
    public required ITrainedNetwork Network { get; init; }

    /// <summary>Gets what the network is, in words that differ when the meaning of its parameters does, such as "mlp 1418-20-20-1, dropout .1".</summary>
    public required string Description { get; init; }

    /// <summary>Gets the tensors; each takes its place among the parameters, in whatever order of its values.</summary>
    public required IReadOnlyList<NetworkTensor> Tensors { get; init; }

    /// <summary>Gets how it is trained.</summary>
    public required TrainingSettings Settings { get; init; }

    /// <summary>Gets the samples of an epoch, one a place, with rows as the network counts them: rows, prefixes or whole stays. The weight is what a sample counts in the mean loss: a stay of many samples what they count together.</summary>
    public required BatchSample[] Samples { get; init; }

    /// <summary>Gets the length of each of <see cref="Samples"/>, by which batches are made; empty where they are alike.</summary>
    public ReadOnlyMemory<int> Lengths { get; init; }

    /// <summary>Gets the seed of the order of samples.</summary>
    public ulong Seed { get; init; }

    /// <summary>Gets the classes of the validation samples; null without any.</summary>
    public Labels? ValidationLabels { get; init; }

    /// <summary>Gets the group among the validation samples; null without one.</summary>
    public RowMask? ValidationGroup { get; init; }

    /// <summary>Gets the ranks that train together, each the same steps; null where this process trains alone.</summary>
    public ICollective? Ranks { get; init; }

    /// <summary>Gets the file that is written after epochs and gone on from when it is there, by the first rank where there are several; none when null.</summary>
    public string? CheckpointFile { get; init; }

    /// <summary>Gets a digest of the values of all samples, see <see cref="DataDigest"/>; only compared when there is a checkpoint.</summary>
    public string DataDigest { get; init; } = "";

    /// <summary>Gets how long a checkpoint may be behind training, so that short epochs are not all written; the last epoch always is.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets what is told how far training is, a few times a second at the most, and after every epoch.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>Gets how to use the machine.</summary>
    public ComputeOptions Compute { get; init; } = ComputeOptions.Default;
}

/// <summary>What training came to; the network has the parameters of the chosen epoch.</summary>
/// <param name="Epochs">The epochs, in order.</param>
/// <param name="ChosenEpoch">The epoch whose parameters the network has, from 1.</param>
internal sealed record TrainingResult(IReadOnlyList<EpochReport> Epochs, int ChosenEpoch);
