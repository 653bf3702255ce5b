using Bench.Studies.MainJob;

namespace Bench.Report.Results;

/// <summary>A setting of a model.</summary>
/// <param name="Name">The setting.</param>
/// <param name="Value">Its value.</param>
internal sealed record SettingEntry(string Name, string Value);

/// <summary>What was asked for.</summary>
/// <param name="Group">The group named for DP; null when it was left to the job.</param>
/// <param name="Reference">The group that others were to be compared with, besides everyone and all others; null for none.</param>
/// <param name="Methods">The methods, in the order in which they ran.</param>
/// <param name="Units">The numbers of units that DP was to try.</param>
/// <param name="SelectOn">The split on which DP was to choose.</param>
/// <param name="Threshold">The probability from which a row counts as class 1.</param>
/// <param name="Seed">The seed of every draw.</param>
/// <param name="Model">The model that every method trained.</param>
/// <param name="ModelSettings">What it was told, by name.</param>
/// <param name="ModelReason">Why its settings are these.</param>
/// <param name="NeighborCount">k of SMOTE.</param>
internal sealed record OptionsSection(
    string? Group,
    string? Reference,
    IReadOnlyList<string> Methods,
    IReadOnlyList<int> Units,
    string SelectOn,
    double Threshold,
    ulong Seed,
    string Model,
    IReadOnlyList<SettingEntry> ModelSettings,
    string ModelReason,
    int NeighborCount)
{
    /// <summary>Takes the options of a job, with the model that they led to.</summary>
    public static OptionsSection From(MainJobResult result)
    {
        var options = result.Options;
        return new OptionsSection(
            options.Group,
            options.Reference,
            options.Methods,
            options.Units,
            SplitName.Of(options.SelectOn),
            options.Threshold,
            options.Seed,
            result.Model.Kind.Name,
            [.. result.Model.Kind.Settings.Select(setting => new SettingEntry(setting.Key, setting.Value))],
            result.Model.Reason,
            options.NeighborCount);
    }
}
