using System.CommandLine;
using System.Globalization;
using Bench.Cohorts.Equity;
using Bench.Generators;
using Bench.Report;
using Bench.Report.Equity;
using Bench.Report.Terminal;
using Bench.Studies.Equity;
using Engine.Collectives;
using Engine.Synthesis;
using Engine.Synthesis.Language;

namespace Bench.Commands;

/// <summary>The command <c>equity</c>: the study of synthetic rows for small groups on one cohort.</summary>
internal sealed class EquityCommand : Command
{
    private const int LargestSize = 1_000_000;
    private const int DefaultMajoritySize = 1000;
    private const int DefaultMinoritySize = 100;

    private readonly EquityCohortOptions _cohort = new();
    private readonly GeneratorOptions _generator = new();
    private readonly Option<string[]> _minorities = new("--minorities") { Description = "Groups that are made small, one after the other; by default all but the majority that have rows enough." };
    private readonly Option<int[]> _minoritySizes = new("--minority-sizes") { Description = "Rows of a minority that train; 100 by default, 50,100,200 as in the paper's supplement." };
    private readonly Option<int> _majoritySize = new("--majority-size") { Description = "Rows of the majority that train, to which generators fill a minority up.", DefaultValueFactory = _ => DefaultMajoritySize, HelpName = "ROWS" };
    private readonly Option<int> _repeats = new("--repeats") { Description = "Times that rows are drawn and everything is trained.", DefaultValueFactory = _ => EquityOptions.RepeatsOfPaper, HelpName = "COUNT" };
    private readonly Option<ulong> _seed = new("--seed") { Description = "Seed of the simulation and of every draw.", DefaultValueFactory = _ => 1 };
    private readonly Option<double> _ridge = new("--ridge") { Description = "Ridge penalty on standardized features, 1 / C of scikit-learn.", DefaultValueFactory = _ => 1, HelpName = "PENALTY" };
    private readonly Option<int> _neighbors = new("--neighbors") { Description = "Neighbors of SMOTE.", DefaultValueFactory = _ => 5 };
    private readonly Option<string?> _journal = new("--journal") { Description = "Folder that keeps the replies of a language model, so that no prompt is paid for twice; <out>.replies by default, and kept.", HelpName = "DIR" };
    private readonly Option<string?> _saveRows = new("--save-rows") { Description = "New folder for the rows that every generator made in every repeat: a CSV file each, rows.csv that lists them, and the schema.", HelpName = "DIR" };
    private readonly Option<string> _out = new("--out") { Description = "Folder for results.json, tables/ and report.html; an earlier result there is replaced.", DefaultValueFactory = _ => "results-equity", HelpName = "DIR" };
    private readonly Option<bool> _json = OptionRules.Json();
    private readonly Option<bool> _quiet = OptionRules.Quiet();

    public EquityCommand()
        : base("equity", "The study of synthetic rows for small groups: baseline, weights, separate models, SMOTE, and rows of a copula or a language model.")
    {
        _minorities.AcceptNames();
        _minoritySizes.AcceptWholeNumbers();
        _minoritySizes.Require(sizes => sizes.Length > 0 && sizes.All(size => size is >= 2 and <= LargestSize) && sizes.Distinct().Count() == sizes.Length, $"must be different whole numbers from 2 to {LargestSize:N0}");
        _majoritySize.Require(size => size is >= 2 and <= LargestSize, $"must be 2 to {LargestSize:N0}");
        _repeats.Require(count => count is >= 1 and <= 10_000, "must be 1 to 10,000");
        _ridge.Require(ridge => ridge is >= 0 and <= double.MaxValue, "must be 0 or more");
        _neighbors.Require(neighbors => neighbors >= 1, "must be 1 or more");
        _cohort.AddTo(this);
        _generator.AddTo(this);
        foreach (var option in (Option[])[_minorities, _minoritySizes, _majoritySize, _repeats, _seed, _ridge, _neighbors, _journal, _saveRows, _out, _json, _quiet])
            Options.Add(option);
        Validators.Add(result =>
        {
            if (result.Errors.Any() || result.Children.Any(child => child.Errors.Any()))
                return;
            try
            {
                // What is not given has no value here yet.
                var majority = result.GetResult(_majoritySize) is { Implicit: false } ? result.GetValue(_majoritySize) : DefaultMajoritySize;
                var largest = result.GetResult(_minoritySizes) is { Implicit: false } ? result.GetValue(_minoritySizes)!.Max() : DefaultMinoritySize;
                if (largest >= majority)
                    result.AddError($"{_minoritySizes.Name} has {largest:N0}, and {_majoritySize.Name} is {majority:N0}; a minority is smaller than the majority.");
            }
            catch (InvalidOperationException)
            {
                // Not a number at all: the parser reports that by itself.
            }
        });
        SetAction((arguments, cancellation) => Task.Run(() => UserErrors.Report(() => Run(arguments, cancellation)), CancellationToken.None));
    }

