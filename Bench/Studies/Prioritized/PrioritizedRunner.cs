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

namespace Bench.Studies.Prioritized;

/// <summary>The study of paper P on one cohort: every method, DP for every group that is served, several repeats; judged on every group.</summary>
public sealed class PrioritizedRunner
{
    private readonly Cohort _cohort;
    private readonly PrioritizedOptions _options;
    private readonly ComputeOptions _compute;
    private readonly StudyModel _model;
    private readonly WorkJournal? _journal;
    private readonly StudySamples _samples;
    private readonly int _repeatCount;
    private readonly IReadOnlyList<string> _served;
    private readonly ArmName[] _names;
    private readonly StudyProgress _progress;
    private readonly List<TrainedArm> _arms = [];
    private readonly List<SkippedArm> _skipped = [];
    private readonly Dictionary<ArmName, List<CalibratedScores>> _scores = [];

    private PrioritizedRunner(Cohort cohort, PrioritizedOptions options, WorkJournal? journal, IProgress<CohortProgress>? progress, CancellationToken cancellation)
    {
        _cohort = cohort;
        _options = options;
        _compute = options.Compute with { CancellationToken = cancellation };
        _journal = journal;
        _model = ModelOf(options.OfModel);
        progress?.Report(new CohortProgress("standardizing features", 0, 1, "steps"));
        // Held out from every fit: thresholds are chosen and probabilities calibrated on these rows, with any model.
        _samples = new StudySamples(cohort, _model.Kind, options.SelectOn, holdsOut: true, cancellation);
        _repeatCount = options.Repeats ?? (cohort.Prefixes is null ? PrioritizedOptions.RepeatsOfTables : PrioritizedOptions.RepeatsOfTimeSeries);
        _served = options.Groups is { } groups
            ? [.. cohort.Groups.Names.Where(name => groups.Contains(name, StringComparer.OrdinalIgnoreCase))]
            : ServedGroups.Of(cohort, _samples.Rows.TrainRows);
        _names = [.. options.Methods.SelectMany(method => ResamplingMethod.Get(method).ServesGroup ? _served.Select(group => new ArmName(method, group)) : [new ArmName(method, null)])];
        _progress = new StudyProgress(progress, _repeatCount, _names.Sum(ModelCountOf), _model.IsNetwork, cancellation);
    }

    /// <summary>Runs the study.</summary>
    /// <param name="cohort">The cohort; it must have training and test rows.</param>
    /// <param name="options">What to do.</param>
    /// <param name="progress">Receives how far it is.</param>
    /// <param name="cancellation">Stops the study; what the journal has stays.</param>
    /// <returns>Everything that was found.</returns>
    /// <exception cref="ArgumentException">A method is unknown, there are no rows to fit on or none to judge on, or no arm can be trained on them.</exception>
    /// <exception cref="KeyNotFoundException">A named group is not in the cohort; the message lists those that are.</exception>
    public static PrioritizedResult Run(Cohort cohort, PrioritizedOptions options, IProgress<CohortProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        ArgumentNullException.ThrowIfNull(options);
        foreach (var method in options.Methods)
            _ = ResamplingMethod.Get(method);
        foreach (var group in options.Groups ?? [])
            _ = cohort.Groups[group];
        using var journal = options.JournalFolder is { } folder ? new WorkJournal(folder, cohort.Ranks) : null;
        return new PrioritizedRunner(cohort, options, journal, progress, cancellation).Run();
    }

    private PrioritizedResult Run()
    {
        for (var repeat = 1; repeat <= _repeatCount; repeat++)
        {
            IFittedModel? baseline = null;
            foreach (var name in _names.Where(name => _skipped.All(skipped => skipped.Name != name)))
            {
                _progress.Begin(name, repeat, ModelCountOf(name));
                try
                {
                    var fit = Train(name, repeat, baseline);
                    if (name.Method == ResamplingMethod.None)
                        baseline = fit.Models[0];
                }
                catch (ArgumentException error)
                {
                    // The engine refuses what these rows cannot support, such as DP for a group without class 1; the other arms still can be trained.
                    _skipped.Add(new SkippedArm(name, UserText.OfSkipped(name.Method, error)));
                }

                _progress.End();
            }
        }

        if (_arms.Count == 0 && _skipped.Count > 0)
            throw new ArgumentException($"no method can run on these rows. {string.Join(" ", _skipped.Select(one => $"{one.Name.Method}: {one.Reason}"))}");
        var (intervals, differences) = DrawPatients();
        return new PrioritizedResult
        {
            Cohort = _cohort,
            Options = _options,
            Model = _model,
            RepeatCount = _repeatCount,
            Served = _served,
            Bias = JudgedParts().Append(new(CohortSplit.Train, _samples.Train)).OrderBy(part => part.Key)
                .ToDictionary(part => part.Key, part => BiasReport.Compute(part.Value.Labels, part.Value.Groups, part.Value.Clusters.Span)),
            PatientNoun = CohortStays.NounOf(_cohort),
            SelectionRows = _samples.Rows.Description,
            Arms = _arms,
            Skipped = _skipped,
            Intervals = intervals,
            Differences = differences,
        };
    }

    private (IReadOnlyList<ArmIntervals> Intervals, IReadOnlyList<ArmDifference> Differences) DrawPatients()
    {
        var (intervals, differences) = (new List<ArmIntervals>(), new List<ArmDifference>());
        foreach (var name in _scores.Keys)
        {
            _progress.TellDrawing(name, [.. _scores.Keys]);
            intervals.Add(new ArmIntervals(name, Estimate(name, JudgedGroups(name))));
            differences.AddRange(Compare(name));
        }

        return (intervals, differences);
    }

