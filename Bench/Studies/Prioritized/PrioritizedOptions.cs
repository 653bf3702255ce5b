using Bench.Studies.Arms;

namespace Bench.Studies.Prioritized;

/// <summary>On which validation rows probabilities are calibrated and a threshold is chosen.</summary>
public enum Calibration
{
    /// <summary>Probabilities and threshold stay as they are: the first version of the paper.</summary>
    None,

    /// <summary>On all of them, for every group alike: the version of 2022.</summary>
    Everyone,

    /// <summary>On those of each group, for that group alone: the other summary of the version of 2022.</summary>
    Group,
}

/// <summary>What the study of double prioritized sampling does with a cohort.</summary>
public sealed record PrioritizedOptions : StudyChoices
{
    /// <summary>The repeats for time series, as in the paper.</summary>
    public const int RepeatsOfTimeSeries = 3;

    /// <summary>The repeats for tables, as in the paper.</summary>
    public const int RepeatsOfTables = 5;

    /// <summary>Gets the methods to run, names of <see cref="ResamplingMethod"/>.</summary>
    public IReadOnlyList<string> Methods { get; init; } = ResamplingMethod.OfStudy;

    /// <summary>Gets the groups that DP serves, one after the other; the under-represented ones of the cohort when null: <see cref="ServedGroups"/>.</summary>
    public IReadOnlyList<string>? Groups { get; init; }

    /// <summary>Gets how often everything is trained, with draws of its own; as in the paper when null.</summary>
    public int? Repeats { get; init; }

    /// <summary>Gets whether a network that serves a group has its epoch chosen by that group, as the paper's version of 2022 does for tables; default false, by everyone.</summary>
    public bool GroupChoosesEpoch { get; init; }

    /// <summary>Gets on which rows probabilities are calibrated and thresholds chosen.</summary>
    public Calibration Calibration { get; init; } = Calibration.None;

    /// <summary>Gets the name of the model, one of <see cref="StudyModel.All"/>; that of the paper for the cohort when null.</summary>
    public string? Model { get; init; }
}
