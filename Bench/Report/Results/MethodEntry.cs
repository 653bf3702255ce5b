using Bench.Studies.MainJob;

namespace Bench.Report.Results;

/// <summary>A method that ran.</summary>
/// <param name="Method">The resampling method.</param>
/// <param name="Model">The model.</param>
/// <param name="TrainingRows">The rows that one model was fitted on.</param>
/// <param name="Seconds">Wall time of planning and fitting.</param>
/// <param name="FitStatus">How the fit ended.</param>
internal sealed record MethodEntry(string Method, string Model, long TrainingRows, double Seconds, string FitStatus);

/// <summary>A method that could not run.</summary>
/// <param name="Method">The resampling method.</param>
/// <param name="Reason">Why not, and what to change.</param>
internal sealed record SkippedEntry(string Method, string Reason);

/// <summary>One epoch of one fit: a point of its learning curves.</summary>
/// <param name="Method">The resampling method.</param>
/// <param name="Draw">Which of a method's fits it is, from 1; of DP the chosen one.</param>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="TrainingLoss">The mean binary cross-entropy of the training samples, dropout and weights included.</param>
/// <param name="ValidationLoss">That of the validation samples.</param>
/// <param name="BalancedAccuracy">Balanced accuracy of the validation samples at .5.</param>
/// <param name="Auroc">Their area under the ROC curve.</param>
/// <param name="TrapezoidPr">Their area under the precision-recall curve of class 1, by trapezoids.</param>
/// <param name="IsChosen">Whether the model has the parameters of this epoch.</param>
internal sealed record EpochEntry(
    string Method, int Draw, int Epoch, double TrainingLoss, double? ValidationLoss, double? BalancedAccuracy, double? Auroc, double? TrapezoidPr, bool IsChosen)
{
    /// <summary>Lists every epoch of every fit.</summary>
    public static IEnumerable<EpochEntry> ListOf(MainJobResult result) =>
        from method in result.Methods
        from fit in method.Models.Index()
        from epoch in fit.Item.Epochs
        select new EpochEntry(
            method.Method,
            fit.Index + 1,
            epoch.Epoch,
            epoch.TrainingLoss,
            epoch.ValidationLoss,
            epoch.BalancedAccuracy,
            epoch.Auroc,
            epoch.TrapezoidPrC1,
            epoch.Epoch == fit.Item.ChosenEpoch);
}