    private ArmFit Train(ArmName name, int repeat, IFittedModel? baseline)
    {
        var clock = Stopwatch.StartNew();
        var seed = _options.Seed + (ulong)(repeat - 1);
        var model = _options.GroupChoosesEpoch && name.Served is { } group ? ModelOf(_options.OfModel with { EpochGroup = group }) : _model;
        var work = new ArmWork(
            JournaledModel.Over(model.Kind, _journal),
            new TrainingTask(_samples.Train)
            {
                Validation = _model.IsNetwork ? _samples.HeldOut : null,
                Start = baseline,
                Seed = seed,
                Progress = new SynchronousProgress<TrainingProgress>(_progress.TellEpoch),
                Compute = _compute,
            },
            new ArmSettings(seed, _options.NeighborCount))
        {
            FindGroup = () => name.Served ?? throw new ArgumentException($"{name.Method} serves a group, and none is named."),
            FindSelection = () => _samples.Selection,
            SearchOptions = new UnitSearchOptions
            {
                Units = _options.Units,
                Threshold = _options.Threshold,
                Bootstrap = BootstrapOf(_options.Threshold),
                Progress = new SynchronousProgress<UnitScore>(_ => _progress.TellModel()),
            },
        };
        var fit = ArmJournal.Fit(_journal, ResamplingMethod.Get(name.Method), work);
        var seconds = clock.Elapsed.TotalSeconds;
        var onValidation = SoftVote.Of(fit.Models, _samples.HeldOut!, _compute);
        var onTest = SoftVote.Of(fit.Models, _samples.Test, _compute);
        var scores = CalibratedScores.Of(_options.Calibration, _options.Threshold, _samples.HeldOut!, onValidation, _samples.Test, onTest);
        if (!_scores.TryGetValue(name, out var repeats))
            _scores.Add(name, repeats = []);
        repeats.Add(scores);
        _arms.Add(new TrainedArm(name, repeat)
        {
            TrainingRowCount = fit.TrainingRowCount,
            Seconds = seconds,
            Models = [.. fit.Models.Select(model => model.Summary)],
            Search = fit.Search,
            Tables = new Dictionary<CohortSplit, IReadOnlyList<SubgroupRow>>
            {
                [CohortSplit.Validation] = scores.Judge(_samples.HeldOut!, onValidation),
                [CohortSplit.Test] = scores.Judge(_samples.Test, onTest),
            },
            Thresholds = scores.Thresholds,
        });
        return fit;
    }

    private IEnumerable<KeyValuePair<CohortSplit, LabeledSamples>> JudgedParts() => [new(CohortSplit.Validation, _samples.HeldOut!), new(CohortSplit.Test, _samples.Test)];

    private StudyModel ModelOf(ModelChoices choices) => StudyModel.Create(_options.Model ?? StudyModel.OfPaper(_cohort), _cohort, choices);

    private int ModelCountOf(ArmName name) => ResamplingMethod.Get(name.Method).ModelCount(_options.Units.Count);

    private IReadOnlyList<string> JudgedGroups(ArmName name) => name.Served is { } served ? [Cohort.Everyone, served] : _cohort.Groups.Names;

    /// <summary>Compares an arm with no resampling, and, unless it serves another group, with DP for each group.</summary>
    private IEnumerable<ArmDifference> Compare(ArmName name)
    {
        var without = new ArmName(ResamplingMethod.None, null);
        if (name != without && _scores.ContainsKey(without))
            yield return new ArmDifference(name, without, Estimate(name, JudgedGroups(name), without));
        foreach (var group in _served.Where(group => name.Served is null || name.Served == group))
        {
            var prioritized = new ArmName(ResamplingMethod.DoublePrioritized, group);
            if (name != prioritized && name != without && _scores.ContainsKey(prioritized))
                yield return new ArmDifference(name, prioritized, Estimate(name, [Cohort.Everyone, group], prioritized));
        }
    }

    /// <summary>Draws the patients of the test rows: for the metrics of an arm, or for their differences from another.</summary>
    private IReadOnlyList<SubgroupIntervals> Estimate(ArmName name, IReadOnlyList<string> groups, ArmName? against = null)
    {
        var test = _samples.Test;
        var bootstrap = BootstrapOf(CalibratedScores.CenteredThreshold);
        // Where each group has scores of its own, each is drawn by itself; else all from one sort.
        var parts = _options.Calibration == Calibration.Group ? groups.Select(group => new[] { group }) : [[.. groups]];
        return [.. parts.SelectMany(part => against is null
            ? bootstrap.EstimateMean(RepeatsOf(name, part[0]), test.Labels, test.Groups.Only(part), test.Clusters.Span)
            : bootstrap.CompareMeans(RepeatsOf(name, part[0]), RepeatsOf(against, part[0]), test.Labels, test.Groups.Only(part), test.Clusters.Span))];
    }

    private ReadOnlyMemory<double>[] RepeatsOf(ArmName name, string group) => [.. _scores[name].Select(scores => new ReadOnlyMemory<double>(scores.CenteredOf(group)))];

    private Bootstrap BootstrapOf(double threshold) => MethodIntervals.Of(_options.Seed, threshold, _compute.CancellationToken);
}
