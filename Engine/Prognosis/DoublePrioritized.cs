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
        if (units < 1)
            Throw.ArgumentOutOfRange(nameof(units), units, "1 (the original data) or more");
        var unit = labels.ToMask(1).And(group);
        if (unit.Count == 0)
            Throw.Argument_Invalid(nameof(group), $"the group has {group.Count:N0} rows and none of class 1; there is nothing to repeat. Choose another group.");
        return ResamplingPlan.Repeat(unit, units);
    }

    /// <summary>Fits one model for each number of units and chooses among them.</summary>
    /// <param name="model">The kind of model.</param>
    /// <param name="train">Rows to fit on.</param>
    /// <param name="selection">Rows to choose on; the group must have rows of both classes among them.</param>
    /// <param name="units">The numbers of units to try; those of the paper when null.</param>
    /// <param name="threshold">The probability from which a row counts as class 1; default .5.</param>
    /// <param name="bootstrap">Draws the interval of each balanced accuracy, by the clusters of <paramref name="selection"/>; null for none. The choice does not depend on it.</param>
    /// <param name="progress">Receives each score when it is known.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>All scores, and the chosen model.</returns>
    /// <exception cref="ArgumentException">Samples, labels and group speak of different rows, a number of units occurs twice, the group lacks a class among the rows to choose on, or class 1 among the rows to fit on.</exception>
    public static UnitSearch Search(
        IPrognosisModel model,
        EvaluationRows train,
        EvaluationRows selection,
        IReadOnlyList<int>? units = null,
        double threshold = 0.5,
        Bootstrap? bootstrap = null,
        IProgress<UnitScore>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(selection);
        train.Check(nameof(train));
        selection.Check(nameof(selection));
        units ??= PaperUnits;
        if (units.Count == 0 || units.Distinct().Count() != units.Count)
            Throw.Argument_Invalid(nameof(units), $"the numbers of units are {string.Join(", ", units)}; give at least one, each once.");
        var rows = selection.Group.ToRows();
        var (groupSamples, groupLabels) = (selection.Samples.SelectRows(rows), selection.Labels.Select(rows));
        if (groupLabels.PositiveCount == 0 || groupLabels.NegativeCount == 0)
        {
            Throw.Argument_Invalid(
                nameof(selection),
                $"of the rows to choose on, {rows.Length:N0} are in the group, {groupLabels.PositiveCount:N0} of class 1; balanced accuracy needs both classes. Choose a larger group or other rows.");
        }

        int[] clusters = selection.Clusters.IsEmpty ? [] : [.. rows.Select(row => selection.Clusters.Span[(int)row])];
        bootstrap = bootstrap is null ? null : bootstrap with { Threshold = threshold, Metrics = [ScoreMetric.BalancedAccuracy], CancellationToken = cancellationToken };
        var scores = new List<UnitScore>();
        var fits = new Dictionary<int, IPrognosis>();
        var probabilities = new double[rows.Length];
        var plans = units.Select(count => Plan(train.Labels, train.Group, count)).ToArray();
        foreach (var (count, fit) in units.Zip(model.FitMany(train.Samples, train.Labels, plans, cancellationToken)))
        {
            fit.Predict(groupSamples, probabilities, cancellationToken);
            var metrics = MetricSet.Compute(probabilities, groupLabels, threshold);
            var score = new UnitScore(count, metrics.Require(ScoreMetric.BalancedAccuracy), metrics.Require(ScoreMetric.TrapezoidPrC1), fit.Status)
            {
                BalancedAccuracyInterval = bootstrap?.Estimate(probabilities, groupLabels, clusters)[ScoreMetric.BalancedAccuracy],
            };
            scores.Add(score);
            fits.Add(count, fit);
            progress?.Report(score);
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
}
