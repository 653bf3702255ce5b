using System.Numerics;
using CommunityToolkit.HighPerformance.Buffers;
using Engine.Data;
using Engine.Diagnostics;
using Engine.Numerics;

namespace Engine.Metrics;

/// <summary>Percentile intervals of every metric, and of its difference between two models, by drawing the rows, or clusters of them, again and again.</summary>
/// <remarks>
/// <para><b>Computes</b>: a replicate draws as many rows as there are, with replacement; with clusters it draws as many clusters as there are, each with all its rows. Two models are measured on the same draws, so their difference is paired.
/// The interval runs from the (1 - confidence) / 2 quantile of the replicates to its mirror, linear between order statistics.</para>
/// <para><b>Ties</b>: exact in each replicate. <b>Groups</b>: the intervals of a group are those of its rows alone, bit for bit.</para>
/// <para><b>Assumes</b> independent rows, or independent clusters: hours of one stay are not independent, and intervals that draw them one by one are too short; pass their stays. Percentile intervals of few rows of a class, or of a metric near the end of
/// its range, hold the truth less often than they say.</para>
/// <para><b>Determinism</b>: a replicate is a function of (seed, number of the replicate, rows as a set); row order, thread count and the number of replicates change no bit of it. Clusters are taken in the order of their numbers.</para>
/// <para><b>Cost</b>: one radix sort a model, none a replicate: draws are counts on sorted rows. One draw for each slot (row or cluster) and replicate; then for each model and replicate
/// a step of a walk a row, or, where <see cref="Metrics"/> names neither the areas of class 0 nor the Brier score, an addition a row, or, where it names no area, one a slot.
/// 12 rented bytes a row and model, 1 more a slot for each thread.</para>
/// <para><b>Source</b>: Efron, "Bootstrap methods: another look at the jackknife", Annals of Statistics 7 (1979); Efron, Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13;
/// clusters: Davison, Hinkley, Bootstrap Methods and their Application, 1997, section 3.8.</para>
/// </remarks>
public sealed record Bootstrap
{
    private const int FewestReplicates = 2;

    // Replicates of clusters differ in length; sixteen times as many rows still can be counted.
    private const int MostRowsInClusters = 1 << 27;

    private delegate void ReplicateAction(int replicate, ReadOnlySpan<byte> counts);

    /// <summary>Gets the seed of the draws.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Gets the number of replicates, 2 or more; default 1,000. Ends of an interval of confidence .95 want 1,000, standard errors 200.</summary>
    public int ReplicateCount { get; init; } = 1000;

    /// <summary>Gets the confidence of intervals, above 0 and below 1; default .95.</summary>
    public double Confidence { get; init; } = .95;

    /// <summary>
    /// Gets whether each class keeps its number of rows in every replicate, or clusters with class 1 and those without keep theirs; default false. True answers for samples of this
    /// prevalence only, and leaves no metric of class 1 undefined that the rows themselves define.
    /// </summary>
    public bool Stratified { get; init; }

    /// <summary>Gets the metrics to estimate; all when null. The others have no interval.</summary>
    public IReadOnlyCollection<ScoreMetric>? Metrics { get; init; }

    /// <summary>Gets the score from which on class 1 is predicted; any number but NaN, default .5.</summary>
    public double Threshold { get; init; } = .5;

    /// <summary>Gets how the dual-class divergence joins those of the two classes.</summary>
    public DivergenceCombination Combination { get; init; } = DivergenceCombination.Sum;

    /// <summary>Gets the number of threads, 1 or more, or -1 for as many as there are processors; results are the same for every value.</summary>
    public int MaxThreadCount { get; init; } = -1;

