using Bench.Studies.Arms;
using Bench.Studies.Samples;

namespace Bench.Studies.MainJob;

/// <summary>What the main job does with a cohort.</summary>
public sealed record MainJobOptions : StudyChoices
{
    /// <summary>Gets the methods to run, names of <see cref="ResamplingMethod"/>; those of the paper unless others are named.</summary>
    public IReadOnlyList<string> Methods { get; init; } = ResamplingMethod.OfPaper;

    /// <summary>Gets the group that DP serves; when null, the one with the fewest stays of class 1 to fit on among those that have enough: <see cref="GroupSupport"/>.</summary>
    public string? Group { get; init; }

    /// <summary>Gets the group that others are compared with, besides everyone and all others; none when null.</summary>
    public string? Reference { get; init; }

    /// <summary>Gets the name of the model, one of <see cref="StudyModel.All"/>; logistic regression by default.</summary>
    public string Model { get; init; } = StudyModel.Logistic;
}
