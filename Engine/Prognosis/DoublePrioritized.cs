using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;
using Engine.Metrics;
using Engine.Resampling;

namespace Engine.Prognosis;

/// <summary>Double prioritized (DP) sampling: repeats class 1 rows of one group, as often as serves that group best.</summary>
/// <remarks>
/// <para>A unit is the class 1 rows of the group. k units are the original data and k - 1 further copies of them; each k gives a model, one model is chosen.</para>
/// <para><b>Source</b>: Afrose et al. 2021, "Double prioritized (DP) sampling" and figure 1; numbers of units from the authors' code.</para>
/// </remarks>
public static class DoublePrioritized
{
    private const int Finalists = 3;

    /// <summary>Gets the numbers of units that the paper tries: 1 to 10, then every second to 20.</summary>
    public static IReadOnlyList<int> PaperUnits { get; } = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 18, 20];

    /// <summary>Plans training rows for a number of units.</summary>
    /// <param name="labels">n labels.</param>
    /// <param name="group">The group, over the same rows; it must have class 1 rows.</param>
    /// <param name="units">1, the original data, or more.</param>
    /// <returns>Every row once, class 1 rows of the group <paramref name="units"/> times.</returns>
    /// <exception cref="ArgumentException">The mask speaks of another number of rows, or the group has no class 1 row.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="units"/> is below 1.</exception>
    public static ResamplingPlan Plan(Labels labels, RowMask group, int units)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(group);
        return ResamplingPlan.Repeat(UnitOf(labels, group, units), units);
    }

    /// <summary>Plans training rows for a number of units of which only the first are rows of the data: the others are made inside the group.</summary>
    /// <param name="training">n rows with their labels.</param>
    /// <param name="group">The group, over the same rows; class 1 must be the rarer one in it.</param>
    /// <param name="units">1, the original data, or more.</param>
    /// <param name="maker">Gives the sampler that stays within a group and makes a number of rows, such as <see cref="Smote"/>.</param>
    /// <param name="compute">How to use the machine; every core when null.</param>
    /// <returns>Every row once, and <paramref name="units"/> - 1 times as many rows made as the group has of class 1; ADASYN's counts are rounded.</returns>
    /// <exception cref="ArgumentException">The group has no class 1 row, more of class 1 than of class 0, or cannot support the sampler.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="units"/> is below 1.</exception>
    /// <remarks><b>Source</b>: "combined DP" in the code of Afrose et al.</remarks>
    public static ResamplingPlan Plan(LabeledSamples training, RowMask group, int units, Func<RowMask, int, ISampler> maker, ComputeOptions? compute = null)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(maker);
        var unit = UnitOf(training.Labels, group, units);
        if (2 * unit.Count > group.Count)
            Throw.Argument_Invalid(nameof(group), $"of the group's {group.Count:N0} rows, {unit.Count:N0} are of class 1, which is not the rarer class there; repeat its rows instead of making some.");
        return units == 1 ? ResamplingPlan.KeepAll(training.Count) : maker(group, (units - 1) * unit.Count).Plan(training, compute);
    }

    /// <summary>Fits one model for each number of units and chooses among them.</summary>
    /// <param name="model">The kind of model.</param>
    /// <param name="task">The samples to fit on, and how the work is done; its plan is not used. Without validation samples, those of <paramref name="selection"/> choose epochs as well.</param>
    /// <param name="selection">Samples to choose on; the group must have samples of both classes among them.</param>
    /// <param name="group">The name of the group, in the groups of both.</param>
    /// <param name="options">What to try; the paper's numbers of units when null.</param>
    /// <returns>All scores, and the chosen model.</returns>
    /// <exception cref="ArgumentException">A number of units occurs twice, the group lacks a class among the samples to choose on, or class 1 among those to fit on.</exception>
    /// <exception cref="KeyNotFoundException">There is no such group.</exception>
    public static UnitSearch Search(IPrognosisModel model, TrainingTask task, LabeledSamples selection, string group, UnitSearchOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(selection);
        options ??= new UnitSearchOptions();
        var units = options.Units;
        if (units.Count == 0 || units.Distinct().Count() != units.Count)
            Throw.Argument_Invalid(nameof(options), $"the numbers of units are {string.Join(", ", units)}; give at least one, each once.");
        var members = selection.Select(selection.Groups[group].ToRows());
        if (members.Labels.PositiveCount == 0 || members.Labels.NegativeCount == 0)
        {
            Throw.Argument_Invalid(
                nameof(selection),
                $"of the rows to choose on, {members.Count:N0} are in the group, {members.Labels.PositiveCount:N0} of class 1; balanced accuracy needs both classes. Choose a larger group or other rows.");
        }

        var bootstrap = options.Bootstrap is null
            ? null
            : options.Bootstrap with { Threshold = options.Threshold, Metrics = [ScoreMetric.BalancedAccuracy], CancellationToken = task.Compute.CancellationToken };
        var scores = new List<UnitScore>();
        var fits = new Dictionary<int, IFittedModel>();
        var probabilities = new double[members.Count];
        var plans = units.Select(options.Plan ?? (count => Plan(task.Train.Labels, task.Train.Groups[group], count))).ToArray();
        foreach (var (count, fit) in units.Zip(model.FitMany(task with { Validation = task.Validation ?? selection }, plans)))
        {
            fit.Predict(members, probabilities, task.Compute);
            var metrics = MetricSet.Compute(probabilities, members.Labels, options.Threshold);
            var score = new UnitScore(count, metrics.Require(ScoreMetric.BalancedAccuracy), metrics.Require(ScoreMetric.TrapezoidPrC1), fit.Summary.Status)
            {
                Confusion = metrics.Confusion,
                BalancedAccuracyInterval = bootstrap?.Estimate(probabilities, members.Labels, members.Clusters.Span)[ScoreMetric.BalancedAccuracy],
            };
            scores.Add(score);
            fits.Add(count, fit);
            options.Progress?.Report(score);
        }

        var chosen = Choose(scores);
        return new UnitSearch(scores, chosen, fits[chosen]);
    }

    /// <summary>Chooses a number of units: of the three highest balanced accuracies, the highest area under the precision-recall curve.</summary>
    /// <param name="scores">At least one score.</param>
    /// <returns>The chosen number of units.</returns>
    /// <exception cref="ArgumentException">There is no score.</exception>
    /// <remarks><b>Ties</b>: the earlier score wins, both times, as in the authors' code.</remarks>
    public static int Choose(IReadOnlyList<UnitScore> scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        if (scores.Count == 0)
            Throw.Argument_Invalid(nameof(scores), "there is no score to choose from.");
        return scores.OrderByDescending(score => score.BalancedAccuracy).Take(Finalists).MaxBy(score => score.TrapezoidPrC1)!.Units;
    }

    private static RowMask UnitOf(Labels labels, RowMask group, int units)
    {
        if (units < 1)
            Throw.ArgumentOutOfRange(nameof(units), units, "1 (the original data) or more");
        var unit = labels.ToMask(1).And(group);
        if (unit.Count == 0)
            Throw.Argument_Invalid(nameof(group), $"the group has {group.Count:N0} rows and none of class 1; there is nothing to repeat. Choose another group.");
        return unit;
    }
}
