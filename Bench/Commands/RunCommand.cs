using System.CommandLine;
using System.Diagnostics;
using Bench.Cohorts;
using Bench.Cohorts.Mimic3;
using Bench.Report;
using Bench.Report.Terminal;
using Bench.Studies;
using Bench.Studies.Arms;
using Bench.Studies.MainJob;
using Engine.Compute;
using Engine.Gpu;

namespace Bench.Commands;

/// <summary>The command <c>run</c>: a cohort, every resampling method, metrics for every subgroup, a folder of results.</summary>
internal sealed class RunCommand : Command
{
    private const string LastHour = "last-hour";
    private const string Prefix714 = "prefix-714";

    private static readonly MainJobOptions s_defaults = new();

    private readonly CohortOptions _cohort = new();
    private readonly Option<string> _features = new("--features") { Description = "What models see of a time series: its last hour in 76 columns, or the 714 summaries of the whole prefix; for --mimic3 and --simulate.", DefaultValueFactory = _ => LastHour };
    private readonly Option<string> _group = new("--group") { Description = "Group that DP serves, such as black, female or 80s; by default the one with the fewest stays of class 1 to fit on among those with 20 or more there, 20 of each class to choose on and 20 of class 1 in the test.", HelpName = "NAME" };
    private readonly Option<string[]> _methods = new("--methods") { Description = $"Resampling methods, of {string.Join(", ", ResamplingMethod.All)}; by default those of the paper: {string.Join(",", ResamplingMethod.OfPaper)}." };
    private readonly Option<int[]> _units = new("--units") { Description = $"Numbers of units that DP tries; by default {string.Join(",", s_defaults.Units)}." };
    private readonly Option<string> _selectOn = new("--select-on") { Description = "Rows on which DP chooses; the paper chose on test.", DefaultValueFactory = _ => "validation" };
    private readonly Option<ulong> _seed = new("--seed") { Description = "Seed of the simulation and of every draw.", DefaultValueFactory = _ => 1 };
    private readonly Option<double> _threshold = new("--threshold") { Description = "Probability from which a row counts as class 1.", DefaultValueFactory = _ => 0.5 };
    private readonly Option<string> _model = new("--model") { Description = $"Model that every method trains: {string.Join(", ", StudyModel.All)}. An LSTM reads the hours of a time series.", DefaultValueFactory = _ => StudyModel.Logistic };
    private readonly Option<int?> _epochs = new("--epochs") { Description = "Epochs of a network; by default 25 of mlp, 20 of lstm, 10 of lstm on decompensation.", HelpName = "COUNT" };
    private readonly Option<int?> _batch = new("--batch") { Description = "Samples of a batch of a network; by default 20 of mlp, 8 of lstm, 32 stays on decompensation.", HelpName = "SAMPLES" };
    private readonly Option<string?> _journal = new("--journal") { Description = "Folder that keeps finished work, so that the same command goes on after Ctrl-C or a crash; by default <out>.work while a network is trained, removed at the end.", HelpName = "DIR" };
    private readonly Option<double?> _ridge = new("--ridge") { Description = "Ridge penalty on standardized features, 1 / C of scikit-learn; by default that of the cohort's published model.", HelpName = "PENALTY" };
    private readonly Option<int> _neighbors = new("--neighbors") { Description = "Neighbors of SMOTE, Borderline-SMOTE and ADASYN.", DefaultValueFactory = _ => 5 };
    private readonly Option<string?> _device = new("--device") { Description = "GPU that searches neighbors, by index or a part of its name as `devices` shows them; by default the processor does. No result depends on it.", HelpName = "NAME|INDEX" };
    private readonly Option<string> _out = new("--out") { Description = "Folder for results.json, tables/ and report.html; an earlier result there is replaced.", DefaultValueFactory = _ => "results", HelpName = "DIR" };
    private readonly Option<bool> _quiet = OptionRules.Quiet();

