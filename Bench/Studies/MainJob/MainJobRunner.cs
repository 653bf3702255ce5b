using System.Diagnostics;
using System.Globalization;
using Bench.Cohorts;
using Engine.Data;
using Engine.Logistic;
using Engine.Metrics;
using Engine.Prognosis;
using Engine.Resampling;

namespace Bench.Studies.MainJob;

/// <summary>The main job: bias report, then a model for every resampling method, judged on every subgroup.</summary>
public sealed class MainJobRunner
{
    private readonly Cohort _cohort;
    private readonly MainJobOptions _options;
    private readonly IProgress<CohortProgress>? _progress;
    private readonly CancellationToken _cancellation;
    private readonly LogisticPrognosis _model;
    private readonly SampleMatrix _samples;
    private readonly Dictionary<CohortSplit, RowSet> _parts;
    private readonly RowSet _train;
    private readonly SelectionRows _selection;
    private readonly GroupSupport? _support;
    private readonly Bootstrap _bootstrap;
    private readonly Dictionary<string, double[]> _testScores = [];
    private IPrognosis? _baseline;
    private string? _prioritizedGroup;
    private UnitSearch? _unitSearch;

    private MainJobRunner(Cohort cohort, MainJobOptions options, IProgress<CohortProgress>? progress, CancellationToken cancellation)
    {
        _cohort = cohort;
        _options = options;
        _progress = progress;
        _cancellation = cancellation;
        _model = new LogisticPrognosis { RidgePenalty = options.RidgePenalty ?? cohort.RidgePenalty };
        var trainRows = cohort.RowsOf(CohortSplit.Train);
        Report("standardizing features", 0, 1);
        _samples = FeatureScaler.Fit(cohort.Samples.SelectRows(trainRows), cohort.Imputation, cancellation).Transform(cohort.Samples);
        _parts = Enum.GetValues<CohortSplit>().Where(cohort.Splits.Contains).ToDictionary(split => split, split => Take(split == CohortSplit.Train ? trainRows : cohort.RowsOf(split)));
        _train = _parts[CohortSplit.Train];
        _selection = SelectionRows.Of(cohort, options.SelectOn);
        _support = options.Group is { } group ? GroupSupport.Of(cohort, _selection, group) : PrioritizedGroup.Find(cohort, _selection);
        _bootstrap = MethodIntervals.Of(options, cancellation);
    }

    /// <summary>Runs the job.</summary>
    /// <param name="cohort">The cohort; it must have training and test rows.</param>
    /// <param name="options">What to do.</param>
    /// <param name="progress">Receives how far it is.</param>
    /// <param name="cancellation">Stops the job; nothing is left behind.</param>
    /// <returns>Everything that was found.</returns>
    /// <exception cref="ArgumentException">A method is unknown, there are no rows to fit on or none to judge on, or no method can run on them.</exception>
    /// <exception cref="KeyNotFoundException">The named group is not in the cohort; the message lists those that are.</exception>
    public static MainJobResult Run(Cohort cohort, MainJobOptions options, IProgress<CohortProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        ArgumentNullException.ThrowIfNull(options);
        foreach (var split in new[] { CohortSplit.Train, CohortSplit.Test })
        {
            if (!cohort.Splits.Contains(split))
                throw new ArgumentException($"{cohort.Name} has {cohort.Splits.Count:N0} rows and none of them for {split}; the main job needs rows to fit on and rows to judge on.");
        }

        if (options.Methods.Except(ResamplingMethod.All).FirstOrDefault() is { } unknown)
            throw new ArgumentException($"there is no method '{unknown}'; the methods are {string.Join(", ", ResamplingMethod.All)}.");
        if (options.Group is not null)
            _ = cohort.Groups[options.Group];
        return new MainJobRunner(cohort, options, progress, cancellation).Run();
    }

