using System.CommandLine;
using Bench.Cohorts;
using Bench.Comparisons;
using Bench.Comparisons.Arrays;
using Bench.Comparisons.Measurement;
using Bench.Comparisons.Report;
using Bench.Comparisons.Resampling;
using Bench.Comparisons.Resampling.Cases;
using Bench.Comparisons.Resampling.Report;
using Bench.Comparisons.Resampling.Rivals;
using Bench.Comparisons.Rivals;
using Spectre.Console;

namespace Bench.Commands;

/// <summary>The command <c>compare resampling</c>: every resampling method, some of them beside imbalanced-learn.</summary>
internal sealed class CompareResamplingCommand : ComparisonCommand<SamplerCase, SamplerResult>
{
    private static readonly ComparisonOptionTexts s_texts = new(
        Quick: "A tenth of the rows, without edited nearest neighbors at the published size.",
        Timeout: "Seconds after which a method or a rival is stopped.",
        Python: "Python with imbalanced-learn; without it, it is shown as absent.",
        Work: "Folder for arrays on their way to the rival, up to 0.8 GB; temporary files by default.",
        Files: "resampling.md, .csv and .json");

    /// <summary>Long methods run once.</summary>
    private static readonly MeasureOptions s_defaults = new() { MaxSeconds = 20 };

    public CompareResamplingCommand()
        : base(
            "resampling",
            "Time every resampling method, some of them beside imbalanced-learn.",
            SamplerFiles.SchemaName,
            SamplerCases.All,
            new ComparisonOptions(SamplerCases.All.Select(known => known.Name), s_defaults, s_texts))
    {
    }

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string> VersionsOf(ParseResult arguments, WorkFolder work, CancellationToken cancellation) =>
        ProgramsOf(arguments, work).Versions(Shared.MeasureOf(arguments).Threads, cancellation);

    /// <inheritdoc/>
    protected override void Run(
        ParseResult arguments, WorkFolder work, SamplerCase[] cases, IProgress<CohortProgress>? progress, Action<SamplerResult> finished, CancellationToken cancellation) =>
        new SamplerComparison(new CohortShelf("", progress), new ImbalancedLearn(ProgramsOf(arguments, work)), Shared.MeasureOf(arguments), work.Path)
            .Run(cases, progress, finished, cancellation);

    /// <inheritdoc/>
    protected override void Write(string folder, ComparisonDocument<SamplerResult> document) => SamplerFiles.Write(folder, document);

    /// <inheritdoc/>
    protected override Table Show(IReadOnlyList<SamplerResult> cases) => SamplerConsoleTable.Build(cases);

    private PythonPrograms ProgramsOf(ParseResult arguments, WorkFolder work) => new(Shared.PythonOf(arguments), work.Path, PythonPrograms.ResamplingScript);
}
