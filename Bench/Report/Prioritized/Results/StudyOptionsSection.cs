using Bench.Report.Results;
using Bench.Studies.Prioritized;

namespace Bench.Report.Prioritized.Results;

/// <summary>What was asked of a study.</summary>
/// <param name="Methods">The methods, in the order in which they ran.</param>
/// <param name="Groups">The groups named for DP; null when they were left to the study.</param>
/// <param name="Units">The numbers of units that DP was to try.</param>
/// <param name="SelectOn">The split on which DP was to choose.</param>
/// <param name="Selection">How the rows to choose on were come by, in words.</param>
/// <param name="Repeats">How often everything was trained.</param>
/// <param name="Seed">The seed of the first repeat.</param>
/// <param name="Threshold">The probability from which a row counts as class 1, where none is chosen.</param>
/// <param name="Calibration">On which validation rows probabilities are calibrated.</param>
/// <param name="EpochChosenBy">Whose validation metrics choose the epoch of a network that serves a group.</param>
/// <param name="Model">The model that every arm trained.</param>
/// <param name="ModelSettings">What it was told, by name.</param>
/// <param name="ModelReason">Why its settings are these.</param>
/// <param name="NeighborCount">k of SMOTE.</param>
internal sealed record StudyOptionsSection(
    IReadOnlyList<string> Methods,
    IReadOnlyList<string>? Groups,
    IReadOnlyList<int> Units,
    string SelectOn,
    string Selection,
    int Repeats,
    ulong Seed,
    double Threshold,
    string Calibration,
    string EpochChosenBy,
    string Model,
    IReadOnlyList<SettingEntry> ModelSettings,
    string ModelReason,
    int NeighborCount)
{
    /// <summary>Takes the options of a study, with the model that they led to.</summary>
    public static StudyOptionsSection From(PrioritizedResult result) => new(
        result.Options.Methods,
        result.Options.Groups,
        result.Options.Units,
        SplitName.Of(result.Options.SelectOn),
        result.SelectionRows,
        result.RepeatCount,
        result.Options.Seed,
        result.Options.Threshold,
        result.Options.Calibration.ToString().ToLowerInvariant(),
        result.Options.GroupChoosesEpoch ? "group" : "everyone",
        result.Model.Kind.Name,
        [.. result.Model.Kind.Settings.Select(setting => new SettingEntry(setting.Key, setting.Value))],
        result.Model.Reason,
        result.Options.NeighborCount);
}