    /// <summary>Gets what stops the draws; nothing by default.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>Estimates the metrics of one model over all rows.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="scores">n scores; any number but NaN.</param>
    /// <param name="labels">n labels.</param>
    /// <param name="clusters">The cluster of each row, such as the stay of an hour, as any number; rows of one are drawn together. Every row by itself when empty.</param>
    /// <returns>An interval for every metric that is defined.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or a score is NaN.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="OperationCanceledException"><see cref="CancellationToken"/> was set.</exception>
    public BootstrapTable Estimate<T>(ReadOnlySpan<T> scores, Labels labels, ReadOnlySpan<int> clusters = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Estimate(scores, labels, Everyone(labels), clusters)[0].Table;

    /// <summary>Estimates the metrics of one model in every group, from one sort.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="scores">n scores; any number but NaN.</param>
    /// <param name="labels">n labels.</param>
    /// <param name="groups">Groups over the n rows.</param>
    /// <param name="clusters">The cluster of each row, such as the stay of an hour, as any number; rows of one are drawn together. Every row by itself when empty.</param>
    /// <returns>One table a group, in their order.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or a score is NaN.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="OperationCanceledException"><see cref="CancellationToken"/> was set.</exception>
    public IReadOnlyList<SubgroupIntervals> Estimate<T>(ReadOnlySpan<T> scores, Labels labels, Subgroups groups, ReadOnlySpan<int> clusters = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var options = Check(scores, labels, groups, clusters);
        var bootstrap = this with { Threshold = MetricArguments.ToThreshold<T>(Threshold) };
        var together = clusters.IsEmpty ? null : new ClusterNumbers(clusters);
        using var ranking = ScoreRanking.Sort(scores, labels.Values, default, MetricArguments.ThreadsOf(options));
        return [.. groups.Names.Select(name => new SubgroupIntervals(name, bootstrap.Resample([ranking], [], groups[name], together, options)))];
    }

    /// <summary>Estimates the mean of the metrics of several models in every group, such as repeats of one with other draws: all are measured on the same clusters.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="models">n scores for each model, one model or more; any number but NaN.</param>
    /// <param name="labels">n labels.</param>
    /// <param name="groups">Groups over the n rows.</param>
    /// <param name="clusters">The cluster of each row, such as its patient, as any number; rows of one are drawn together. A number of its own for each row draws rows.</param>
    /// <returns>One table a group, in their order. A mean is undefined where it is for one of the models.</returns>
    /// <exception cref="ArgumentException">There is no model, lengths differ, or a score is NaN.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="OperationCanceledException"><see cref="CancellationToken"/> was set.</exception>
    public IReadOnlyList<SubgroupIntervals> EstimateMean<T>(IReadOnlyList<ReadOnlyMemory<T>> models, Labels labels, Subgroups groups, ReadOnlySpan<int> clusters)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => ResampleMeans(models, [], labels, groups, clusters);

    /// <summary>Estimates the differences, first - second, of the metrics of two models over all rows.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="first">n scores of the first model; any number but NaN.</param>
    /// <param name="second">n scores of the second model; any number but NaN.</param>
    /// <param name="labels">n labels.</param>
    /// <param name="clusters">The cluster of each row, such as the stay of an hour, as any number; rows of one are drawn together. Every row by itself when empty.</param>
    /// <returns>An interval for every difference that is defined.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or a score is NaN.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="OperationCanceledException"><see cref="CancellationToken"/> was set.</exception>
    public BootstrapTable Compare<T>(ReadOnlySpan<T> first, ReadOnlySpan<T> second, Labels labels, ReadOnlySpan<int> clusters = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Compare(first, second, labels, Everyone(labels), clusters)[0].Table;

    /// <summary>Estimates the differences, first - second, of the metrics of two models in every group, from one sort a model.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="first">n scores of the first model; any number but NaN.</param>
    /// <param name="second">n scores of the second model; any number but NaN.</param>
    /// <param name="labels">n labels.</param>
    /// <param name="groups">Groups over the n rows.</param>
    /// <param name="clusters">The cluster of each row, such as the stay of an hour, as any number; rows of one are drawn together. Every row by itself when empty.</param>
    /// <returns>One table a group, in their order.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or a score is NaN.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="OperationCanceledException"><see cref="CancellationToken"/> was set.</exception>
    public IReadOnlyList<SubgroupIntervals> Compare<T>(
        ReadOnlySpan<T> first, ReadOnlySpan<T> second, Labels labels, Subgroups groups, ReadOnlySpan<int> clusters = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var options = Check(first, labels, groups, clusters);
        MetricArguments.CheckPair(first, second);
        var bootstrap = this with { Threshold = MetricArguments.ToThreshold<T>(Threshold) };
        var together = clusters.IsEmpty ? null : new ClusterNumbers(clusters);
        using var firstRanking = ScoreRanking.Sort(first, labels.Values, default, MetricArguments.ThreadsOf(options));
        using var secondRanking = ScoreRanking.Sort(second, labels.Values, default, MetricArguments.ThreadsOf(options));
        return [.. groups.Names.Select(name => new SubgroupIntervals(name, bootstrap.Resample([firstRanking], [secondRanking], groups[name], together, options)))];
    }

    /// <summary>Estimates the mean difference, first - second, of the metrics of pairs of models in every group, all on the same clusters.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="first">n scores for each first model, one or more; any number but NaN.</param>
    /// <param name="second">n scores for each second model, as many.</param>
    /// <param name="labels">n labels.</param>
    /// <param name="groups">Groups over the n rows.</param>
    /// <param name="clusters">As for <see cref="EstimateMean"/>.</param>
    /// <returns>One table a group, in their order. A mean is undefined where the difference is for one of the pairs.</returns>
    /// <exception cref="ArgumentException">There is no pair, there are more models on one side, lengths differ, or a score is NaN.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="OperationCanceledException"><see cref="CancellationToken"/> was set.</exception>
    public IReadOnlyList<SubgroupIntervals> CompareMeans<T>(
        IReadOnlyList<ReadOnlyMemory<T>> first, IReadOnlyList<ReadOnlyMemory<T>> second, Labels labels, Subgroups groups, ReadOnlySpan<int> clusters)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count != second.Count)
            Throw.Argument_LengthsDiffer(nameof(second), second.Count, nameof(first), first.Count);
        return ResampleMeans(first, second, labels, groups, clusters);
    }

