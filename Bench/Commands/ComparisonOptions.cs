using System.CommandLine;
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
    /// <param name="caseNames">The names of all cases.</param>
    /// <param name="defaults">How to measure when nothing else is said.</param>
    /// <param name="texts">What the options say of themselves.</param>
    public ComparisonOptions(IEnumerable<string> caseNames, MeasureOptions defaults, ComparisonOptionTexts texts)
    {
        _quick = new("--quick") { Description = texts.Quick };
        _repeats = new("--repeats") { Description = "Repetitions, of which the median counts.", DefaultValueFactory = _ => defaults.Repeats };
        _maxSeconds = new("--max-seconds") { Description = "Seconds after which no further repetition begins.", DefaultValueFactory = _ => defaults.MaxSeconds };
        _timeout = new("--timeout") { Description = texts.Timeout, DefaultValueFactory = _ => defaults.TimeoutSeconds };
        _threads = new("--threads") { Description = "Threads of the engine and of each rival.", DefaultValueFactory = _ => defaults.Threads };
        _python = new("--python") { Description = texts.Python, DefaultValueFactory = _ => "/usr/bin/python3", HelpName = "FILE" };
        _work = new("--work") { Description = texts.Work, HelpName = "DIR" };
        _out = new("--out") { Description = $"Folder for {texts.Files}; docs/benchmarks/ and the device by default, results/benchmarks/ for a quick run.", HelpName = "DIR" };
        _cases.AcceptManyOf([.. caseNames]);
        _repeats.Require(repeats => repeats >= 1, "must be 1 or more");
        _threads.Require(threads => threads >= 1, "must be 1 or more");
        _maxSeconds.Require(seconds => seconds is >= 0 and <= double.MaxValue, "must be 0 or more");
        _timeout.Require(seconds => seconds is > 0 and <= 1e6, "must be more than 0 and at most 1,000,000");
    }

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="others">Options of its own, shown before the folders.</param>
    public void AddTo(Command command, params Option[] others)
    {
        foreach (var option in (Option[])[_cases, _quick, _repeats, _maxSeconds, _timeout, _threads, _python, .. others, _work, _out, _quiet])
            command.Options.Add(option);
    }

    /// <summary>Returns the names of the cases to run; none for all.</summary>
    public string[] CasesOf(ParseResult arguments) => arguments.GetValue(_cases) ?? [];

    /// <summary>Returns whether to run a tenth.</summary>
    public bool IsQuick(ParseResult arguments) => arguments.GetValue(_quick);

    /// <summary>Returns whether to show errors and warnings only.</summary>
    public bool IsSilent(ParseResult arguments) => arguments.GetValue(_quiet);

    /// <summary>Returns the interpreter of Python.</summary>
    public string PythonOf(ParseResult arguments) => arguments.GetRequiredValue(_python);

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
}
