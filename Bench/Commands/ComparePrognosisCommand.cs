using System.CommandLine;
using Bench.Cohorts;
using Bench.Comparisons;
using Bench.Comparisons.Arrays;
using Bench.Comparisons.Measurement;
using Bench.Comparisons.Prognosis;
using Bench.Comparisons.Prognosis.Cases;
using Bench.Comparisons.Prognosis.Report;
using Bench.Comparisons.Prognosis.Rivals;
using Bench.Comparisons.Report;
using Bench.Comparisons.Rivals;
using Spectre.Console;

namespace Bench.Commands;

/// <summary>The command <c>compare prognosis</c>: fits, metrics and prefix features, some of them beside statsmodels and scikit-learn.</summary>
internal sealed class ComparePrognosisCommand : ComparisonCommand<PrognosisCase, PrognosisResult>
{
    private static readonly ComparisonOptionTexts s_texts = new(
        Quick: "A tenth of the rows.",
        Timeout: "Seconds after which a rival is stopped.",
        Python: "Python with statsmodels and scikit-learn; what it lacks is shown as absent.",
        Work: "Folder for arrays on their way to the rivals, up to 0.4 GB; temporary files by default.",
        Files: "prognosis.md, .csv and .json");

    /// <summary>Long work runs once.</summary>
    private static readonly MeasureOptions s_defaults = new() { MaxSeconds = 20 };

    public ComparePrognosisCommand()
        : base(
            "prognosis",
            "Time logistic regression, metrics and prefix features, some of them beside statsmodels and scikit-learn.",
            PrognosisFiles.SchemaName,
            PrognosisCases.All,
            new ComparisonOptions(PrognosisCases.All.Select(known => known.Name), s_defaults, s_texts))
    {
    }

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string> VersionsOf(ParseResult arguments, WorkFolder work, CancellationToken cancellation) =>
        ProgramsOf(arguments, work).Versions(Shared.MeasureOf(arguments).Threads, cancellation);

    /// <inheritdoc/>
    protected override void Run(
        ParseResult arguments, WorkFolder work, PrognosisCase[] cases, IProgress<CohortProgress>? progress, Action<PrognosisResult> finished, CancellationToken cancellation) =>
        new PrognosisComparison(new CohortShelf("", progress), new PythonPrognosis(ProgramsOf(arguments, work)), Shared.MeasureOf(arguments), work.Path)
            .Run(cases, progress, finished, cancellation);

    /// <inheritdoc/>
    protected override void Write(string folder, ComparisonDocument<PrognosisResult> document) => PrognosisFiles.Write(folder, document);

    /// <inheritdoc/>
    protected override Table Show(IReadOnlyList<PrognosisResult> cases) => PrognosisConsoleTable.Build(cases);

    private PythonPrograms ProgramsOf(ParseResult arguments, WorkFolder work) => new(Shared.PythonOf(arguments), work.Path, PythonPrograms.PrognosisScript);
}
