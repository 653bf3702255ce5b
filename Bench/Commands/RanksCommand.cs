using System.CommandLine;
using Bench.Ranks;
using Bench.Report.Terminal;
using Engine.Collectives;
using Engine.Compute;

namespace Bench.Commands;

/// <summary>The command <c>ranks</c>: a fit and a search of one table on several processes, or machines, that mpirun starts.</summary>
internal sealed class RanksCommand : Command
{
    private readonly Option<string?> _npy = new("--npy") { Description = "The table, .npy of float32 or Parquet of numbers, which is written as .npy beside it first, under a path that every rank can open; each reads its own rows. Without it, ranks only say where they are.", HelpName = "FILE" };
    private readonly Option<string?> _labels = new("--labels") { Description = "One label a row, 0 or 1, .npy of uint8: for the fit and SMOTE.", HelpName = "FILE" };
    private readonly Option<string?> _queries = new("--queries") { Description = "Rows whose nearest rows of the table are searched, .npy of float32.", HelpName = "FILE" };
    private readonly Option<int> _neighbors = new("--neighbors") { Description = "How many.", DefaultValueFactory = _ => 5, HelpName = "COUNT" };
    private readonly Option<bool> _networks = new("--networks") { Description = "Train a perceptron on the rows, and LSTMs on them as hours, 48 a stay; needs --labels." };
    private readonly Option<int> _threads = new("--threads") { Description = "Threads of each rank; -1 for one a core.", DefaultValueFactory = _ => -1, HelpName = "COUNT" };
    private readonly Option<int> _repeats = new("--repeats") { Description = "How often each work is done; its time is the median.", DefaultValueFactory = _ => 1, HelpName = "COUNT" };
    private readonly Option<long?> _memoryLimit = MemoryLimit.Create("What each rank may take of memory, such as 4GB; the table then stays in its file, which every pass reads. Without it each rank copies its rows.");

    public RanksCommand()
        : base("ranks", "Fit a table and search it on the ranks that mpirun starts, or on one: time, bytes received and a digest of each result.")
    {
        _neighbors.Require(count => count >= 1, "must be 1 or more");
        _threads.Require(count => count is -1 or >= 1, "must be 1 or more, or -1");
        _repeats.Require(count => count >= 1, "must be 1 or more");
        foreach (var option in new Option[] { _npy, _labels, _queries, _neighbors, _networks, _threads, _repeats, _memoryLimit })
            Options.Add(option);
        Validators.Add(result =>
        {
            bool IsGiven(Option option) => result.GetResult(option) is { Implicit: false };
            foreach (var work in ((Option[])[_labels, _queries]).Where(work => IsGiven(work) && !IsGiven(_npy)))
                result.AddError($"{work.Name} needs {_npy.Name}, the table that it belongs to.");
            if (IsGiven(_networks) && !IsGiven(_labels))
                result.AddError($"{_networks.Name} needs {_labels.Name}, the classes that networks learn.");
        });
        SetAction((arguments, cancellation) => Task.Run(() => RankedCommand.Run(ranks => Run(arguments, ranks, cancellation)), CancellationToken.None));
    }

    private int Run(ParseResult arguments, ICollective collective, CancellationToken cancellation)
    {
        Messages.Tell($"rank {collective.Rank} of {collective.Size} on {Environment.MachineName}, process {Environment.ProcessId}, {SimdBackend.Instance.Name}");
        var compute = new ComputeOptions { MaxDegreeOfParallelism = arguments.GetValue(_threads), MemoryLimit = MemoryLimit.Keep(arguments.GetValue(_memoryLimit)), CancellationToken = cancellation };
        collective.Barrier();
        if (arguments.GetValue(_npy) is { } table)
            new RankedWork(new MeasuredCollective(collective), compute, arguments.GetValue(_repeats)).Run(table, arguments.GetValue(_labels), arguments.GetValue(_queries), arguments.GetValue(_neighbors), arguments.GetValue(_networks));
        return ExitCode.Done;
    }
}
