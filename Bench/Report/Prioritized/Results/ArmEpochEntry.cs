using Bench.Studies.Prioritized;

namespace Bench.Report.Prioritized.Results;

/// <summary>One epoch of one fit: a point of its learning curves.</summary>
/// <param name="Method">The resampling method.</param>
/// <param name="Served">The group that it serves; null for everyone.</param>
/// <param name="Repeat">The repeat, from 1.</param>
/// <param name="Draw">Which of the arm's fits it is, from 1; of DP the chosen one.</param>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="TrainingLoss">The mean binary cross-entropy of the training samples, dropout and weights included.</param>
/// <param name="ValidationLoss">That of the validation samples.</param>
/// <param name="BalancedAccuracy">Balanced accuracy of the validation samples at .5.</param>
/// <param name="Auroc">Their area under the ROC curve.</param>
/// <param name="TrapezoidPr">Their area under the precision-recall curve of class 1, by trapezoids.</param>
/// <param name="IsChosen">Whether the model has the parameters of this epoch.</param>
internal sealed record ArmEpochEntry(
    string Method,
    string? Served,
    int Repeat,
    int Draw,
    int Epoch,
    double TrainingLoss,
    double? ValidationLoss,
    double? BalancedAccuracy,
    double? Auroc,
    double? TrapezoidPr,
    bool IsChosen)
{
    /// <summary>Lists every epoch of every fit.</summary>
    public static IEnumerable<ArmEpochEntry> ListOf(PrioritizedResult result) =>
        from arm in result.Arms
        from fit in arm.Models.Index()
        from epoch in fit.Item.Epochs
        select new ArmEpochEntry(
            arm.Name.Method,
            arm.Name.Served,
            arm.Repeat,
            fit.Index + 1,
            epoch.Epoch,
            epoch.TrainingLoss,
            epoch.ValidationLoss,
            epoch.BalancedAccuracy,
            epoch.Auroc,
            epoch.TrapezoidPrC1,
            epoch.Epoch == fit.Item.ChosenEpoch);
}
