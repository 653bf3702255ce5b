using Engine.Data;
using Engine.Prognosis;
using Engine.Resampling;

namespace Bench.Studies.Arms;

/// <summary>What every sampler of a study is made with.</summary>
/// <param name="Seed">The seed of every draw.</param>
/// <param name="NeighborCount">k of SMOTE, Borderline-SMOTE and ADASYN.</param>
internal sealed record ArmSettings(ulong Seed, int NeighborCount);

/// <summary>The samples that candidates are fitted and chosen on.</summary>
/// <param name="FitOn">Samples to fit candidates on.</param>
/// <param name="ChooseOn">Samples to choose on.</param>
/// <param name="NeedsRefit">Whether the chosen model must be fitted again, on all training samples.</param>
internal sealed record UnitSelection(LabeledSamples FitOn, LabeledSamples ChooseOn, bool NeedsRefit);

/// <summary>What an arm is fitted with.</summary>
/// <param name="Model">The kind of model.</param>
/// <param name="Task">The training samples, and how the work is done.</param>
/// <param name="Settings">What samplers are made with.</param>
internal sealed record ArmWork(IPrognosisModel Model, TrainingTask Task, ArmSettings Settings)
{
    /// <summary>Gets what DP and group weights serve; reading it may be refused with a reason.</summary>
    public required Func<string> FindGroup { private get; init; }

    /// <summary>Gets the samples of the search over numbers of units.</summary>
    public required Func<UnitSelection> FindSelection { private get; init; }

    /// <summary>Gets what the search over numbers of units tries.</summary>
    public required UnitSearchOptions SearchOptions { get; init; }

    /// <summary>Gets the group that DP and group weights serve.</summary>
    /// <exception cref="ArgumentException">None can be served.</exception>
    public string GroupToServe => FindGroup();

    /// <summary>Gets the samples of the search over numbers of units.</summary>
    public UnitSelection Selection => field ??= FindSelection();

    /// <summary>Gets the training samples as methods that look for neighbors see them.</summary>
    public LabeledSamples SamplesToPlanOn => field ??= ToPlanOn(Task.Train);

    /// <summary>Fits one model.</summary>
    /// <param name="plan">What to train on.</param>
    public IFittedModel FitOne(ResamplingPlan plan) => Model.Fit(Task with { Plan = plan });

    /// <summary>Gives time series of one length their hours in one row, as the paper's methods see them; others keep their rows, such as their last hour.</summary>
    /// <param name="samples">The samples.</param>
    public LabeledSamples ToPlanOn(LabeledSamples samples) =>
        Model.Reads == SampleForm.Sequences && samples.HaveSequences && samples.Sequences.HaveOneLength
            ? new LabeledSamples(samples.Labels, samples.Sequences.Flatten(samples.Sequences.MaxHours), samples.Sequences, samples.Groups, samples.Clusters)
            : samples;
}
