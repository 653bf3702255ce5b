namespace Engine.Networks;

/// <summary>What one epoch of training came to.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="TrainingLoss">The mean binary cross-entropy of the samples as they were trained on, weights included.</param>
public sealed record EpochReport(int Epoch, double TrainingLoss)
{
    /// <summary>Gets the mean binary cross-entropy of the validation samples; null without any.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>Gets the balanced accuracy of the validation samples at threshold .5; null without both classes.</summary>
    public double? BalancedAccuracy { get; init; }

    /// <summary>Gets the area under the validation precision-recall curve of class 1, by trapezoids; null without both classes.</summary>
    public double? TrapezoidPrC1 { get; init; }

    /// <summary>Gets the area under the validation ROC curve; null without both classes.</summary>
    public double? Auroc { get; init; }

    /// <summary>Gets the balanced accuracy of the validation group; null without a group, or without both classes in it.</summary>
    public double? GroupBalancedAccuracy { get; init; }

    /// <summary>Gets the area under the group's precision-recall curve of class 1, by trapezoids; null without a group, or without both classes in it.</summary>
    public double? GroupTrapezoidPrC1 { get; init; }
}

/// <summary>How far a training is.</summary>
/// <param name="Epoch">The epoch that runs, from 1.</param>
/// <param name="EpochCount">The number of epochs.</param>
/// <param name="SamplesDone">The samples of this epoch that were trained on.</param>
/// <param name="SampleCount">The samples of an epoch.</param>
/// <param name="LastEpoch">The last epoch that ended; null before the first has.</param>
public sealed record TrainingProgress(int Epoch, int EpochCount, long SamplesDone, long SampleCount, EpochReport? LastEpoch);
