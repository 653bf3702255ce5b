using System.CommandLine;
using Bench.Kernels;
using Bench.Report.Terminal;

namespace Bench.Commands;

/// <summary>The command <c>roofline</c>: what the machine does at most, and where the kernels are below it.</summary>
internal sealed class RooflineCommand : Command
{
    private readonly Option<int> _threads = new("--threads") { Description = "Roofs are measured for 1, 2, 4 and so on up to so many threads.", DefaultValueFactory = _ => Environment.ProcessorCount, HelpName = "COUNT" };
    private readonly Option<int> _smaller = new("--smaller-by") { Description = "How many times fewer rows kernels have; rows that fit caches may pass the roof of memory.", DefaultValueFactory = _ => 1, HelpName = "FACTOR" };
    private readonly Option<double> _seconds = new("--seconds") { Description = "How long each kernel runs before it is timed, and again while it is.", DefaultValueFactory = _ => 2, HelpName = "SECONDS" };
    private readonly Option<string> _out = new("--out") { Description = "Folder for the page and its numbers.", DefaultValueFactory = _ => "results-roofline", HelpName = "DIR" };

    public RooflineCommand()
        : base("roofline", "Measure arithmetic peaks and memory bandwidth, then each kernel on one thread, and draw where it is below them.")
    {
        _threads.Require(count => count is >= 1 and <= 1024, "must be 1 to 1,024");
        _smaller.Require(factor => factor is >= 1 and <= 64, "must be 1 to 64");
        _seconds.Require(seconds => seconds is >= 0 and <= 600, "must be 0 to 600");
        foreach (var option in new Option[] { _threads, _smaller, _seconds, _out })
            Options.Add(option);
        SetAction((arguments, cancellation) => Task.Run(() => UserErrors.Report(() => Run(arguments, cancellation)), CancellationToken.None));
    }

    private int Run(ParseResult arguments, CancellationToken cancellation)
    {
        var folder = arguments.GetRequiredValue(_out);
        var roofline = Roofline.Measure(arguments.GetValue(_threads), arguments.GetValue(_smaller), TimeSpan.FromSeconds(arguments.GetValue(_seconds)), cancellation);
        RooflineFiles.Write(folder, roofline);
        foreach (var kernel in roofline.Kernels)
            Console.WriteLine(FormattableString.Invariant($"{kernel.Name,-20} {kernel.Operations,9:0.00} Gop/s {kernel.Bytes,9:0.000} GB/s {kernel.ShareOfRoof,8:0.0 %}"));
        Messages.Tell($"written to {Path.Combine(folder, "roofline.html")}.");
        return ExitCode.Done;
    }
}
