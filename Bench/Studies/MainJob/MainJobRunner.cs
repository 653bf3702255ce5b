using System.Diagnostics;
using Bench.Cohorts;
using Bench.Studies.Arms;
using Bench.Studies.Journal;
using Bench.Studies.Samples;
using Engine.Compute;
using Engine.Data;
using Engine.Metrics;
using Engine.Networks;
using Engine.Prognosis;

namespace Bench.Studies.MainJob;

/// <summary>The main job: bias report, then a model for every resampling method, judged on every subgroup.</summary>
public sealed class MainJobRunner
{
    private readonly Cohort _cohort;
    private readonly MainJobOptions _options;
    private readonly IProgress<CohortProgress>? _progress;
    private readonly ComputeOptions _compute;
    private readonly StudyModel _model;
    private readonly IPrognosisModel _kind;
    private readonly WorkJournal? _journal;
    private readonly StudySamples _samples;
    private readonly GroupSupport? _support;
    private readonly Bootstrap _bootstrap;
    private readonly Dictionary<string, double[]> _testScores = [];
    private IFittedModel? _baseline;
    private UnitSearch? _unitSearch;
    private int _unitsTried;

    private MainJobRunner(Cohort cohort, MainJobOptions options, WorkJournal? journal, IProgress<CohortProgress>? progress, CancellationToken cancellation)
    {
        _cohort = cohort;
        _options = options;
        _progress = progress;
        _compute = options.Compute with { CancellationToken = cancellation };
        _journal = journal;
        _model = StudyModel.Create(options.Model, cohort, options.OfModel);
        _kind = JournaledModel.Over(_model.Kind, journal);
        Report("standardizing features", 0, 1);
        _samples = new StudySamples(cohort, _model.Kind, options.SelectOn, holdsOut: _model.IsNetwork, cancellation);
        _support = options.Group is { } group ? GroupSupport.Of(cohort, _samples.Rows, group) : PrioritizedGroup.Find(cohort, _samples.Rows);
        _bootstrap = MethodIntervals.Of(options.Seed, options.Threshold, cancellation);
    }

    /// <summary>Runs the job.</summary>
    /// <param name="cohort">The cohort; it must have training and test rows.</param>
    /// <param name="options">What to do.</param>
    /// <param name="progress">Receives how far it is.</param>
    /// <param name="cancellation">Stops the job; nothing is left behind.</param>
    /// <returns>Everything that was found.</returns>
    /// <exception cref="ArgumentException">A method is unknown, there are no rows to fit on or none to judge on, or no method can run on them.</exception>
    /// <exception cref="KeyNotFoundException">A named group is not in the cohort; the message lists those that are.</exception>
    public static MainJobResult Run(Cohort cohort, MainJobOptions options, IProgress<CohortProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        ArgumentNullException.ThrowIfNull(options);
        foreach (var method in options.Methods)
            _ = ResamplingMethod.Get(method);
        foreach (var group in new[] { options.Group, options.Reference }.OfType<string>())
            _ = cohort.Groups[group];
        using var journal = options.JournalFolder is { } folder ? new WorkJournal(folder, cohort.Ranks) : null;
        return new MainJobRunner(cohort, options, journal, progress, cancellation).Run();
    }

