using System.CommandLine;
using Bench.Comparisons;
using Bench.Comparisons.Arrays;
using Bench.Comparisons.Cases;
using Bench.Comparisons.Measurement;
using Bench.Comparisons.Report;
using Bench.Comparisons.Rivals;
using Bench.Report;
using Spectre.Console;

namespace Bench.Commands;

/// <summary>The command <c>compare neighbors</c>: neighbor search beside faiss, scikit-learn, SciPy, PyTorch and C++ programs.</summary>
internal sealed class CompareNeighborsCommand : Command
{
    private static readonly MeasureOptions s_defaults = new();

    private readonly Option<string[]> _cases = new("--cases")
    {
        Description = "Cases to run; all by default, in their own order.",
        AllowMultipleArgumentsPerToken = true,
        HelpName = "NAME",
    };
    private readonly Option<bool> _quick = new("--quick") { Description = "A tenth of the rows and queries, without the cases of 2.4 million rows." };
    private readonly Option<int> _repeats = new("--repeats")
    {
        Description = "Repetitions, of which the median counts.",
        DefaultValueFactory = _ => s_defaults.Repeats,
    };
    private readonly Option<double> _maxSeconds = new("--max-seconds")
    {
        Description = "Seconds after which no further repetition begins.",
        DefaultValueFactory = _ => s_defaults.MaxSeconds,
    };
    private readonly Option<double> _timeout = new("--timeout")
    {
        Description = "Seconds after which a rival is stopped.",
        DefaultValueFactory = _ => s_defaults.TimeoutSeconds,
    };
    private readonly Option<int> _threads = new("--threads")
    {
        Description = "Threads of the engine and of each rival.",
        DefaultValueFactory = _ => s_defaults.Threads,
    };
    private readonly Option<string> _python = new("--python")
    {
        Description = "Python with faiss, scikit-learn, SciPy and PyTorch; what it lacks is shown as absent.",
        DefaultValueFactory = _ => "/usr/bin/python3",
        HelpName = "FILE",
    };
    private readonly Option<string> _peers = new("--peers")
    {
        Description = "Folder with cpp_peers.cpp, compiled with g++.",
        DefaultValueFactory = _ => "../shared/peers",
        HelpName = "DIR",
    };
    private readonly Option<string> _physioNet2012 = new("--physionet2012")
    {
        Description = "Folder of the PhysioNet 2012 challenge; its cases are skipped where it is absent.",
        DefaultValueFactory = _ => "../shared/data/physionet2012",
        HelpName = "DIR",
    };
    private readonly Option<string?> _work = new("--work")
    {
        Description = "Folder for arrays on their way to the rivals, up to 2 GB; temporary files by default.",
        HelpName = "DIR",
    };
    private readonly Option<string?> _out = new("--out")
    {
        Description = "Folder for neighbors.md, .csv, .json and Versions.txt; docs/benchmarks/ and the device by default, results/benchmarks/ for a quick run.",
        HelpName = "DIR",
    };

    public CompareNeighborsCommand()
        : base("neighbors", "Time neighbor search beside faiss, scikit-learn, SciPy, PyTorch and C++ programs.")
    {
        _cases.AcceptOnlyFromAmong([.. NeighborCases.All.Select(known => known.Name)]);
        _repeats.Require(repeats => repeats >= 1, "must be 1 or more");
        _threads.Require(threads => threads >= 1, "must be 1 or more");
        _maxSeconds.Require(seconds => seconds is >= 0 and <= double.MaxValue, "must be 0 or more");
        _timeout.Require(seconds => seconds is > 0 and <= 1e6, "must be more than 0 and at most 1,000,000");
        foreach (var option in new Option[] { _cases, _quick, _repeats, _maxSeconds, _timeout, _threads, _python, _peers, _physioNet2012, _work, _out })
            Options.Add(option);
        SetAction((arguments, cancellation) => Task.Run(() => UserErrors.Report(() => Run(arguments, cancellation)), CancellationToken.None));
    }

    private int Run(ParseResult arguments, CancellationToken cancellation)
    {
        var isQuick = arguments.GetValue(_quick);
        var folder = Path.GetFullPath(arguments.GetValue(_out) ?? Path.Combine(isQuick ? "results" : "docs", "benchmarks", Processor.DeviceName));
        if (File.Exists(folder))
            throw new IOException($"'{folder}' is a file; name a folder.");
        // Before the work: permissions and full disks have too many forms to be asked about.
        new PendingFolder(folder).Dispose();
        using var work = new WorkFolder(arguments.GetValue(_work));
        var programs = new PythonPrograms(arguments.GetRequiredValue(_python), work.Path);
        var document = new ComparisonDocument
        {
            IsQuick = isQuick,
            Arguments = [.. arguments.Tokens.Select(token => token.Value)],
            StartedAt = DateTimeOffset.UtcNow,
            Options = OptionsOf(arguments),
            Versions = VersionsOf(programs, arguments.GetValue(_threads), cancellation),
        };
        var rivals = InstalledRivals.List(programs, new CompiledPeers(arguments.GetRequiredValue(_peers), work.Path));
        var cases = CasesOf(arguments);
        var done = new List<CaseResult>();
        try
        {
            ConsoleProgress.Run(progress =>
            {
                var shelf = new CohortShelf(arguments.GetRequiredValue(_physioNet2012), progress);
                new NeighborComparison(shelf, rivals, document.Options, work.Path).Run(cases, progress, Keep, cancellation);
                return true;
            });
        }
        catch (OperationCanceledException) when (done.Count > 0)
        {
            Console.Error.WriteLine($"Stopped; the cases that were done are in '{folder}'.");
            return UserErrors.Interrupted;
        }

        AnsiConsole.Write(ConsoleTable.Build(done));
        AnsiConsole.WriteLine($"Written to {folder}.");
        return 0;

        void Keep(CaseResult result)
        {
            done.Add(result);
            ComparisonFiles.Write(folder, document with { Cases = done, IsComplete = done.Count == cases.Length });
        }
    }

    private NeighborCase[] CasesOf(ParseResult arguments)
    {
        var names = arguments.GetValue(_cases) ?? [];
        var chosen = NeighborCases.All.Where(known => names.Length == 0 || names.Contains(known.Name));
        if (arguments.GetValue(_quick))
            chosen = chosen.Where(known => !known.IsLarge).Select(known => known.ToQuick());
        return [.. chosen];
    }

    private MeasureOptions OptionsOf(ParseResult arguments) => new()
    {
        Repeats = arguments.GetValue(_repeats),
        MaxSeconds = arguments.GetValue(_maxSeconds),
        Threads = arguments.GetValue(_threads),
        TimeoutSeconds = arguments.GetValue(_timeout),
    };

    private static Dictionary<string, string> VersionsOf(PythonPrograms programs, int threads, CancellationToken cancellation) =>
        new(programs.Versions(threads, cancellation)) { ["g++"] = CompiledPeers.CompilerVersion(cancellation) };
}