    private MainJobResult Run()
    {
        var judged = _parts.Where(part => part.Key != CohortSplit.Train).ToArray();
        var results = new List<MethodResult>();
        var skipped = new List<SkippedMethod>();
        foreach (var method in _options.Methods)
        {
            Report(method, results.Count + skipped.Count, _options.Methods.Count);
            var clock = Stopwatch.StartNew();
            try
            {
                var (trainingRowCount, models) = Fit(method);
                results.Add(Judge(method, trainingRowCount, clock.Elapsed.TotalSeconds, models, judged));
            }
            catch (ArgumentException error)
            {
                // The engine refuses what these rows cannot support, such as SMOTE with five minority rows; the other methods still can run.
                skipped.Add(new SkippedMethod(method, UserText.OfSkipped(method, error)));
            }
        }

        if (results.Count == 0 && skipped.Count > 0)
            throw new ArgumentException($"no method can run on these rows. {string.Join(" ", skipped.Select(one => $"{one.Method}: {one.Reason}"))}");

        Report("intervals of differences", _options.Methods.Count, _options.Methods.Count);
        var baseline = (_baseline as LogisticPrognosis.Fitted)?.Fit;
        return new MainJobResult
        {
            Cohort = _cohort,
            Options = _options,
            RidgePenalty = _model.RidgePenalty,
            RidgePenaltyReason = _options.RidgePenalty is null
                ? string.Create(CultureInfo.InvariantCulture, $"the default of this cohort, that of its published logistic regression (C = {1 / _model.RidgePenalty:0.####})")
                : "as asked for",
            Model = _model.Name,
            Bias = _parts.ToDictionary(part => part.Key, part => BiasReport.Compute(part.Value.Labels, part.Value.Groups, part.Value.Stays)),
            PrioritizedGroup = _prioritizedGroup,
            Support = _support,
            StayNoun = CohortStays.NounOf(_cohort),
            SelectionRows = _selection.Description,
            UnitSearch = _unitSearch,
            Methods = [.. results.Select(result => result with { Differences = Compare(result.Method) })],
            Skipped = skipped,
            BaselineCoefficients = baseline?.Coefficients.ToArray(),
            BaselineErrors = baseline is { Status: FitStatus.Converged } ? RobustErrors.Of(baseline, _train.Samples, _train.Labels, _train.Stays, _cancellation) : null,
        };
    }

    private (long TrainingRowCount, IPrognosis[] Models) Fit(string method)
    {
        switch (method)
        {
            case ResamplingMethod.None:
                var (rowCount, models) = FitOne(MethodPlan.Of(method, _train.Samples, _train.Labels, _options, _cancellation));
                _baseline = models[0];
                return (rowCount, models);
            case ResamplingMethod.RandomUnder:
                var draws = Enumerable.Range(0, RandomUnder.PaperDrawCount).Select(draw => new RandomUnder { Seed = _options.Seed, Draw = draw }.Plan(_train.Labels)).ToArray();
                return (draws[0].TotalRowCount, [.. draws.Select(draw => FitOne(draw).Models[0])]);
            case ResamplingMethod.ClassWeights:
                return FitWeighted(ClassWeights.Balanced(_train.Labels));
            case ResamplingMethod.GroupWeights:
                var group = _train.Groups[GroupToPrioritize()];
                return FitWeighted(GroupWeights.Balanced(group, group.Not()));
            case ResamplingMethod.DoublePrioritized:
                return FitDoublePrioritized();
            default:
                return FitOne(MethodPlan.Of(method, _train.Samples, _train.Labels, _options, _cancellation));
        }
    }

    private (long TrainingRowCount, IPrognosis[] Models) FitOne(ResamplingPlan plan) =>
        (plan.TotalRowCount, [_model.Fit(_train.Samples, _train.Labels, plan, _baseline, _cancellation)]);

    private (long TrainingRowCount, IPrognosis[] Models) FitWeighted(double[] weights)
    {
        var weighted = _model with { SampleWeights = weights };
        return (weights.Length, [weighted.Fit(_train.Samples, _train.Labels, ResamplingPlan.KeepAll(weights.Length), _baseline, _cancellation)]);
    }

