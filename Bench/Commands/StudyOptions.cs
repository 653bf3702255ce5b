using System.CommandLine;
using Bench.Cohorts;
using Bench.Cohorts.Channels;
using Bench.Report;
using Bench.Studies;
using Bench.Studies.Journal;
using Bench.Studies.Samples;
using Engine.Collectives;
using Engine.Compute;
using Engine.Gpu;
using Engine.Prognosis;

namespace Bench.Commands;

/// <summary>The options that the studies share: the cohort and what models see of it, how models are trained and chosen, where results go.</summary>
internal sealed class StudyOptions
{
    private const string LastHour = "last-hour";
    private const string Prefix714 = "prefix-714";
    private const string Shared = "shared";
    private const string Alone = "alone";

    private readonly CohortOptions _cohort = new();
    private readonly Option<string> _features = new("--features") { Description = "What models see of a time series: its last hour in 76 columns, or the 714 summaries of the whole prefix; for --mimic3, --simulate and --simulate-mortality.", DefaultValueFactory = _ => LastHour };
    private readonly Option<int[]> _units = new("--units") { Description = $"Numbers of units that DP tries; by default {string.Join(",", DoublePrioritized.PaperUnits)}." };
    private readonly Option<string> _selectOn = new("--select-on") { Description = "Rows on which DP chooses; the paper chose on test.", DefaultValueFactory = _ => "validation" };
    private readonly Option<ulong> _seed = new("--seed") { Description = "Seed of the simulation and of every draw.", DefaultValueFactory = _ => 1 };
    private readonly Option<double> _threshold = new("--threshold") { Description = "Probability from which a row counts as class 1.", DefaultValueFactory = _ => 0.5 };
    private readonly Option<int?> _epochs = new("--epochs") { Description = "Epochs of a network; by default 25 of mlp, 20 of lstm, 10 of lstm on decompensation.", HelpName = "COUNT" };
    private readonly Option<int?> _batch = new("--batch") { Description = "Samples of a batch of a network; by default 20 of mlp, 8 of lstm, 32 stays on decompensation.", HelpName = "SAMPLES" };
    private readonly Option<string> _prefixes = new("--prefixes") { Description = $"How an LSTM reads the samples of a stay: {Shared} walks it once for all of them, {Alone} trains on them one by one in epochs of 2,000 batches of 8, as published.", DefaultValueFactory = _ => Shared };
    private readonly Option<string?> _journal = new("--journal") { Description = "Folder that keeps finished work, so that the same command goes on after Ctrl-C or a crash; by default <out>.work for a network and for the study, removed at the end.", HelpName = "DIR" };
    private readonly Option<double?> _ridge = new("--ridge") { Description = "Ridge penalty on standardized features, 1 / C of scikit-learn; by default that of the cohort's published model.", HelpName = "PENALTY" };
    private readonly Option<int> _neighbors = new("--neighbors") { Description = "Neighbors of SMOTE, Borderline-SMOTE and ADASYN.", DefaultValueFactory = _ => 5 };
    private readonly Option<string?> _device = new("--device") { Description = "GPU that searches neighbors, by index or a part of its name as `devices` shows them; by default the processor does. No result depends on it.", HelpName = "NAME|INDEX" };
    private readonly Option<long?> _memoryLimit = MemoryLimit.Create("What the study may take of memory, such as 4GB; a cohort that needs more is an error before it is read.");
    private readonly Option<string> _out;
    private readonly Option<bool> _json = OptionRules.Json();
    private readonly Option<bool> _quiet = OptionRules.Quiet();

    /// <summary>Makes the options.</summary>
    /// <param name="folder">The folder of results unless another is named.</param>
    public StudyOptions(string folder)
    {
        _out = new Option<string>("--out") { Description = "Folder for results.json, tables/ and report.html; an earlier result there is replaced.", DefaultValueFactory = _ => folder, HelpName = "DIR" };
        _features.AcceptOneOf(LastHour, Prefix714);
        _prefixes.AcceptOneOf(Shared, Alone);
        _selectOn.AcceptOneOf("validation", "test");
        _units.AcceptWholeNumbers();
        _units.Require(units => units.Length > 0 && units.All(count => count >= 1) && units.Distinct().Count() == units.Length, "must be different whole numbers from 1");
        _threshold.Require(threshold => threshold is > 0 and < 1, "must lie between 0 and 1");
        _ridge.Require(ridge => ridge is null or (>= 0 and <= double.MaxValue), "must be 0 or more");
        _epochs.Require(epochs => epochs is null or >= 1, "must be 1 or more");
        _batch.Require(samples => samples is null or >= 1, "must be 1 or more");
        _neighbors.Require(neighbors => neighbors >= 1, "must be 1 or more");
    }

