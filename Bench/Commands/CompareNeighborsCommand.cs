using System.CommandLine;
using Bench.Cohorts;
using Bench.Comparisons;
using Bench.Comparisons.Arrays;
using Bench.Comparisons.Cases;
using Bench.Comparisons.Measurement;
using Bench.Comparisons.Report;
using Bench.Comparisons.Rivals;
using Spectre.Console;

namespace Bench.Commands;

/// <summary>The command <c>compare neighbors</c>: neighbor search beside faiss, scikit-learn, SciPy, PyTorch and C++ programs.</summary>
internal sealed class CompareNeighborsCommand : ComparisonCommand<NeighborCase, CaseResult>
{
    private static readonly ComparisonOptionTexts s_texts = new(
        Quick: "A tenth of the rows and queries, without the cases of 2.4 million rows.",
        Timeout: "Seconds after which a rival is stopped.",
        Python: "Python with faiss, scikit-learn, SciPy and PyTorch; what it lacks is shown as absent.",
        Work: "Folder for arrays on their way to the rivals, up to 2 GB; temporary files by default.",
        Files: "neighbors.md, .csv, .json and Versions.txt");

    private readonly Option<string> _peers;
    private readonly Option<string> _physioNet2012;

    public CompareNeighborsCommand()
        : this(
            new("--peers")
            {
                Description = "Folder with cpp_peers.cpp, compiled with g++.",
                DefaultValueFactory = _ => "../shared/peers",
                HelpName = "DIR",
            },
            new("--physionet2012")
            {
                Description = "Folder of the PhysioNet 2012 challenge; its cases are skipped where it is absent.",
                DefaultValueFactory = _ => "../shared/data/physionet2012",
                HelpName = "DIR",
            })
    {
    }

    private CompareNeighborsCommand(Option<string> peers, Option<string> physioNet2012)
        : base(
            "neighbors",
            "Time neighbor search beside faiss, scikit-learn, SciPy, PyTorch and C++ programs.",
            NeighborFiles.SchemaName,
            NeighborCases.All,
            new ComparisonOptions(NeighborCases.All.Select(known => known.Name), new MeasureOptions(), s_texts),
            peers,
            physioNet2012) => (_peers, _physioNet2012) = (peers, physioNet2012);

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string> VersionsOf(ParseResult arguments, WorkFolder work, CancellationToken cancellation) =>
        new Dictionary<string, string>(ProgramsOf(arguments, work).Versions(Shared.MeasureOf(arguments).Threads, cancellation))
        {
            ["g++"] = CompiledPeers.CompilerVersion(cancellation),
        };

    /// <inheritdoc/>
    protected override void Run(
        ParseResult arguments, WorkFolder work, NeighborCase[] cases, IProgress<CohortProgress>? progress, Action<CaseResult> finished, CancellationToken cancellation)
    {
        var rivals = InstalledRivals.List(ProgramsOf(arguments, work), new CompiledPeers(arguments.GetRequiredValue(_peers), work.Path));
        var shelf = new CohortShelf(arguments.GetRequiredValue(_physioNet2012), progress);
        new NeighborComparison(shelf, rivals, Shared.MeasureOf(arguments), work.Path).Run(cases, progress, finished, cancellation);
    }

    /// <inheritdoc/>
    protected override void Write(string folder, ComparisonDocument<CaseResult> document) => NeighborFiles.Write(folder, document);

    /// <inheritdoc/>
    protected override Table Show(IReadOnlyList<CaseResult> cases) => ConsoleTable.Build(cases);

    private PythonPrograms ProgramsOf(ParseResult arguments, WorkFolder work) => new(Shared.PythonOf(arguments), work.Path);
}
