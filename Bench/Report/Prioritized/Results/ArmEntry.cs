using Bench.Studies;
using Bench.Studies.Prioritized;

namespace Bench.Report.Prioritized.Results;

/// <summary>An arm of one repeat.</summary>
/// <param name="Method">The resampling method.</param>
/// <param name="Served">The group that it serves; null for everyone.</param>
/// <param name="Repeat">The repeat, from 1.</param>
/// <param name="TrainingRows">The rows that one model was fitted on.</param>
/// <param name="Seconds">Wall time of planning and fitting.</param>
/// <param name="Models">How many models vote.</param>
/// <param name="FitStatus">How the fits ended, or which epochs were chosen.</param>
/// <param name="ChosenUnits">The number of units that was chosen; null for a method without.</param>
internal sealed record ArmEntry(string Method, string? Served, int Repeat, long TrainingRows, double Seconds, int Models, string FitStatus, int? ChosenUnits)
{
    /// <summary>Describes an arm.</summary>
    public static ArmEntry From(TrainedArm arm) => new(
        arm.Name.Method, arm.Name.Served, arm.Repeat, arm.TrainingRowCount, arm.Seconds, arm.Models.Count, FitText.Of(arm.Models), arm.Search?.ChosenUnits);
}
