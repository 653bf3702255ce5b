using System.CommandLine;
using Bench.Kernels;
using Bench.Report.Terminal;
using BenchmarkDotNet.Running;
using Engine.Gpu;

namespace Bench.Commands;

/// <summary>The command <c>kernels</c>: kernels timed beside scalar C# and TensorPrimitives, networks beside libtorch, in one process, by BenchmarkDotNet.</summary>
internal sealed class KernelsCommand : Command
{
    private readonly Option<bool> _list = new("--list") { Description = "Show the names of what would run, and run nothing." };
    private readonly Option<string[]> _filter = new("--filter") { Description = "What to run: patterns of the names that --list shows, such as *FitPass*; all by default." };
    private readonly Option<int> _iterations = new("--iterations") { Description = "Times that each is measured, of which the median is shown.", DefaultValueFactory = _ => 7, HelpName = "COUNT" };
    private readonly Option<string> _out = new("--out") { Description = "Folder for the tables and the log.", DefaultValueFactory = _ => "results-kernels", HelpName = "DIR" };

    public KernelsCommand()
        : base("kernels", "Time kernels beside scalar C# and TensorPrimitives, and the networks beside libtorch's own layers, in this process, after checking that all give the same.")
    {
        _filter.AcceptNames();
        _filter.HelpName = "PATTERN,PATTERN,...";
        _iterations.Require(count => count >= 1, "must be 1 or more");
        foreach (var option in new Option[] { _list, _filter, _iterations, _out })
            Options.Add(option);
        SetAction(arguments => UserErrors.Report(() => Run(arguments)));
    }

    private int Run(ParseResult arguments)
    {
        var whyNoTorch = Accelerators.WhyNoLibTorch();
        var suites = new KernelSuites(arguments.GetValue(_iterations), arguments.GetRequiredValue(_out), HasLibTorch: whyNoTorch is null);
        var patterns = arguments.GetValue(_filter) ?? [];
        var found = suites.Find(patterns);
        if (found.Length == 0)
        {
            Messages.Tell($"nothing is named like {string.Join(", ", patterns)}; --list shows all names.");
            return ExitCode.Failed;
        }

        if (arguments.GetValue(_list))
        {
            foreach (var name in found.SelectMany(info => info.BenchmarksCases).Select(benchmark => benchmark.Descriptor.GetFilterName()).Distinct())
                Console.WriteLine(name);
            return ExitCode.Done;
        }

        if (whyNoTorch is not null && found.Any(info => info.Type.IsAssignableTo(typeof(NetworkKernels))))
            Messages.Tell($"libtorch is absent, the managed networks are timed alone: {whyNoTorch}");
        var summaries = BenchmarkRunner.Run(found);
        return summaries.All(summary => !summary.HasCriticalValidationErrors && summary.Reports.All(report => report.Success)) ? ExitCode.Done : ExitCode.Failed;
    }
}