    /// <summary>Draws clusters of rows from everyone, and counts what is predicted in each group: the groups of a replicate come from one draw, so that they can be compared.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="scores">n scores; any number but NaN.</param>
    /// <param name="labels">n labels.</param>
    /// <param name="groups">Groups over the n rows; they may overlap.</param>
    /// <param name="clusters">The cluster of each row, such as its patient, as any number; rows of one are drawn together. A number of its own for each row draws rows.</param>
    /// <returns>The counts of every group in every replicate. <see cref="Metrics"/> is not looked at.</returns>
    /// <remarks>How many rows of a group a replicate has is chance too, where <see cref="Estimate{T}(ReadOnlySpan{T}, Labels, Subgroups, ReadOnlySpan{int})"/> draws each group by itself.
    /// <b>Cost</b>: a draw for each slot and replicate, an addition for each slot, group and replicate; 16 bytes for each slot and group.</remarks>
    /// <exception cref="ArgumentException">There are no clusters, the lengths differ, or a score is NaN.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="OperationCanceledException"><see cref="CancellationToken"/> was set.</exception>
    public SubgroupReplicates Replicate<T>(ReadOnlySpan<T> scores, Labels labels, Subgroups groups, ReadOnlySpan<int> clusters)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Rows that are drawn by themselves are numbered by their scores, and rows of several groups may share one: draws would depend on their order.
        RequireClusters(clusters);
        var options = Check(scores, labels, groups, clusters);
        var threshold = MetricArguments.ToThreshold<T>(Threshold);
        using var ranking = ScoreRanking.Sort(scores, labels.Values, default, MetricArguments.ThreadsOf(options));
        var rows = new ResampledGroups(ranking, groups, new ClusterNumbers(clusters), threshold);
        var replicates = new ConfusionCounts[ReplicateCount][];
        DrawAll(rows.Slots, options, (replicate, counts) => replicates[replicate] = rows.Count(counts));

