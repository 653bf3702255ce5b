using System.CommandLine;
using Bench.Kernels;
using Bench.Report.Terminal;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Exporters.Csv;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Engine.Gpu;

namespace Bench.Commands;

/// <summary>The command <c>kernels</c>: networks timed beside libtorch in one process, by BenchmarkDotNet.</summary>
internal sealed class KernelsCommand : Command
{
    private static readonly Type[] s_suites = [typeof(LstmMortality), typeof(LstmDecompensation), typeof(LstmPrediction), typeof(MlpEncodedRows)];

    /// <summary>How long a suite may take: BenchmarkDotNet's own five minutes end a run on a slow or busy machine.</summary>
    private static readonly TimeSpan s_limit = TimeSpan.FromHours(2);

    private readonly Option<string[]> _only = new("--only") { Description = $"Suites to run, of {string.Join(", ", s_suites.Select(suite => suite.Name))}; all by default." };
    private readonly Option<int> _iterations = new("--iterations") { Description = "Times that each is measured, of which the median is shown.", DefaultValueFactory = _ => 7, HelpName = "COUNT" };
    private readonly Option<string> _out = new("--out") { Description = "Folder for the tables and the log.", DefaultValueFactory = _ => "results-kernels", HelpName = "DIR" };

    public KernelsCommand()
        : base("kernels", "Time the networks beside libtorch's own layers, in this process, after checking that both give the same probabilities.")
    {
        _only.AcceptManyOf([.. s_suites.Select(suite => suite.Name)]);
        _iterations.Require(count => count >= 1, "must be 1 or more");
        foreach (var option in new Option[] { _only, _iterations, _out })
            Options.Add(option);
        SetAction(arguments => UserErrors.Report(() => Run(arguments)));
    }

    private int Run(ParseResult arguments)
    {
        var hasTorch = Accelerators.WhyNoLibTorch() is null;
        if (!hasTorch)
            Messages.Tell($"libtorch is absent, the managed networks are timed alone: {Accelerators.WhyNoLibTorch()}");
        var config = ManualConfig.CreateEmpty()
            .AddJob(Job.Default
                .WithToolchain(new InProcessEmitToolchain(s_limit, logOutput: true))
                .WithStrategy(RunStrategy.Monitoring)
                .WithWarmupCount(1)
                .WithIterationCount(arguments.GetValue(_iterations)))
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddColumn(StatisticColumn.Median, StatisticColumn.Min)
            .AddLogger(ConsoleLogger.Default)
            .AddExporter(MarkdownExporter.GitHub, CsvExporter.Default)
            .AddFilter(new SimpleFilter(benchmark => hasTorch || !benchmark.Descriptor.Baseline))
            .WithArtifactsPath(arguments.GetRequiredValue(_out));
        var only = arguments.GetValue(_only) is { Length: > 0 } names ? names : [.. s_suites.Select(suite => suite.Name)];
        var summaries = s_suites.Where(suite => only.Contains(suite.Name)).Select(suite => BenchmarkRunner.Run(suite, config)).ToArray();
        return summaries.All(summary => !summary.HasCriticalValidationErrors && summary.Reports.All(report => report.Success)) ? 0 : 1;
    }
}
