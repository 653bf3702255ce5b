using System.CommandLine;
using Bench.Comparisons;
using Bench.Comparisons.Cases;
using Bench.Comparisons.Measurement;
using Bench.Comparisons.Report;

namespace Bench.Commands;

/// <summary>The options that all comparisons have: which cases, how often, how long, where from and where to.</summary>
internal sealed class ComparisonOptions
{
    private readonly Option<string[]> _cases = new("--cases")
    {
        Description = "Cases to run; all by default, in their own order.",
    };
    private readonly Option<string> _compiler = new("--compiler")
    {
        Description = "C++ compiler for the C++ programs.",
        DefaultValueFactory = _ => "g++",
        HelpName = "FILE",
    };
    private readonly Option<string> _physioNet2012 = new("--physionet2012")
    {
        Description = "Folder of the PhysioNet 2012 challenge; its cases are skipped where it is absent.",
        DefaultValueFactory = _ => "../shared/data/physionet2012",
        HelpName = "DIR",
    };
    private readonly Dictionary<string, Option<int?>> _numbers;
    private readonly ComparisonFamily _family;
    private readonly Option<bool> _quick;
    private readonly Option<int> _repeats;
    private readonly Option<double> _maxSeconds;
    private readonly Option<double> _timeout;
    private readonly Option<int> _threads;
    private readonly Option<string> _python;
    private readonly Option<string?> _work;
    private readonly Option<string?> _out;
    private readonly Option<bool> _quiet = OptionRules.Quiet();

    /// <summary>Makes the options.</summary>
    /// <param name="family">What is compared.</param>
    public ComparisonOptions(ComparisonFamily family)
    {
        var (defaults, page) = (family.Defaults, family.Page);
        _family = family;
        _numbers = family.Numbers.ToDictionary(number => number.Option, OptionOf);
        _quick = new("--quick") { Description = family.QuickText };
        _repeats = new("--repeats") { Description = "Repetitions, of which the median counts.", DefaultValueFactory = _ => defaults.Repeats };
        _maxSeconds = new("--max-seconds") { Description = "Seconds after which no further repetition begins.", DefaultValueFactory = _ => defaults.MaxSeconds };
        _timeout = new("--timeout") { Description = "Seconds after which the engine or a rival is stopped.", DefaultValueFactory = _ => defaults.TimeoutSeconds };
        _threads = new("--threads") { Description = "Threads of the engine and of each rival.", DefaultValueFactory = _ => defaults.Threads };
        _python = new("--python")
        {
            Description = $"Python with {string.Join(", ", family.Python.Names)}; what it lacks is shown as absent.",
            DefaultValueFactory = _ => "/usr/bin/python3",
            HelpName = "FILE",
        };
        _work = new("--work") { Description = $"Folder for arrays on their way to the rivals, up to {family.WorkSize}; temporary files by default.", HelpName = "DIR" };
        _out = new("--out")
        {
            Description = $"Folder for {page.Name}.md, .csv and .json; docs/benchmarks/ and the device by default, results/benchmarks/ for a quick run.",
            HelpName = "DIR",
        };
        _cases.AcceptManyOf([.. family.Cases.Select(known => known.Name)]);
        _repeats.Require(repeats => repeats >= 1, "must be 1 or more");
        _threads.Require(threads => threads >= 1, "must be 1 or more");
        _maxSeconds.Require(seconds => seconds is >= 0 and <= double.MaxValue, "must be 0 or more");
        _timeout.Require(seconds => seconds is > 0 and <= 1e6, "must be more than 0 and at most 1,000,000");
    }

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        Option[] own = [.. _numbers.Values, .. _family.Compiled is null ? Array.Empty<Option>() : [_compiler], .. _family.ReadsPhysioNet2012 ? [_physioNet2012] : Array.Empty<Option>()];
        foreach (var option in (Option[])[_cases, _quick, _repeats, _maxSeconds, _timeout, _threads, _python, .. own, _work, _out, _quiet])
            command.Options.Add(option);
    }

    /// <summary>Returns the cases to run, in their own order.</summary>
    public ComparisonCase[] CasesOf(ParseResult arguments) =>
    [
        .. ComparisonCase.Choose(_family.Cases, arguments.GetValue(_cases) ?? [], IsQuick(arguments))
            .Select(planned => _family.WithNumbers(planned, name => arguments.GetValue(_numbers[name]))),
    ];

    /// <summary>Returns whether to run a tenth.</summary>
    public bool IsQuick(ParseResult arguments) => arguments.GetValue(_quick);

    /// <summary>Returns whether to show errors and warnings only.</summary>
    public bool IsSilent(ParseResult arguments) => arguments.GetValue(_quiet);

    /// <summary>Returns the interpreter of Python.</summary>
    public string PythonOf(ParseResult arguments) => arguments.GetRequiredValue(_python);

    /// <summary>Returns the C++ compiler; none where nothing is compiled.</summary>
    public string CompilerOf(ParseResult arguments) => _family.Compiled is null ? "" : arguments.GetRequiredValue(_compiler);

    /// <summary>Returns the folder of the PhysioNet 2012 challenge; none where it is not read.</summary>
    public string PhysioNet2012Of(ParseResult arguments) => _family.ReadsPhysioNet2012 ? arguments.GetRequiredValue(_physioNet2012) : "";

    /// <summary>Returns where to work; null for the system's temporary files.</summary>
    public string? WorkOf(ParseResult arguments) => arguments.GetValue(_work);

    /// <summary>Returns the full path of the folder to write to.</summary>
    public string OutOf(ParseResult arguments) =>
        Path.GetFullPath(arguments.GetValue(_out) ?? Path.Combine(IsQuick(arguments) ? "results" : "docs", "benchmarks", Processor.DeviceName));

    /// <summary>Returns how to measure.</summary>
    public MeasureOptions MeasureOf(ParseResult arguments) => new()
    {
        Repeats = arguments.GetValue(_repeats),
        MaxSeconds = arguments.GetValue(_maxSeconds),
        Threads = arguments.GetValue(_threads),
        TimeoutSeconds = arguments.GetValue(_timeout),
    };

    private static Option<int?> OptionOf(CaseNumber number)
    {
        var option = new Option<int?>(number.Option) { Description = number.Description };
        var rule = number.Maximum is { } maximum ? $"must be {number.Minimum:N0} to {maximum:N0}" : $"must be {number.Minimum:N0} or more";
        option.Require(value => value is null || (value >= number.Minimum && value <= (number.Maximum ?? int.MaxValue)), rule);
        return option;
    }
}