    private int Run(ParseResult arguments, CancellationToken cancellation)
    {
        var folder = arguments.GetRequiredValue(_out);
        using var model = _generator.OpenModel(arguments) as IDisposable;
        using var saved = arguments.GetValue(_saveRows) is { } rows ? new SavedRows(rows, Messages.Tell) : null;
        return StudyRun.Do(
            arguments,
            OneProcess.Instance,
            folder,
            arguments.GetValue(_quiet),
            arguments.GetValue(_json),
            progress =>
            {
                var cohort = _cohort.Read(arguments, arguments.GetValue(_seed), progress, cancellation);
                _generator.Policy(arguments, !cohort.IsSimulated).Check();
                return EquityRunner.RunAsync(cohort, OptionsOf(arguments, cohort, (ITextGenerator?)model) with { ObserveMade = saved is null ? null : saved.Add }, progress, cancellation).GetAwaiter().GetResult();
            },
            (result, run) =>
            {
                ResultFolder.Write(folder, result, run, cancellation);
                saved?.PutInPlace(result.Cohort.Table.Schema);
            },
            result => ConsoleSummary.Print(result, folder, StandardConsole.Output));
    }

    private EquityOptions OptionsOf(ParseResult arguments, EquityCohort cohort, ITextGenerator? model) => new()
    {
        MajoritySize = arguments.GetValue(_majoritySize),
        MinoritySizes = SizesOf(arguments.GetValue(_minoritySizes)),
        Minorities = arguments.GetValue(_minorities) is { Length: > 0 } minorities ? minorities : null,
        Repeats = arguments.GetValue(_repeats),
        Seed = arguments.GetValue(_seed),
        RidgePenalty = arguments.GetValue(_ridge),
        Prices = _generator.Prices(arguments),
        Disclosure = model is null ? null : _generator.Policy(arguments, !cohort.IsSimulated).Describe(),
        Generators = [.. GeneratorsOf(arguments, cohort, model)],
    };

    private IEnumerable<EquityGenerator> GeneratorsOf(ParseResult arguments, EquityCohort cohort, ITextGenerator? model)
    {
        yield return new EquityGenerator("smote", "SMOTE", new SmoteSampler { NeighborCount = arguments.GetValue(_neighbors) }) { IsOfGroupOnly = true };
        if (model is not null)
        {
            var journal = new ReplyJournal(arguments.GetValue(_journal) ?? Path.TrimEndingDirectorySeparator(arguments.GetRequiredValue(_out)) + ".replies");
            var temperatures = _generator.Temperatures(arguments);
            foreach (var temperature in temperatures)
            {
                var suffix = temperatures.Count == 1 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"-{temperature}");
                yield return new EquityGenerator($"language{suffix}", $"Language model{suffix.Replace("-", " at ", StringComparison.Ordinal)}", new LlmSampler(model, _generator.Sampling(arguments, cohort.Subject, !cohort.IsSimulated, journal) with { Temperature = temperature })) { Temperature = temperature };
            }
        }
        else if (_generator.Generator(arguments) == GeneratorOptions.Copula)
        {
            yield return new EquityGenerator("copula", "Copula", new GaussianCopulaSampler());
        }
    }

    private static int[] SizesOf(int[]? sizes) => sizes is { Length: > 0 } ? sizes : [DefaultMinoritySize];
}
