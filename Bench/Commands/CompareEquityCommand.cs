using System.CommandLine;
using Bench.Cohorts;
using Bench.Cohorts.Equity.Simulated;
using Bench.Comparisons;
using Bench.Comparisons.Arrays;
using Bench.Comparisons.Equity;
using Bench.Comparisons.Measurement;
using Bench.Comparisons.Prognosis;
using Bench.Comparisons.Prognosis.Cases;
using Bench.Comparisons.Prognosis.Report;
using Bench.Comparisons.Prognosis.Rivals;
using Bench.Comparisons.Report;
using Bench.Comparisons.Rivals;
using Bench.Studies.Equity;
using Spectre.Console;

namespace Bench.Commands;

/// <summary>The command <c>compare equity</c>: the study of synthetic rows beside scikit-learn and imbalanced-learn.</summary>
internal sealed class CompareEquityCommand : ComparisonCommand<PrognosisCase, PrognosisResult>
{
    private static readonly ComparisonOptionTexts s_texts = new(
        Quick: "A tenth of the rows.",
        Timeout: "Seconds after which the rival is stopped.",
        Python: "Python with scikit-learn and imbalanced-learn; without them, they are shown as absent.",
        Work: "Folder for arrays on their way to the rival, up to 0.2 GB; temporary files by default.",
        Files: "equity.md, .csv and .json");

    /// <summary>The whole study several times is enough to wait for.</summary>
    private static readonly MeasureOptions s_defaults = new() { Repeats = 3, MaxSeconds = 120, TimeoutSeconds = 3600 };

    private readonly Option<int?> _rows;
    private readonly Option<int> _studyRepeats;
    private readonly Option<int?> _rivalRepeats;

    public CompareEquityCommand()
        : this(
            new("--rows") { Description = $"Visits to simulate; {MimicEdSimulator.PublishedRows:N0} by default, those published." },
            new("--study-repeats") { Description = "Repeats of the study for each minority.", DefaultValueFactory = _ => EquityOptions.RepeatsOfPaper },
            new("--rival-repeats") { Description = "Repeats that the rival does, its time then multiplied; all by default." })
    {
    }

    private CompareEquityCommand(Option<int?> rows, Option<int> studyRepeats, Option<int?> rivalRepeats)
        : base(
            "equity",
            "Time the study of synthetic rows beside scikit-learn and imbalanced-learn.",
            EquityFiles.SchemaName,
            EquityCases.All,
            new ComparisonOptions(EquityCases.All.Select(known => known.Name), s_defaults, s_texts),
            rows,
            studyRepeats,
            rivalRepeats)
    {
        (_rows, _studyRepeats, _rivalRepeats) = (rows, studyRepeats, rivalRepeats);
        rows.Require(count => count is null or (>= SmallestCohort and <= MimicEdSimulator.MaximumRows), $"must be {SmallestCohort:N0} to {MimicEdSimulator.MaximumRows:N0}");
        studyRepeats.Require(count => count is >= 1 and <= 10_000, "must be 1 to 10,000");
        rivalRepeats.Require(count => count is null or >= 1, "must be 1 or more");
    }

    /// <summary>Fewer have no 100 rows of a minority to train on and others to judge on.</summary>
    private const int SmallestCohort = 10_000;

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string> VersionsOf(ParseResult arguments, WorkFolder work, CancellationToken cancellation) =>
        ProgramsOf(arguments, work).Versions(Shared.MeasureOf(arguments).Threads, cancellation);

    /// <inheritdoc/>
    protected override void Run(
        ParseResult arguments, WorkFolder work, PrognosisCase[] cases, IProgress<CohortProgress>? progress, Action<PrognosisResult> finished, CancellationToken cancellation)
    {
        var repeats = arguments.GetValue(_studyRepeats);
        var sized = cases.Select(planned => EquityCases.Visits(arguments.GetValue(_rows) ?? planned.RowCount, repeats, Math.Min(repeats, arguments.GetValue(_rivalRepeats) ?? repeats)));
        new PrognosisComparison(new CohortShelf("", progress), new PythonPrognosis(ProgramsOf(arguments, work)), Shared.MeasureOf(arguments), work.Path)
            .Run([.. sized], progress, finished, cancellation);
    }

    /// <inheritdoc/>
    protected override void Write(string folder, ComparisonDocument<PrognosisResult> document) => EquityFiles.Write(folder, document);

    /// <inheritdoc/>
    protected override Table Show(IReadOnlyList<PrognosisResult> cases) => PrognosisConsoleTable.Build(cases);

    private PythonPrograms ProgramsOf(ParseResult arguments, WorkFolder work) => new(Shared.PythonOf(arguments), work.Path, PythonPrograms.EquityScript);
}
