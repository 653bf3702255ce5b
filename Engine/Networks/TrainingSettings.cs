using System.Globalization;

namespace Engine.Networks;

/// <summary>Which epoch's parameters a trained network has.</summary>
public enum EpochChoice
{
    /// <summary>Of the epochs from the first to the last of the three of highest balanced accuracy, that of the highest area under the precision-recall curve; Afrose et al. 2021.</summary>
    BestOfRange,

    /// <summary>Of the three epochs of highest balanced accuracy of a group, that of the group's highest area under the precision-recall curve; their choice on SEER.</summary>
    BestOfGroup,

    /// <summary>The epoch of lowest validation loss: with <see cref="TrainingSettings.Patience"/>, what Keras calls restoring the best weights.</summary>
    LowestValidationLoss,

    /// <summary>The last epoch; also without validation samples.</summary>
    Last,
}

/// <summary>How a network is trained: Adam on the binary cross-entropy of batches.</summary>
public sealed record TrainingSettings
{
    /// <summary>Gets the number of epochs, 1 or more; default 20.</summary>
    public int Epochs { get; init; } = 20;

    /// <summary>Gets the samples of a batch, 1 or more; default 8.</summary>
    public int BatchSize { get; init; } = 8;

    /// <summary>Gets the batches of an epoch, which goes on where the one before stopped; null, the default, for one pass over all samples.</summary>
    /// <remarks>The networks of decompensation have epochs of 2,000 batches. Together with lengths of samples, batches are then of samples of similar length.</remarks>
    public int? BatchesPerEpoch { get; init; }

    /// <summary>Gets whether a sample that a plan takes k times has one place and k times its loss; false, the default, gives it k places, as rows appended to a list have.</summary>
    public bool HasMultiplicitiesAsWeights { get; init; }

    /// <summary>Gets the step of Adam, above 0; default .001.</summary>
    public double LearningRate { get; init; } = 0.001;

    /// <summary>Gets how much of the mean gradient a step keeps, from 0 to below 1; default .9.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Gets how much of the mean squared gradient a step keeps, from 0 to below 1; default .999.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Gets what is added to the root of the corrected mean squared gradient, above 0; default 1e-7, that of Keras.</summary>
    public double Epsilon { get; init; } = 1e-7;

    /// <summary>Gets after how many epochs without a lower validation loss training ends, 1 or more; null, the default, never.</summary>
    public int? Patience { get; init; }

    /// <summary>Gets which epoch's parameters are kept when there are validation samples.</summary>
    public EpochChoice EpochChoice { get; init; } = EpochChoice.BestOfRange;

    /// <summary>Gets the name of the group among the validation samples that <see cref="EpochChoice.BestOfGroup"/> judges by; its metrics are reported whatever the choice. None when null, the default.</summary>
    public string? ValidationGroup { get; init; }

    /// <summary>Says all settings in words, the same on every machine.</summary>
    internal IReadOnlyList<KeyValuePair<string, string>> InWords() =>
        [new("epochs", Text(Epochs)), new("patience", Patience is { } patience ? Text(patience) : "none"), .. ThatShapeSteps()];

    /// <summary>Says the settings on which steps and the choice of an epoch depend; the number of epochs and the patience say when training ends, and change nothing before.</summary>
    internal IReadOnlyList<KeyValuePair<string, string>> ThatShapeSteps() =>
    [
        new("batch size", Text(BatchSize)),
        new("batches an epoch", BatchesPerEpoch is { } batches ? Text(batches) : "all"),
        new("multiplicities as", HasMultiplicitiesAsWeights ? "weights" : "places"),
        new("learning rate", Text(LearningRate)),
        new("beta 1", Text(Beta1)),
        new("beta 2", Text(Beta2)),
        new("epsilon", Text(Epsilon)),
        new("epoch choice", EpochChoice.ToString()),
        new("validation group", ValidationGroup ?? "none"),
    ];

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