        using var once = MemoryOwner<byte>.Allocate(rows.Slots.Count);
        once.Span.Fill(1);
        return new SubgroupReplicates(groups.Names, Confidence, rows.Count(once.Span), replicates);
    }

    /// <summary>Measures the calibration of every group, with intervals.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="scores">n scores; any number but NaN.</param>
    /// <param name="labels">n labels.</param>
    /// <param name="groups">Groups over the n rows.</param>
    /// <param name="clusters">The cluster of each row, such as the stay of an hour, as any number; rows of one are drawn together. Every row by itself when empty.</param>
    /// <param name="binCount">The number of bins of equal width, 1 or more.</param>
    /// <returns>One entry a group, in their order; null measures where scores are no probabilities. <see cref="Metrics"/> and <see cref="Threshold"/> are not looked at.</returns>
    /// <remarks>Each group is drawn by itself. Intercepts and slopes of a replicate are one step of Newton's method from those of all rows, and undefined where it has rows of one class only.
    /// <b>Cost</b>: one sort, a fit a group; then one draw and one addition for each slot and replicate.</remarks>
    /// <exception cref="ArgumentException">The lengths differ, or a score is NaN.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="OperationCanceledException"><see cref="CancellationToken"/> was set.</exception>
    public IReadOnlyList<CalibrationIntervals> EstimateCalibration<T>(
        ReadOnlySpan<T> scores, Labels labels, Subgroups groups, ReadOnlySpan<int> clusters = default, int binCount = 10)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var options = Check(scores, labels, groups, clusters);
        var together = clusters.IsEmpty ? null : new ClusterNumbers(clusters);
        using var ranking = ScoreRanking.Sort(scores, labels.Values, default, MetricArguments.ThreadsOf(options));
        return [.. groups.Names.Select(name => DrawCalibration(ranking, name, groups[name], together, binCount, options))];
    }

    private static Subgroups Everyone(Labels labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var everyone = new Subgroups(labels.Count);
        everyone.Add("all", RowMask.All(labels.Count));
        return everyone;
    }

    private BootstrapScope Scope => Metrics switch
    {
        null => BootstrapScope.EveryRow,
        _ when Metrics.Any(static metric => metric is ScoreMetric.AveragePrecisionC0 or ScoreMetric.TrapezoidPrC0 or ScoreMetric.Brier) => BootstrapScope.EveryRow,
        _ when Metrics.Any(static metric => metric is ScoreMetric.Auroc or ScoreMetric.AveragePrecisionC1 or ScoreMetric.TrapezoidPrC1) => BootstrapScope.ClassOneCurve,
        _ => BootstrapScope.Threshold,
    };

    private ParallelOptions Check<T>(ReadOnlySpan<T> scores, Labels labels, Subgroups groups, ReadOnlySpan<int> clusters)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(labels);
        MetricArguments.CheckLabels(scores, labels.Values);
        MetricArguments.CheckGroups(scores, groups);
        if (!clusters.IsEmpty && clusters.Length != scores.Length)
            Throw.Argument_LengthsDiffer(nameof(clusters), clusters.Length, nameof(scores), scores.Length);
        if (clusters.Length > MostRowsInClusters)
            Throw.Argument_Invalid(nameof(clusters), $"there are {clusters.Length:N0} rows in clusters; {MostRowsInClusters:N0} can be drawn, draw a part of the clusters.");
        MetricArguments.CheckConfidence(Confidence);
        if (ReplicateCount < FewestReplicates)
            Throw.ArgumentOutOfRange(nameof(ReplicateCount), ReplicateCount, $"{FewestReplicates} or more, such as 1000");
        var options = MetricArguments.ToOptions(MaxThreadCount);
        options.CancellationToken = CancellationToken;
        return options;
    }

    private static void RequireClusters(ReadOnlySpan<int> clusters)
    {
        if (clusters.IsEmpty)
            Throw.Argument_Invalid(nameof(clusters), "there are no clusters; give each row one, or a number of its own.");
    }

    private IReadOnlyList<SubgroupIntervals> ResampleMeans<T>(
        IReadOnlyList<ReadOnlyMemory<T>> first, IReadOnlyList<ReadOnlyMemory<T>> second, Labels labels, Subgroups groups, ReadOnlySpan<int> clusters)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(first);
        if (first.Count == 0)
            Throw.Argument_Invalid(nameof(first), "there are 0 models, and a mean needs 1 or more.");
        // Rows that are drawn by themselves are numbered by their scores: models would not be measured on the same draws.
        RequireClusters(clusters);
        var options = Check(first[0].Span, labels, groups, clusters);
        foreach (var scores in first.Concat(second))
            Check(scores.Span, labels, groups, clusters);
        var bootstrap = this with { Threshold = MetricArguments.ToThreshold<T>(Threshold) };
        var together = new ClusterNumbers(clusters);
        var rankings = first.Concat(second).Select(scores => ScoreRanking.Sort(scores.Span, labels.Values, default, MetricArguments.ThreadsOf(options))).ToArray();
        try
        {
            return [.. groups.Names.Select(name => new SubgroupIntervals(name, bootstrap.Resample(rankings[..first.Count], rankings[first.Count..], groups[name], together, options)))];
        }
        finally
        {
            foreach (var ranking in rankings)
                ranking.Dispose();
        }
    }

    /// <summary>Draws replicates of a group, measures each model of the first list less that of the second on them, and summarizes the means.</summary>
    private BootstrapTable Resample(ScoreRanking[] first, ScoreRanking[] second, RowMask mask, ClusterNumbers? clusters, ParallelOptions options)
    {
        var draws = first.Select((ranking, place) => Draw(ranking, second.Length == 0 ? null : second[place], mask, clusters, options)).ToArray();
        return BootstrapTable.Summarize(
            ReplicateCount,
            Confidence,
            metric => Metrics?.Contains(metric) == false ? null : Mean(draws, model => model.Estimate.Read(metric)),
            (replicate, metric) => Mean(draws, model => model.Replicates[replicate].Read(metric)));
    }

    private static double? Mean(Measured[] models, Func<Measured, double?> read)
    {
        var sum = 0.0;
        foreach (var model in models)
        {
            if (read(model) is not { } value)
                return null;
            sum += value;
        }

        return sum / models.Length;
    }

    private Measured Draw(ScoreRanking first, ScoreRanking? second, RowMask mask, ClusterNumbers? clusters, ParallelOptions options)
    {
        using var rows = new ResampledRows(first, second, mask, clusters, Scope, Threshold);
        var replicates = new ModelPair[ReplicateCount];
        ParallelLoop.For(
            0,
            ReplicateCount,
            options,
            () => new BootstrapScratch(rows.Slots.Count, Threshold),
            (replicate, _, scratch) =>
            {
                rows.Slots.Draw(Seed, replicate, Stratified, scratch.Counts);
                replicates[replicate] = Measure(rows, scratch);
                return scratch;
            },
            scratch => scratch.Dispose());

        using var once = new BootstrapScratch(rows.Slots.Count, Threshold);
        once.Counts.Fill(1);
        return new Measured(Measure(rows, once), replicates);
    }

    private CalibrationIntervals DrawCalibration(ScoreRanking ranking, string group, RowMask mask, ClusterNumbers? clusters, int binCount, ParallelOptions options)
    {
        using var curve = ranking.ReadCurve(mask);
        var measures = CalibrationSet.Compute(curve, binCount);
        var names = Enum.GetValues<CalibrationMetric>();
        if (measures.Brier is null)
            return new CalibrationIntervals(group, measures, new MetricInterval?[names.Length]);
        using var slotOfRow = SpanOwner<int>.Allocate(ranking.Rows.Length);
        var slots = clusters is null ? ResampledSlots.OfRows(ranking, null, mask, slotOfRow.Span) : ResampledSlots.OfClusters(ranking, mask, clusters, slotOfRow.Span);
        var rows = new ResampledCalibration(ranking, mask, slotOfRow.Span, slots.Count, measures, binCount);
        var replicates = new double?[ReplicateCount][];
        DrawAll(slots, options, (replicate, counts) => replicates[replicate] = rows.Measure(counts));
        return new CalibrationIntervals(
            group, measures, Array.ConvertAll(names, metric => BootstrapTable.ToInterval(measures[metric], [.. replicates.Select(values => values[(int)metric]).OfType<double>()], ReplicateCount, Confidence)));
    }

    /// <summary>Draws every replicate, on any number of threads.</summary>
    private void DrawAll(ResampledSlots slots, ParallelOptions options, ReplicateAction use) => ParallelLoop.For(
        0,
        ReplicateCount,
        options,
        () => MemoryOwner<byte>.Allocate(slots.Count),
        (replicate, _, counts) =>
        {
            slots.Draw(Seed, replicate, Stratified, counts.Span);
            use(replicate, counts.Span);
            return counts;
        },
        counts => counts.Dispose());

    private ModelPair Measure(ResampledRows rows, BootstrapScratch scratch) => new(
        rows.First.Measure(scratch, Threshold, Combination),
        rows.Second?.Measure(scratch, Threshold, Combination));

    private readonly record struct ModelPair(MetricSet First, MetricSet? Second)
    {
        public double? Read(ScoreMetric metric) => Second is null ? First[metric] : First[metric] - Second[metric];
    }

    private sealed record Measured(ModelPair Estimate, ModelPair[] Replicates);
}