    public RunCommand()
        : base("run", "Read or simulate a cohort, report bias, resample with every method, fit, select by DP, show metrics per subgroup.")
    {
        _features.AcceptOneOf(LastHour, Prefix714);
        _methods.AcceptManyOf([.. ResamplingMethod.All]);
        _selectOn.AcceptOneOf("validation", "test");
        _units.AcceptWholeNumbers();
        _units.Require(units => units.Length > 0 && units.All(count => count >= 1) && units.Distinct().Count() == units.Length, "must be different whole numbers from 1");
        _threshold.Require(threshold => threshold is > 0 and < 1, "must lie between 0 and 1");
        _ridge.Require(ridge => ridge is null or (>= 0 and <= double.MaxValue), "must be 0 or more");
        _model.AcceptOneOf([.. StudyModel.All]);
        _epochs.Require(epochs => epochs is null or >= 1, "must be 1 or more");
        _batch.Require(samples => samples is null or >= 1, "must be 1 or more");
        _neighbors.Require(neighbors => neighbors >= 1, "must be 1 or more");
        _cohort.AddTo(this);
        foreach (var option in new Option[] { _features, _group, _methods, _units, _selectOn, _seed, _threshold, _model, _epochs, _batch, _journal, _ridge, _neighbors, _device, _out, _quiet })
            Options.Add(option);
        SetAction((arguments, cancellation) => Task.Run(() => UserErrors.Report(() => Run(arguments, cancellation)), CancellationToken.None));
    }

    private int Run(ParseResult arguments, CancellationToken cancellation)
    {
        var folder = arguments.GetRequiredValue(_out);
        var (startedAt, clock) = (DateTimeOffset.UtcNow, Stopwatch.StartNew());
        // Before the work: hours of it must not end at a folder that cannot be written to.
        ResultFolder.CheckWritable(folder, Messages.Tell);
        using var gpu = arguments.GetValue(_device) is { } device ? Accelerators.OpenGpu(device) : null;
        var result = ConsoleProgress.Run(progress =>
        {
            var cohort = _cohort.Read(arguments, arguments.GetValue(_seed), StudyModel.ReadsHours(arguments.GetRequiredValue(_model)), progress, cancellation);
            if (arguments.GetValue(_features) == Prefix714)
                cohort = PrefixCohort.From(cohort, progress, cancellation);
            return MainJobRunner.Run(cohort, OptionsOf(arguments) with { Compute = new() { Backend = (IComputeBackend?)gpu ?? SimdBackend.Instance } }, progress, cancellation);
        }, isShown: !arguments.GetValue(_quiet));
        ResultFolder.Write(folder, result, new RunInfo([.. arguments.Tokens.Select(token => token.Value)], startedAt, clock.Elapsed), cancellation);
        // The results are whole: what was kept to go on from is of no more use, unless it was asked for by name.
        if (arguments.GetValue(_journal) is null && JournalFolderOf(arguments) is { } work)
            Directory.Delete(work, recursive: true);
        if (!arguments.GetValue(_quiet))
            ConsoleSummary.Print(result, folder, StandardConsole.Output);
        return 0;
    }

    private string? JournalFolderOf(ParseResult arguments) =>
        arguments.GetValue(_journal) ?? (arguments.GetValue(_model) == StudyModel.Logistic ? null : Path.TrimEndingDirectorySeparator(arguments.GetRequiredValue(_out)) + ".work");

    private MainJobOptions OptionsOf(ParseResult arguments) => new()
    {
        Methods = arguments.GetValue(_methods) is { Length: > 0 } methods ? methods.Distinct().ToArray() : s_defaults.Methods,
        Group = arguments.GetValue(_group),
        Units = arguments.GetValue(_units) is { Length: > 0 } units ? units : s_defaults.Units,
        SelectOn = arguments.GetValue(_selectOn) == "test" ? CohortSplit.Test : CohortSplit.Validation,
        Seed = arguments.GetValue(_seed),
        Threshold = arguments.GetValue(_threshold),
        Model = arguments.GetRequiredValue(_model),
        Epochs = arguments.GetValue(_epochs),
        BatchSize = arguments.GetValue(_batch),
        JournalFolder = JournalFolderOf(arguments),
        RidgePenalty = arguments.GetValue(_ridge),
        NeighborCount = arguments.GetValue(_neighbors),
    };
}
