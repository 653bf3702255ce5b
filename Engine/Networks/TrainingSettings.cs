namespace Engine.Networks;

/// <summary>How a network is trained: Adam on the binary cross-entropy of batches.</summary>
public sealed record TrainingSettings
{
    /// <summary>Gets the number of epochs, 1 or more; default 20.</summary>
    public int Epochs { get; init; } = 20;

    /// <summary>Gets the samples of a batch, 1 or more; default 8.</summary>
    public int BatchSize { get; init; } = 8;

    /// <summary>Gets the step of Adam, above 0; default .001.</summary>
    public double LearningRate { get; init; } = 0.001;

    /// <summary>Gets how much of the mean gradient a step keeps, from 0 to below 1; default .9.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Gets how much of the mean squared gradient a step keeps, from 0 to below 1; default .999.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Gets what is added to the root of the corrected mean squared gradient, above 0; default 1e-7, that of Keras.</summary>
    public double Epsilon { get; init; } = 1e-7;

    /// <summary>Gets after how many epochs without a lower validation loss training ends; null, the default, never.</summary>
    public int? Patience { get; init; }
}
