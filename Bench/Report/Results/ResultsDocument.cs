using Bench.Studies.MainJob;

namespace Bench.Report.Results;

/// <summary>The content of results.json; every field is described in docs/results.md.</summary>
internal sealed record ResultsDocument
{
    /// <summary>The value of <see cref="Schema"/> by which a results file is known as ours.</summary>
    public const string SchemaName = "engine-main-job";

    /// <summary>The version that this code writes; it rises when a field changes its meaning or goes away.</summary>
    public const int CurrentSchemaVersion = 3;

    /// <summary>Gets the name of the format.</summary>
    public string Schema { get; init; } = SchemaName;

    /// <summary>Gets the version of the format.</summary>
    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    /// <summary>Gets what is needed to repeat the run.</summary>
    public required RunSection Run { get; init; }

    /// <summary>Gets the data.</summary>
    public required CohortSection Cohort { get; init; }

    /// <summary>Gets what was asked for.</summary>
    public required OptionsSection Options { get; init; }

    /// <summary>Gets what a reader must know before any number.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Gets the representation of every group in every split.</summary>
    public required IReadOnlyList<BiasEntry> Bias { get; init; }

    /// <summary>Gets the metrics of every method, split and group.</summary>
    public required IReadOnlyList<MetricEntry> Metrics { get; init; }

    /// <summary>Gets how far chance may have moved the metrics of the test rows.</summary>
    public required IReadOnlyList<IntervalEntry> Intervals { get; init; }

    /// <summary>Gets the same of their differences from no resampling, for the group of interest and everyone.</summary>
    public required IReadOnlyList<IntervalEntry> Differences { get; init; }

    /// <summary>Gets how far apart the groups lie.</summary>
    public required IReadOnlyList<DisparityEntry> Disparity { get; init; }

    /// <summary>Gets how unequally predictions fall on the groups of one family.</summary>
    public required IReadOnlyList<FairnessEntry> Fairness { get; init; }

    /// <summary>Gets the same of each group beside everyone, all others, and the reference.</summary>
    public required IReadOnlyList<GroupFairnessEntry> GroupFairness { get; init; }

    /// <summary>Gets how far probabilities can be taken at their word, in every group.</summary>
    public required IReadOnlyList<CalibrationEntry> Calibration { get; init; }

    /// <summary>Gets how far chance may have moved that.</summary>
    public required IReadOnlyList<IntervalEntry> CalibrationIntervals { get; init; }

    /// <summary>Gets the points of the reliability diagrams.</summary>
    public required IReadOnlyList<CalibrationBinEntry> CalibrationBins { get; init; }

    /// <summary>Gets AUROCs beside those of no resampling; empty where rows are not independent.</summary>
    public required IReadOnlyList<AurocComparisonEntry> AurocComparisons { get; init; }

    /// <summary>Gets the search over numbers of units; null when DP did not run.</summary>
    public required DoublePrioritizedSection? DoublePrioritized { get; init; }

    /// <summary>Gets the methods that ran.</summary>
    public required IReadOnlyList<MethodEntry> Methods { get; init; }

    /// <summary>Gets the epochs of every fit; empty for a model that is not trained in epochs.</summary>
    public required IReadOnlyList<EpochEntry> Epochs { get; init; }

    /// <summary>Gets the methods that could not run.</summary>
    public required IReadOnlyList<SkippedEntry> Skipped { get; init; }

    /// <summary>Gets the model without resampling; null when that method did not run.</summary>
    public required BaselineModelSection? BaselineModel { get; init; }

    /// <summary>Gathers everything that is known of a run.</summary>
    public static ResultsDocument From(MainJobResult result, RunInfo run) => new()
    {
        Run = RunSection.From(run, result.Options.Seed),
        Cohort = CohortSection.From(result.Cohort),
        Options = OptionsSection.From(result),
        Warnings = RunWarnings.Of(result),
        Bias = [.. BiasEntry.ListOf(result.Bias)],
        Metrics = [.. MetricEntry.ListOf(result)],
        Intervals = [.. IntervalEntry.ListOf(result)],
        Differences = [.. IntervalEntry.ListDifferencesOf(result)],
        Disparity = [.. DisparityEntry.ListOf(result)],
        Fairness = [.. FairnessEntry.ListOf(result)],
        GroupFairness = [.. GroupFairnessEntry.ListOf(result)],
        Calibration = [.. CalibrationEntry.ListOf(result)],
        CalibrationIntervals = [.. IntervalEntry.ListCalibrationOf(result)],
        CalibrationBins = [.. CalibrationBinEntry.ListOf(result)],
        AurocComparisons = [.. AurocComparisonEntry.ListOf(result)],
        DoublePrioritized = DoublePrioritizedSection.From(result),
        Methods = [.. result.Methods.Select(method => new MethodEntry(method.Method, result.Model.Kind.Name, method.TrainingRowCount, method.Seconds, method.FitStatus))],
        Epochs = [.. EpochEntry.ListOf(result)],
        Skipped = [.. result.Skipped.Select(method => new SkippedEntry(method.Method, method.Reason))],
        BaselineModel = BaselineModelSection.From(result),
    };
}