    private MainJobResult Run()
    {
        var judged = _samples.Parts.Where(part => part.Key != CohortSplit.Train).ToArray();
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
            Model = _model,
            Bias = _samples.Parts.ToDictionary(part => part.Key, part => BiasReport.Compute(part.Value.Labels, part.Value.Groups, part.Value.Clusters.Span)),
            PrioritizedGroup = _unitSearch is null ? null : GroupToServe(),
            Support = _support,
            StayNoun = CohortStays.NounOf(_cohort),
            SelectionRows = _samples.Rows.Description,
            UnitSearch = _unitSearch,
            Methods = [.. results.Select(result => result with { Differences = Compare(result.Method), AurocComparisons = CompareAurocs(result.Method) })],
            Skipped = skipped,
            BaselineCoefficients = _baseline?.Summary.Coefficients,
            BaselineErrors = _baseline?.ClusteredErrors(_samples.Train, _compute),
        };
    }

    private ArmFit Fit(string method)
    {
        var work = new ArmWork(
            _kind,
            new TrainingTask(_samples.Train) { Validation = _model.IsNetwork ? _samples.HeldOut : null, Start = _baseline, Seed = _options.Seed, Progress = EpochProgress(method), Compute = _compute },
            new ArmSettings(_options.Seed, _options.NeighborCount))
        {
            FindGroup = GroupToServe,
            FindSelection = () => _samples.Selection,
            SearchOptions = SearchOptions(),
        };
        var fit = ArmJournal.Fit(_journal, ResamplingMethod.Get(method), work);
        if (method == ResamplingMethod.None)
            _baseline = fit.Models[0];
        if (method == ResamplingMethod.DoublePrioritized)
            _unitSearch = fit.Search;
        return fit;
    }

    private SynchronousProgress<TrainingProgress>? EpochProgress(string method) => _progress is null ? null : new SynchronousProgress<TrainingProgress>(told =>
    {
        var name = method == ResamplingMethod.DoublePrioritized ? $"dp, model {_unitsTried + 1} of {_options.Units.Count}" : method;
        _progress.Report(new CohortProgress(
            $"{name}: epoch {told.Epoch} of {told.EpochCount}", ((told.Epoch - 1) * told.SampleCount) + told.SamplesDone, told.EpochCount * told.SampleCount, "samples"));
    });

    private UnitSearchOptions SearchOptions()
    {
        _unitsTried = 0;
        return new UnitSearchOptions
        {
            Units = _options.Units,
            Threshold = _options.Threshold,
            Bootstrap = _bootstrap,
            Progress = new SynchronousProgress<UnitScore>(score => Report($"dp for {GroupToServe()}: {score.Units} units", ++_unitsTried, _options.Units.Count)),
        };
    }

    private string GroupToServe() => _support?.Group ?? throw new ArgumentException(
        $"no group has {GroupSupport.Least} {CohortStays.NounOf(_cohort)} of C1 to repeat, {GroupSupport.Least} of each class to choose on and {GroupSupport.Least} of C1 to be judged on; name one with --group, or choose on other rows.");

    private MethodResult Judge(string method, ArmFit fit, double seconds, KeyValuePair<CohortSplit, LabeledSamples>[] judged)
    {
        var scores = judged.ToDictionary(part => part.Key, part => SoftVote.Of(fit.Models, part.Value, _compute));
        var test = _samples.Test;
        _testScores[method] = scores[CohortSplit.Test];
        return new MethodResult(
            method,
            fit.TrainingRowCount,
            seconds,
            FitText.Of(fit.Models.Select(model => model.Summary)),
            judged.ToDictionary(part => part.Key, part => SubgroupMetrics.Compute(scores[part.Key], part.Value.Labels, part.Value.Groups, _options.Threshold)))
        {
            Probabilities = scores,
            Models = [.. fit.Models.Select(model => model.Summary)],
            Intervals = _bootstrap.Estimate(scores[CohortSplit.Test], test.Labels, test.Groups, test.Clusters.Span),
            Differences = [],
            Replicates = _bootstrap.Replicate(scores[CohortSplit.Test], test.Labels, test.Groups, test.Clusters.Span),
            Calibration = _bootstrap.EstimateCalibration(scores[CohortSplit.Test], test.Labels, test.Groups, test.Clusters.Span),
            AurocComparisons = [],
        };
    }

    private IReadOnlyList<SubgroupIntervals> Compare(string method)
    {
        if (method == ResamplingMethod.None || !_testScores.TryGetValue(ResamplingMethod.None, out var without))
            return [];
        var test = _samples.Test;
        return _bootstrap.Compare(_testScores[method], without, test.Labels, test.Groups.Only(_support?.Group ?? Cohort.Everyone, Cohort.Everyone), test.Clusters.Span);
    }

    private IReadOnlyList<SubgroupValue<AurocComparison>> CompareAurocs(string method)
    {
        var test = _samples.Test;
        // DeLong's errors are those of independent rows: hours of one stay are not.
        var isIndependent = test.Clusters.Span.ToArray().Distinct().Count() == test.Labels.Count;
        return isIndependent && method != ResamplingMethod.None && _testScores.TryGetValue(ResamplingMethod.None, out var without)
            ? DeLong.Compare<double>(_testScores[method], without, test.Labels, test.Groups)
            : [];
    }

    private void Report(string step, long done, long total)
    {
        _compute.CancellationToken.ThrowIfCancellationRequested();
        _progress?.Report(new CohortProgress(step, done, total, "steps"));
    }
}
