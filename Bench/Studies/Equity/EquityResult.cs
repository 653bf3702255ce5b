using Bench.Cohorts.Equity;
using Engine.Synthesis;

namespace Bench.Studies.Equity;

/// <summary>Everything that the study of synthetic rows found.</summary>
public sealed record EquityResult
{
    /// <summary>Gets the cohort.</summary>
    public required EquityCohort Cohort { get; init; }

    /// <summary>Gets what was asked for.</summary>
    public required EquityOptions Options { get; init; }

    /// <summary>Gets the arms, the baseline first.</summary>
    public required IReadOnlyList<EquityArm> Arms { get; init; }

    /// <summary>Gets the names of the outcomes.</summary>
    public required IReadOnlyList<string> Outcomes { get; init; }

    /// <summary>Gets the settings, minority by minority and from the smallest size on.</summary>
    public required IReadOnlyList<EquitySetting> Settings { get; init; }

    /// <summary>Gets the minorities that were left out, with the reason.</summary>
    public required IReadOnlyList<(string Minority, int Size, string Reason)> Skipped { get; init; }
}

/// <summary>One minority at one size: every arm in every repeat.</summary>
/// <param name="Minority">The name of the minority.</param>
/// <param name="Size">Its rows to train on.</param>
/// <param name="Repeats">The repeats, in order.</param>
public sealed record EquitySetting(string Minority, int Size, IReadOnlyList<EquityRepeat> Repeats)
{
    /// <summary>Gets how like real rows the made ones are, one entry an arm with a generator; empty where too few real rows are left to tell.</summary>
    public IReadOnlyList<EquityFidelity> Fidelity => [.. Repeats.SelectMany(repeat => repeat.Fidelity)];

    /// <summary>Returns a metric of every repeat; null where it was undefined.</summary>
    /// <param name="arm">The place of the arm.</param>
    /// <param name="outcome">The place of the outcome.</param>
    /// <param name="metric">Reads the metric.</param>
    public IReadOnlyList<double?> Of(int arm, int outcome, Func<EquityScores, double?> metric) => [.. Repeats.Select(repeat => metric(repeat.Scores[arm][outcome]))];
}

/// <summary>One repeat of a setting.</summary>
/// <param name="Repeat">The repeat, from 1.</param>
/// <param name="Scores">What every arm scored on every outcome: arm by arm.</param>
/// <param name="TestPositives">Rows of class 1 of the minority that were judged on, outcome by outcome.</param>
/// <param name="TestCount">Rows of the minority that were judged on.</param>
/// <param name="Generated">What generating took, for each arm with a generator, by its name.</param>
public sealed record EquityRepeat(
    int Repeat,
    IReadOnlyList<IReadOnlyList<EquityScores>> Scores,
    IReadOnlyList<int> TestPositives,
    int TestCount,
    IReadOnlyDictionary<string, GenerationReport> Generated)
{
    /// <summary>Gets how like real rows the made ones are, one entry an arm with a generator; of the first repeat only.</summary>
    public IReadOnlyList<EquityFidelity> Fidelity { get; init; } = [];
}

/// <summary>What one arm scored on one outcome in one repeat; null where a class is missing, from the training rows or from those judged on.</summary>
/// <param name="MinorityAuroc">The area under the ROC curve of the minority.</param>
/// <param name="MinorityAuprc">Its average precision.</param>
/// <param name="MajorityAuroc">The area under the ROC curve of the majority.</param>
/// <param name="MajorityAuprc">Its average precision.</param>
public sealed record EquityScores(double? MinorityAuroc, double? MinorityAuprc, double? MajorityAuroc, double? MajorityAuprc);