    private string GroupToPrioritize() => _support?.Group ?? throw new ArgumentException(
        $"no group has {GroupSupport.Least} {CohortStays.NounOf(_cohort)} of C1 to repeat, {GroupSupport.Least} of each class to choose on and {GroupSupport.Least} of C1 to be judged on; name one with --group, or choose on other rows.");

    private (long TrainingRowCount, IPrognosis[] Models) FitDoublePrioritized()
    {
        var group = GroupToPrioritize();
        var (fit, choosing) = _selection.NeedsRefit ? (Take(_selection.FitRows), Take(_selection.ChoosingRows)) : (_train, _parts[_options.SelectOn]);
        var tried = 0;
        var search = DoublePrioritized.Search(
            _model,
            new EvaluationRows(fit.Samples, fit.Labels, fit.Groups[group]),
            new EvaluationRows(choosing.Samples, choosing.Labels, choosing.Groups[group]) { Clusters = choosing.Stays },
            _options.Units,
            _options.Threshold,
            _bootstrap,
            new SynchronousProgress<UnitScore>(score => Report($"dp for {group}: {score.Units} units", ++tried, _options.Units.Count)),
            _cancellation);
        (_prioritizedGroup, _unitSearch) = (group, search);
        var plan = DoublePrioritized.Plan(_train.Labels, _train.Groups[group], search.ChosenUnits);
        return _selection.NeedsRefit ? FitOne(plan) : (plan.TotalRowCount, [search.Chosen]);
    }

    private MethodResult Judge(string method, long trainingRowCount, double seconds, IPrognosis[] models, KeyValuePair<CohortSplit, RowSet>[] judged)
    {
        var scores = judged.ToDictionary(part => part.Key, part => Predict(models, part.Value.Samples));
        var test = _parts[CohortSplit.Test];
        _testScores[method] = scores[CohortSplit.Test];
        return new MethodResult(
            method,
            trainingRowCount,
            seconds,
            Status(models),
            judged.ToDictionary(part => part.Key, part => SubgroupMetrics.Compute(scores[part.Key], part.Value.Labels, part.Value.Groups, _options.Threshold)))
        {
            Intervals = _bootstrap.Estimate(scores[CohortSplit.Test], test.Labels, test.Groups, test.Stays),
            Differences = [],
        };
    }

    private IReadOnlyList<SubgroupIntervals> Compare(string method)
    {
        if (method == ResamplingMethod.None || !_testScores.TryGetValue(ResamplingMethod.None, out var without))
            return [];
        var test = _parts[CohortSplit.Test];
        return _bootstrap.Compare(_testScores[method], without, test.Labels, MethodIntervals.Only(test.Groups, _support?.Group, Cohort.Everyone), test.Stays);
    }

    private double[] Predict(IPrognosis[] models, SampleMatrix samples)
    {
        var mean = new double[samples.RowCount];
        var one = new double[mean.Length];
        foreach (var model in models)
        {
            model.Predict(samples, one, _cancellation);
            for (var row = 0; row < mean.Length; row++)
                mean[row] += one[row] / models.Length;
        }

        return mean;
    }

    private static string Status(IPrognosis[] models) =>
        string.Join(", ", models.OfType<LogisticPrognosis.Fitted>().Select(model => model.Fit.Status).Distinct());

    private RowSet Take(long[] rows) => new(_samples.SelectRows(rows), _cohort.Labels.Select(rows), _cohort.Groups.Select(rows), CohortStays.Of(_cohort, rows));

    private void Report(string step, long done, long total)
    {
        _cancellation.ThrowIfCancellationRequested();
        _progress?.Report(new CohortProgress(step, done, total, "steps"));
    }

    private sealed record RowSet(SampleMatrix Samples, Labels Labels, Subgroups Groups, int[] Stays);
}
