using System.CommandLine;
using Bench.Cohorts;
using Bench.Cohorts.Equity;
using Bench.Cohorts.Equity.MimicEd;
using Bench.Cohorts.Equity.Simulated;

namespace Bench.Commands;

/// <summary>The options that say which cohort the study of synthetic rows reads or simulates; exactly one source, simulated visits when none is named.</summary>
internal sealed class EquityCohortOptions
{
    /// <summary>Some two thousand of them are of the smallest group.</summary>
    public const int DefaultSimulatedRows = 50_000;

    private readonly Option<string> _mimicEd = new("--mimic-ed") { Description = "Visits of MIMIC-IV-ED: master_dataset.csv of its benchmark, main_ed_dataset.csv, or a folder with train.csv and test.csv.", HelpName = "FILE|DIR" };
    private readonly Option<string> _framingham = new("--framingham") { Description = "A Framingham teaching file: the 16 columns, or the longitudinal 39 with three outcomes; its groups are men and women.", HelpName = "FILE" };
    private readonly Option<string> _support2 = new("--support2") { Description = "The SUPPORT2 file, with groups by race.", HelpName = "FILE" };
    private readonly TableOptions _table = new("every outcome");
    private readonly Option<string[]> _outcome = new("--outcome") { Description = "Columns of --table that are predicted, each of two different values.", HelpName = TableOptions.Columns, AllowMultipleArgumentsPerToken = true };
    private readonly Option<string> _groupColumn = new("--group-column") { Description = "Column of --table whose values make the groups; it is no feature.", HelpName = "COL" };
    private readonly Option<string> _majority = new("--majority") { Description = "Group of --table that the others are compared with; the largest by default.", HelpName = "NAME" };
    private readonly Option<int?> _simulateEd = new("--simulate-ed") { Description = $"Simulate so many visits like those of MIMIC-IV-ED; {MimicEdSimulator.PublishedRows:N0} are published, {DefaultSimulatedRows:N0} when no source is named.", HelpName = "ROWS" };
    private readonly Option<bool> _simulateFramingham = new("--simulate-framingham") { Description = $"Simulate the {FraminghamSimulator.PublishedRows:N0} participants of the Framingham study, with their race." };

    public EquityCohortOptions() => _simulateEd.Require(
        rows => rows is null or (>= MimicEdSimulator.MinimumRows and <= MimicEdSimulator.MaximumRows), $"must be {MimicEdSimulator.MinimumRows:N0} to {MimicEdSimulator.MaximumRows:N0}");

    /// <summary>Adds the options to a command, with the rule that sources exclude each other.</summary>
    public void AddTo(Command command)
    {
        Option[] sources = [_mimicEd, _framingham, _support2, _table.File, _simulateEd, _simulateFramingham];
        Option[] ofTable = [_outcome, _groupColumn, _majority, _table.Positive, _table.Patient, _table.Ignore, _table.Categorical, _table.Missing];
        foreach (var option in (Option[])[.. sources, .. ofTable])
            command.Options.Add(option);
        command.Validators.Add(result =>
        {
            bool IsGiven(Option option) => result.GetResult(option) is { Implicit: false };
            var named = sources.Where(IsGiven).Select(option => option.Name).ToArray();
            if (named.Length > 1)
                result.AddError($"{string.Join(" and ", named)} name more than one cohort; give one of them.");
            if (IsGiven(_table.File) && !(IsGiven(_outcome) && IsGiven(_groupColumn)))
                result.AddError($"{_table.File.Name} needs {_outcome.Name}, the columns that are predicted, and {_groupColumn.Name}, the one that makes the groups.");
            foreach (var detail in ofTable.Where(detail => IsGiven(detail) && !IsGiven(_table.File)))
                result.AddError($"{detail.Name} belongs to {_table.File.Name}, which is not given.");
        });
    }

    /// <summary>Reads or simulates the cohort.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="seed">The seed of a simulation.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellation">Stops the work.</param>
    public EquityCohort Read(ParseResult arguments, ulong seed, IProgress<CohortProgress> progress, CancellationToken cancellation)
    {
        if (arguments.GetValue(_mimicEd) is { } mimicEd)
            return MimicEdReader.Read(mimicEd, progress, cancellation);
        if (arguments.GetValue(_framingham) is { } framingham)
            return FraminghamEquity.Read(framingham, progress, cancellation);
        if (arguments.GetValue(_support2) is { } support2)
            return Support2Equity.Read(support2, progress, cancellation);
        if (arguments.GetValue(_table.File) is { } table)
            return TableEquity.Read(table, DescriptionOf(arguments), progress, cancellation);
        if (arguments.GetValue(_simulateFramingham))
            return FraminghamSimulator.Simulate(seed, cancellation: cancellation);
        return MimicEdSimulator.Simulate(seed, arguments.GetValue(_simulateEd) ?? DefaultSimulatedRows, progress, cancellation);
    }

    private TableEquityDescription DescriptionOf(ParseResult arguments) => new(arguments.GetRequiredValue(_outcome), arguments.GetRequiredValue(_groupColumn))
    {
        Majority = arguments.GetValue(_majority),
        Positive = arguments.GetValue(_table.Positive),
        Patient = arguments.GetValue(_table.Patient),
        Ignored = arguments.GetValue(_table.Ignore) ?? [],
        Categorical = arguments.GetValue(_table.Categorical) ?? [],
        MissingWords = TableOptions.WordsOf(arguments, _table.Missing),
    };
}
