using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Exporters.Csv;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace Bench.Kernels;

/// <summary>The suites, and how BenchmarkDotNet measures them.</summary>
/// <param name="Iterations">Times that each is measured.</param>
/// <param name="Folder">Where tables and log go.</param>
/// <param name="HasLibTorch">Whether the networks have something beside them.</param>
internal sealed record KernelSuites(int Iterations, string Folder, bool HasLibTorch)
{
    private static readonly Type[] s_kernels =
    [
        typeof(NearestRows), typeof(ComparedCodes), typeof(FitPass), typeof(ManyFits), typeof(ManyPredictions), typeof(Interpolation), typeof(RankedScores), typeof(SparseLayer), typeof(LstmSteps),
    ];
    private static readonly Type[] s_networks = [typeof(LstmMortality), typeof(LstmDecompensation), typeof(LstmPrediction), typeof(MlpEncodedRows)];

    /// <summary>How long a suite may take: BenchmarkDotNet's own five minutes end a run on a slow or busy machine.</summary>
    private static readonly TimeSpan s_limit = TimeSpan.FromHours(2);

    /// <summary>Finds what matches.</summary>
    /// <param name="patterns">Patterns of full names, such as <c>*FitPass*</c>; none for all.</param>
    /// <returns>Suites of which at least one benchmark matches, with those that do.</returns>
    public BenchmarkRunInfo[] Find(string[] patterns) =>
    [
        .. s_kernels.Select(suite => Find(suite, KernelConfig(), patterns))
            .Concat(s_networks.Select(suite => Find(suite, NetworkConfig(), patterns)))
            .Where(info => info.BenchmarksCases.Length > 0),
    ];

    private static BenchmarkRunInfo Find(Type suite, ManualConfig config, string[] patterns) =>
        BenchmarkConverter.TypeToBenchmarks(suite, patterns.Length == 0 ? config : config.AddFilter(new GlobFilter(patterns)));

    /// <summary>Kernels are over in milliseconds: many calls are one measurement.</summary>
    private ManualConfig KernelConfig() => Config(Job.Default.WithWarmupCount(3).WithIterationTime(TimeInterval.FromMilliseconds(200)))
        .AddDiagnoser(MemoryDiagnoser.Default)
        .AddColumn(KernelColumn.All);

    /// <summary>A training is one measurement.</summary>
    private ManualConfig NetworkConfig() => Config(Job.Default.WithStrategy(RunStrategy.Monitoring).WithWarmupCount(1))
        .AddFilter(new SimpleFilter(benchmark => HasLibTorch || !benchmark.Descriptor.Baseline));

    private ManualConfig Config(Job job) => ManualConfig.CreateEmpty()
        .AddJob(job.WithToolchain(new InProcessEmitToolchain(s_limit, logOutput: true)).WithIterationCount(Iterations))
        .AddColumnProvider(DefaultColumnProviders.Instance)
        .AddColumn(StatisticColumn.Median, StatisticColumn.Min)
        .AddLogger(ConsoleLogger.Default)
        .AddExporter(MarkdownExporter.GitHub, CsvExporter.Default, JsonExporter.Full)
        .WithArtifactsPath(Folder);
}
