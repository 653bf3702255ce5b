using System.CommandLine;
using Bench.Kernels.Scaling;
using Bench.Report;
using Bench.Report.Terminal;

namespace Bench.Commands;

/// <summary>The command <c>scale</c>: how time and memory grow with rows, columns, neighbors, threads and stays.</summary>
internal sealed class ScaleCommand : Command
{
    private readonly Option<double> _budget = new("--budget")
    {
        Description = "Seconds that all of it may take; sizes that would take longer, or more memory than is free, are left out, with the reason.",
        DefaultValueFactory = _ => 1_800,
        HelpName = "SECONDS",
    };

    private readonly Option<int> _threads = new("--threads") { Description = "Works run on so many threads, and on 1, 2, 4 and so on up to it where threads grow.", DefaultValueFactory = _ => Environment.ProcessorCount, HelpName = "COUNT" };
    private readonly Option<bool> _quick = new("--quick") { Description = "A few thousand rows, which say nothing of growth: to see that it works." };
    private readonly Option<bool> _quiet = new("--quiet") { Description = "Show errors only." };
    private readonly Option<string> _out = new("--out") { Description = "Folder for the page and its numbers.", DefaultValueFactory = _ => "results-scale", HelpName = "DIR" };

    public ScaleCommand()
        : base("scale", "Measure time and memory of the engine's main works at rising sizes, results checked first, and fit the exponents by which they grow.")
    {
        _budget.Require(seconds => seconds is > 0 and <= 1e6, "must be above 0, and no more than 1,000,000");
        _threads.Require(count => count is >= 1 and <= 1024, "must be 1 to 1,024");
        foreach (var option in new Option[] { _budget, _threads, _quick, _quiet, _out })
            Options.Add(option);
        SetAction((arguments, cancellation) => Task.Run(() => UserErrors.Report(() => Run(arguments, cancellation)), CancellationToken.None));
    }

    private int Run(ParseResult arguments, CancellationToken cancellation)
    {
        var (folder, isQuick, threads, isQuiet) = (arguments.GetRequiredValue(_out), arguments.GetValue(_quick), arguments.GetValue(_threads), arguments.GetValue(_quiet));
        var sizes = isQuick ? ScaleSizes.Quick(threads) : ScaleSizes.Full(threads);
        var curves = ConsoleProgress.Run(progress => new ScaleRun(sizes, TimeSpan.FromSeconds(arguments.GetValue(_budget)), progress, cancellation).Run(ScaleWorks.All), isShown: !isQuiet);
        ScaleFiles.Write(folder, curves, isQuick);
        if (isQuiet)
            return ExitCode.Done;
        foreach (var curve in curves)
            Console.WriteLine($"{curve.Work.Name,-38} by {ScaleFiles.NameOf(curve.Expected.Axis),-9} time {ScalePlot.ExponentText(curve.Time),13}  memory {ScalePlot.ExponentText(curve.Memory),13}{(curve.IsFaster ? "  grows faster than expected" : "")}");
        Messages.Tell($"written to {Path.Combine(folder, "scale.html")}.");
        return ExitCode.Done;
    }
}
