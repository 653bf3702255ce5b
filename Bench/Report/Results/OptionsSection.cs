using Bench.Studies.MainJob;

namespace Bench.Report.Results;

/// <summary>What was asked for.</summary>
/// <param name="Group">The group named for DP; null when it was left to the job.</param>
/// <param name="Methods">The methods, in the order in which they ran.</param>
/// <param name="Units">The numbers of units that DP was to try.</param>
/// <param name="SelectOn">The split on which DP was to choose.</param>
/// <param name="Threshold">The probability from which a row counts as class 1.</param>
/// <param name="Seed">The seed of every draw.</param>
/// <param name="RidgePenalty">The penalty that was used, on standardized features.</param>
/// <param name="RidgePenaltyReason">Why it is this one.</param>
/// <param name="NeighborCount">k of SMOTE.</param>
internal sealed record OptionsSection(
    string? Group,
    IReadOnlyList<string> Methods,
    IReadOnlyList<int> Units,
    string SelectOn,
    double Threshold,
    ulong Seed,
    double RidgePenalty,
    string RidgePenaltyReason,
    int NeighborCount)
{
    /// <summary>Takes the options of a job, with the penalty that they led to.</summary>
    public static OptionsSection From(MainJobResult result)
    {
        var options = result.Options;
        return new OptionsSection(
            options.Group,
            options.Methods,
            options.Units,
            SplitName.Of(options.SelectOn),
            options.Threshold,
            options.Seed,
            result.RidgePenalty,
            result.RidgePenaltyReason,
            options.NeighborCount);
    }
}