    /// <summary>Adds the options to a command, after those of the cohort and those that are its own.</summary>
    /// <param name="command">The command.</param>
    /// <param name="own">Its own options.</param>
    public void AddTo(Command command, params Option[] own)
    {
        _cohort.AddTo(command);
        foreach (var option in (Option[])[_features, .. own, _units, _selectOn, _seed, _threshold, _epochs, _batch, _prefixes, _journal, _ridge, _neighbors, _device, _memoryLimit, _out, _json, _quiet])
            command.Options.Add(option);
    }

    /// <summary>Reads the cohort that a model is to be trained on.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="ranks">The processes that work on it together.</param>
    /// <param name="needsHours">Whether the model reads hours, where there are any.</param>
    /// <param name="holdsOut">Whether rows to choose on are held out from every fit.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellation">Stops the work.</param>
    public Cohort ReadCohort(ParseResult arguments, ICollective ranks, bool needsHours, bool holdsOut, IProgress<CohortProgress> progress, CancellationToken cancellation)
    {
        // Hours are read by every rank: prefixes of one stay lie with several.
        Func<Cohort, long[]>? rowsToHold = ranks.Size == 1 || needsHours ? null : cohort => RowsOfRank.NeededOf(cohort with { Ranks = ranks }, SelectOn(arguments), holdsOut);
        var cohort = _cohort.Read(arguments, arguments.GetValue(_seed), needsHours, progress, cancellation, rowsToHold) with { Ranks = ranks };
        return arguments.GetValue(_features) == Prefix714 ? PrefixCohort.From(cohort, progress, rowsToHold, cancellation) : cohort;
    }

    /// <summary>Does a study, from its options to its folder of results.</summary>
    /// <typeparam name="TResult">What the study found.</typeparam>
    /// <param name="arguments">The command line.</param>
    /// <param name="ranks">The processes that do the study together.</param>
    /// <param name="isWorthKeeping">Whether finished work is kept without being asked.</param>
    /// <param name="study">Reads the cohort and does the work.</param>
    /// <param name="write">Writes the results.</param>
    /// <param name="print">Shows a summary.</param>
    /// <returns>The exit code.</returns>
    public int Run<TResult>(
        ParseResult arguments,
        ICollective ranks,
        bool isWorthKeeping,
        Func<ComputeOptions, IProgress<CohortProgress>, TResult> study,
        Action<TResult, RunInfo> write,
        Action<TResult> print)
    {
        using var gpu = arguments.GetValue(_device) is { } device ? Accelerators.OpenGpu(device) : null;
        var compute = new ComputeOptions { Backend = (IComputeBackend?)gpu ?? SimdBackend.Instance, MemoryLimit = MemoryLimit.Keep(arguments.GetValue(_memoryLimit)) };
        return StudyRun.Do(arguments, ranks, Folder(arguments), arguments.GetValue(_quiet), arguments.GetValue(_json), progress => study(compute, progress), WriteAndForget, print);

        void WriteAndForget(TResult result, RunInfo run)
        {
            write(result, run);
            // The results are whole: what was kept to go on from is of no more use, unless it was asked for by name.
            if (isWorthKeeping && arguments.GetValue(_journal) is null)
                WorkJournal.Remove(DefaultJournal(arguments));
        }
    }

    /// <summary>Fills in what every study is told.</summary>
    /// <typeparam name="TChoices">The options of the study.</typeparam>
    /// <param name="choices">What the study alone is told.</param>
    /// <param name="arguments">The command line.</param>
    /// <param name="isWorthKeeping">Whether finished work is kept without being asked.</param>
    /// <param name="compute">How the machine is used.</param>
    public TChoices Fill<TChoices>(TChoices choices, ParseResult arguments, bool isWorthKeeping, ComputeOptions compute)
        where TChoices : StudyChoices => choices with
        {
            Units = arguments.GetValue(_units) is { Length: > 0 } units ? units : DoublePrioritized.PaperUnits,
            SelectOn = SelectOn(arguments),
            Seed = arguments.GetValue(_seed),
            Threshold = arguments.GetValue(_threshold),
            RidgePenalty = arguments.GetValue(_ridge),
            Epochs = arguments.GetValue(_epochs),
            BatchSize = arguments.GetValue(_batch),
            ReadsPrefixesAlone = arguments.GetValue(_prefixes) == Alone,
            JournalFolder = arguments.GetValue(_journal) ?? (isWorthKeeping ? DefaultJournal(arguments) : null),
            NeighborCount = arguments.GetValue(_neighbors),
            Compute = compute,
        };

    /// <summary>Returns the folder of results.</summary>
    public string Folder(ParseResult arguments) => arguments.GetRequiredValue(_out);

    private CohortSplit SelectOn(ParseResult arguments) => arguments.GetValue(_selectOn) == "test" ? CohortSplit.Test : CohortSplit.Validation;

    private string DefaultJournal(ParseResult arguments) => Path.TrimEndingDirectorySeparator(Folder(arguments)) + ".work";
}
