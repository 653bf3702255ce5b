using System.Diagnostics;
using System.Globalization;
using Bench.Cohorts;
using Bench.Studies.Arms;
using Engine.Compute;
using Engine.Data;
using Engine.Metrics;
using Engine.Prognosis;

namespace Bench.Studies.MainJob;

/// <summary>The main job: bias report, then a model for every resampling method, judged on every subgroup.</summary>
public sealed class MainJobRunner
{
    private readonly Cohort _cohort;
    private readonly MainJobOptions _options;
    private readonly IProgress<CohortProgress>? _progress;
    private readonly ComputeOptions _compute;
    private readonly LogisticPrognosis _model;
    private readonly SampleMatrix _rows;
    private readonly Dictionary<CohortSplit, LabeledSamples> _parts;
    private readonly LabeledSamples _train;
    private readonly SelectionRows _selection;
    private readonly GroupSupport? _support;
    private readonly Bootstrap _bootstrap;
    private readonly Dictionary<string, double[]> _testScores = [];
    private IFittedModel? _baseline;
    private UnitSearch? _unitSearch;

    private MainJobRunner(Cohort cohort, MainJobOptions options, IProgress<CohortProgress>? progress, CancellationToken cancellation)
    {
        _cohort = cohort;
        _options = options;
        _progress = progress;
        _compute = options.Compute with { CancellationToken = cancellation };
        _model = new LogisticPrognosis { RidgePenalty = options.RidgePenalty ?? cohort.RidgePenalty };
        var trainRows = cohort.RowsOf(CohortSplit.Train);
        Report("standardizing features", 0, 1);
        _rows = FeatureScaler.Fit(cohort.Samples.SelectRows(trainRows), cohort.Imputation, cancellation).Transform(cohort.Samples);
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

        foreach (var method in options.Methods)
            _ = ResamplingMethod.Get(method);
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
                var fit = Fit(method);
                results.Add(Judge(method, fit, clock.Elapsed.TotalSeconds, judged));
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
        return new MainJobResult
        {
            Cohort = _cohort,
            Options = _options,
            RidgePenalty = _model.RidgePenalty,
            RidgePenaltyReason = _options.RidgePenalty is null
                ? string.Create(CultureInfo.InvariantCulture, $"the default of this cohort, that of its published logistic regression (C = {1 / _model.RidgePenalty:0.####})")
                : "as asked for",
            Model = _model.Name,
            Bias = _parts.ToDictionary(part => part.Key, part => BiasReport.Compute(part.Value.Labels, part.Value.Groups, part.Value.Clusters.Span)),
            PrioritizedGroup = _unitSearch is null ? null : GroupToServe(),
            Support = _support,
            StayNoun = CohortStays.NounOf(_cohort),
            SelectionRows = _selection.Description,
            UnitSearch = _unitSearch,
            Methods = [.. results.Select(result => result with { Differences = Compare(result.Method) })],
            Skipped = skipped,
            BaselineCoefficients = _baseline?.Summary.Coefficients,
            BaselineErrors = _baseline?.ClusteredErrors(_train, _compute),
        };
    }

    private ArmFit Fit(string method)
    {
        var fit = ResamplingMethod.Get(method).Fit(new ArmWork(
            _model,
            new TrainingTask(_train) { Start = _baseline, Seed = _options.Seed, Compute = _compute },
            new ArmSettings(_options.Seed, _options.NeighborCount))
        {
            FindGroup = GroupToServe,
            FindSelection = () => _selection.NeedsRefit
                ? new UnitSelection(Take(_selection.FitRows), Take(_selection.ChoosingRows), NeedsRefit: true)
                : new UnitSelection(_train, _parts[_options.SelectOn], NeedsRefit: false),
            SearchOptions = SearchOptions(),
        });
        if (method == ResamplingMethod.None)
            _baseline = fit.Models[0];
        _unitSearch ??= fit.Search;
        return fit;
    }

    private UnitSearchOptions SearchOptions()
    {
        var tried = 0;
        return new UnitSearchOptions
        {
            Units = _options.Units,
            Threshold = _options.Threshold,
            Bootstrap = _bootstrap,
            Progress = new SynchronousProgress<UnitScore>(score => Report($"dp for {GroupToServe()}: {score.Units} units", ++tried, _options.Units.Count)),
        };
    }

    private string GroupToServe() => _support?.Group ?? throw new ArgumentException(
        $"no group has {GroupSupport.Least} {CohortStays.NounOf(_cohort)} of C1 to repeat, {GroupSupport.Least} of each class to choose on and {GroupSupport.Least} of C1 to be judged on; name one with --group, or choose on other rows.");

    private MethodResult Judge(string method, ArmFit fit, double seconds, KeyValuePair<CohortSplit, LabeledSamples>[] judged)
    {
        var scores = judged.ToDictionary(part => part.Key, part => Predict(fit.Models, part.Value));
        var test = _parts[CohortSplit.Test];
        _testScores[method] = scores[CohortSplit.Test];
        return new MethodResult(
            method,
            fit.TrainingRowCount,
            seconds,
            string.Join(", ", fit.Models.Select(model => model.Summary.Status).OfType<object>().Distinct()),
            judged.ToDictionary(part => part.Key, part => SubgroupMetrics.Compute(scores[part.Key], part.Value.Labels, part.Value.Groups, _options.Threshold)))
        {
            Intervals = _bootstrap.Estimate(scores[CohortSplit.Test], test.Labels, test.Groups, test.Clusters.Span),
            Differences = [],
        };
    }

    private IReadOnlyList<SubgroupIntervals> Compare(string method)
    {
        if (method == ResamplingMethod.None || !_testScores.TryGetValue(ResamplingMethod.None, out var without))
            return [];
        var test = _parts[CohortSplit.Test];
        return _bootstrap.Compare(_testScores[method], without, test.Labels, MethodIntervals.Only(test.Groups, _support?.Group, Cohort.Everyone), test.Clusters.Span);
    }

    private double[] Predict(IReadOnlyList<IFittedModel> models, LabeledSamples samples)
    {
        var mean = new double[samples.Count];
        var one = new double[mean.Length];
        foreach (var model in models)
        {
            model.Predict(samples, one, _compute);
            for (var row = 0; row < mean.Length; row++)
                mean[row] += one[row] / models.Count;
        }

        return mean;
    }

    private LabeledSamples Take(long[] rows) =>
        new(_cohort.Labels.Select(rows), _rows.SelectRows(rows), groups: _cohort.Groups.Select(rows), clusters: CohortStays.Of(_cohort, rows));

    private void Report(string step, long done, long total)
    {
        _compute.CancellationToken.ThrowIfCancellationRequested();
        _progress?.Report(new CohortProgress(step, done, total, "steps"));
    }
}
