using Bench.Studies.Journal;
using Engine.Data;
using Engine.Prognosis;
using Engine.Resampling;

namespace Bench.Studies.Arms;

/// <summary>One arm of a study: a resampling method, and what a model is trained on by it.</summary>
/// <param name="Name">The name in options and results, one of <see cref="ResamplingMethod"/>.</param>
/// <param name="Title">The name for readers.</param>
public abstract record Arm(string Name, string Title)
{
    /// <summary>Gets whether the arm serves one group, and has to be trained for each.</summary>
    public bool ServesGroup { get; init; }

    /// <summary>Gets how many models are trained when a search tries so many numbers of units.</summary>
    /// <param name="unitCount">The numbers of units.</param>
    internal virtual int ModelCount(int unitCount) => 1;

    /// <summary>Plans and fits.</summary>
    /// <param name="work">What to fit, and on what.</param>
    /// <exception cref="ArgumentException">The samples cannot support the method, or the model cannot be trained on what it makes.</exception>
    internal abstract ArmFit Fit(ArmWork work);

    /// <summary>Lists what the arm depends on beside the training samples, the model and the settings.</summary>
    /// <param name="work">What it is fitted with.</param>
    internal virtual IEnumerable<string> DependsOn(ArmWork work) => [];
}

/// <summary>What an arm came to.</summary>
/// <param name="TrainingRowCount">The samples that one model was fitted on, repeated and made ones counted.</param>
/// <param name="Models">The models, whose probabilities are averaged.</param>
/// <param name="Search">The search over numbers of units; null for an arm without.</param>
internal sealed record ArmFit(long TrainingRowCount, IReadOnlyList<IFittedModel> Models, UnitSearch? Search = null);

/// <summary>An arm that resamples.</summary>
/// <param name="Name">The name in options and results.</param>
/// <param name="Title">The name for readers.</param>
/// <param name="Create">Makes the sampler of a draw from 0.</param>
internal sealed record SamplerArm(string Name, string Title, Func<ArmSettings, int, ISampler> Create) : Arm(Name, Title)
{
    /// <summary>Gets how many draws there are, each with a model of its own.</summary>
    public int DrawCount { get; init; } = 1;

    /// <inheritdoc/>
    internal override int ModelCount(int unitCount) => DrawCount;

    /// <inheritdoc/>
    internal override ArmFit Fit(ArmWork work)
    {
        var plans = Enumerable.Range(0, DrawCount).Select(draw => Create(work.Settings, draw).Plan(work.SamplesToPlanOn, work.Task.Compute)).ToArray();
        return new ArmFit(plans[0].TotalRowCount, [.. plans.Select(work.FitOne)]);
    }
}

/// <summary>An arm that neither repeats nor makes a sample: every one weighs something.</summary>
/// <param name="Name">The name in options and results.</param>
/// <param name="Title">The name for readers.</param>
/// <param name="Weigh">Returns one weight a sample.</param>
internal sealed record WeightArm(string Name, string Title, Func<ArmWork, double[]> Weigh) : Arm(Name, Title)
{
    /// <inheritdoc/>
    internal override ArmFit Fit(ArmWork work) =>
        new(work.Task.Train.Count, [work.Model.Fit(work.Task with { SampleWeights = Weigh(work) })]);

    /// <inheritdoc/>
    internal override IEnumerable<string> DependsOn(ArmWork work) => [$"weights {DataFingerprint.Of(Weigh(work))}"];
}

/// <summary>The arm without resampling.</summary>
/// <param name="Name">The name in options and results.</param>
/// <param name="Title">The name for readers.</param>
internal sealed record PlainArm(string Name, string Title) : Arm(Name, Title)
{
    /// <inheritdoc/>
    internal override ArmFit Fit(ArmWork work) => new(work.Task.Train.Count, [work.FitOne(ResamplingPlan.KeepAll(work.Task.Train.Count))]);
}

/// <summary>The arm of the group that it serves, and nobody else.</summary>
/// <param name="Name">The name in options and results.</param>
/// <param name="Title">The name for readers.</param>
internal sealed record GroupAloneArm(string Name, string Title) : Arm(Name, Title)
{
    /// <inheritdoc/>
    internal override ArmFit Fit(ArmWork work)
    {
        var members = work.Task.Train.Groups[work.GroupToServe].ToRows();
        // A start from the model of everyone would be a fit of almost other samples.
        var plan = ResamplingPlan.Keep(work.Task.Train.Count, members);
        return new ArmFit(members.Length, [(work with { Task = work.Task with { Start = null } }).FitOne(plan)]);
    }

    /// <inheritdoc/>
    internal override IEnumerable<string> DependsOn(ArmWork work) => [$"group {work.GroupToServe}"];
}

/// <summary>The arm of double prioritized sampling: a model for each number of units, of which one is chosen.</summary>
/// <param name="Name">The name in options and results.</param>
/// <param name="Title">The name for readers.</param>
/// <param name="Make">Gives the sampler that makes a number of rows inside a group in place of copies; null for copies.</param>
internal sealed record UnitSearchArm(string Name, string Title, Func<ArmSettings, RowMask, int, ISampler>? Make = null) : Arm(Name, Title)
{
    /// <inheritdoc/>
    internal override int ModelCount(int unitCount) => unitCount;

    /// <inheritdoc/>
    internal override ArmFit Fit(ArmWork work)
    {
        var (group, selection) = (work.GroupToServe, work.Selection);
        // A search starts from nothing: its first candidate is the model without resampling.
        var search = DoublePrioritized.Search(
            work.Model,
            work.Task with { Train = selection.FitOn, Start = null },
            selection.ChooseOn,
            group,
            work.SearchOptions with { Plan = units => Plan(work, selection.FitOn, group, units) });
        var plan = Plan(work, work.Task.Train, group, search.ChosenUnits);
        return new ArmFit(plan.TotalRowCount, [selection.NeedsRefit ? work.FitOne(plan) : search.Chosen], search);
    }

    /// <inheritdoc/>
    internal override IEnumerable<string> DependsOn(ArmWork work) =>
    [
        $"group {work.GroupToServe}",
        $"units {string.Join(",", work.SearchOptions.Units)}",
        $"threshold {work.SearchOptions.Threshold:R}",
        $"fit on {DataFingerprint.Of(work.Selection.FitOn)}",
        $"choose on {DataFingerprint.Of(work.Selection.ChooseOn)}",
    ];

    private ResamplingPlan Plan(ArmWork work, LabeledSamples samples, string group, int units) => Make is null
        ? DoublePrioritized.Plan(samples.Labels, samples.Groups[group], units)
        : DoublePrioritized.Plan(work.ToPlanOn(samples), samples.Groups[group], units, (rows, count) => Make(work.Settings, rows, count), work.Task.Compute);
}
