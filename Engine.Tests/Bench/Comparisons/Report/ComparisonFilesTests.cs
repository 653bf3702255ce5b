using System.Text.Json.Nodes;
using Bench.Comparisons;
using Bench.Comparisons.Cases;
using Bench.Comparisons.Equality;
using Bench.Comparisons.Measurement;
using Bench.Comparisons.Report;
using Bench.Comparisons.Rivals;
using Engine.Compute;
using Engine.Numerics.Distances;
using Engine.Tests.Bench.Report;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Comparisons.Report;

public sealed class ComparisonFilesTests : IDisposable
{
    private static readonly CaseResult s_right = new("right", "uniform random", Metric.L2, 5)
    {
        RowCount = 20_000,
        QueryCount = 1_000,
        FeatureCount = 76,
        ReferenceBytes = 100_000_000,
        Engine = new EngineMeasurement([new Timing(0.5, 1.5)], 30_000_000, new SearchStatistics(1_000, 250, 10), 0.25, new MachineRoofs(40e9, 10e9)),
        Equality = new EqualityResult(200, 0, 1.5e-7, null),
        Rivals =
        [
            new RivalResult(RivalName.Faiss, RivalStatus.Measured, null)
            {
                Repetitions = [new Timing(1, 12)],
                Recall = 0.99999999,
                PeakGrowthBytes = 1_000_000,
            },
            RivalResult.Without(RivalName.ScikitLearn, RivalStatus.Absent, "No module named 'sklearn'"),
        ],
        Bars =
        [
            new BarOutcome(">= 6x faiss", Verdict.Met, "6.50x"),
            new BarOutcome(">= 6x scikit-learn", Verdict.Unknown, "scikit-learn: No module named 'sklearn'"),
        ],
    };

    private static readonly CaseResult s_wrong = s_right with
    {
        Name = "wrong",
        Equality = new EqualityResult(200, 1, double.PositiveInfinity, "query 3, neighbor 0: row 7 was found before"),
        Bars = [new BarOutcome(">= 6x faiss", Verdict.Missed, "the result is wrong")],
    };

    private static readonly CaseResult s_skipped = new("skipped", "PhysioNet 2012 hours", Metric.L1, 1) { RowCount = 10, Skipped = "PhysioNet 2012 is absent" };

    private readonly TemporaryFolder _folder = new();

    private string Out => _folder.File("new", "folder");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_Twice_LeavesTheLaterFilesAndNothingBeside()
    {
        NeighborFiles.Write(Out, Document([s_right]) with { IsComplete = false });
        _folder.Write("new/folder/other.md", "kept");
        NeighborFiles.Write(Out, Document([s_right, s_wrong, s_skipped]));
        Assert.Equal(
            ["Versions.txt", "neighbors.csv", "neighbors.json", "neighbors.md", "other.md"],
            Directory.EnumerateFileSystemEntries(Out).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("cases are missing", Text("neighbors.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Json_HoldsEveryNumber()
    {
        NeighborFiles.Write(Out, Document([s_right, s_wrong, s_skipped]));
        var document = JsonNode.Parse(Text("neighbors.json"))!;
        var right = document["cases"]![0]!;
        Assert.Equal(1.5, (double)right["engine"]!["median"]!["search"]!);
        Assert.Equal(10, (long)right["engine"]!["statistics"]!["rankedPairs"]!);
        Assert.Equal("L2", (string)right["metric"]!);
        Assert.Equal("Met", (string)right["bars"]![0]!["verdict"]!);
        Assert.Equal("No module named 'sklearn'", (string)right["rivals"]![1]!["reason"]!);
        Assert.Equal("Infinity", (string)document["cases"]![1]!["equality"]!["largestDistanceError"]!);
        Assert.Equal("PhysioNet 2012 is absent", (string)document["cases"]![2]!["skipped"]!);
    }

    [Fact]
    public void Write_Csv_HasALineForEachContender()
    {
        NeighborFiles.Write(Out, Document([s_right, s_wrong, s_skipped]));
        var lines = Text("neighbors.csv").TrimEnd().Split('\n');
        Assert.StartsWith("case,data,rows,queries,features,metric,neighborCount,contender,status,reason,buildSeconds", lines[0], StringComparison.Ordinal);
        Assert.Equal(1 + 3 + 3 + 1, lines.Length);
        Assert.Equal("right,uniform random,20000,1000,76,L2,5,engine,Measured,,0.5,1.5,2,1,,,30000000,0.25,0.01,0.25", lines[1]);
        Assert.Equal("right,uniform random,20000,1000,76,L2,5,faiss,Measured,,1,12,13,1,6.5,0.99999999,1000000,,,", lines[2]);
        Assert.Contains("scikit-learn,Absent,No module named 'sklearn',", lines[3], StringComparison.Ordinal);
        // A wrong result beats nobody.
        Assert.Contains("engine,Wrong,\"query 3, neighbor 0: row 7 was found before\",", lines[4], StringComparison.Ordinal);
        Assert.Contains("faiss,Measured,,1,12,13,1,,", lines[5], StringComparison.Ordinal);
        Assert.Contains("engine,Skipped,PhysioNet 2012 is absent,", lines[7], StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Markdown_ShowsTimesVerdictsAndReasons()
    {
        NeighborFiles.Write(Out, Document([s_right, s_wrong, s_skipped]));
        var page = Text("neighbors.md");
        var row = page.Split('\n').First(line => line.StartsWith("| right ", StringComparison.Ordinal));
        Assert.Equal(
            [
                "right", "20,000 x 1,000", "76", "L2", "5", "uniform random", "2.00 (0.500 + 1.50)", "13.0 (6.50x, recall 0.99999)", "absent", "", "", "", "",
                ">= 6x faiss: yes, 6.50x; >= 6x scikit-learn: not known, scikit-learn: No module named 'sklearn'", "75.00 %, 99.00 %", "30 %, 30.0 MB", "0.3",
            ],
            row.Trim('|').Split('|').Select(cell => cell.Trim()));
        Assert.Contains("| wrong result ", page, StringComparison.Ordinal);
        Assert.Contains("- skipped: PhysioNet 2012 is absent\n", page, StringComparison.Ordinal);
        Assert.Contains("- right, scikit-learn: absent, No module named 'sklearn'\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_StoppedQuickRun_SaysSo()
    {
        NeighborFiles.Write(Out, Document([s_right]) with { IsComplete = false, IsQuick = true });
        Assert.Contains("A quick run", Text("neighbors.md"), StringComparison.Ordinal);
        Assert.Contains("cases are missing", Text("neighbors.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Versions_HasALineForEachFact()
    {
        NeighborFiles.Write(Out, Document([]));
        Assert.Contains("date: 2026-03-04 05:06 UTC\n", Text("Versions.txt"), StringComparison.Ordinal);
        Assert.Contains("\nfaiss: 1.7.3\n", Text("Versions.txt"), StringComparison.Ordinal);
    }

    [Fact]
    public void ConsoleTable_AllKindsOfCases_ShowsReasons()
    {
        var console = new ConsoleText(width: 200);
        console.Console.Write(ConsoleTable.Build([s_right, s_wrong, s_skipped]));
        Assert.Contains("faiss: 13.0 (6.50x, recall 0.99999)", console.ToString(), StringComparison.Ordinal);
        Assert.Contains("scikit-learn: absent, No module named 'sklearn'", console.ToString(), StringComparison.Ordinal);
        Assert.Contains("row 7 was found before", console.ToString(), StringComparison.Ordinal);
        Assert.Contains("skipped: PhysioNet 2012 is absent", console.ToString(), StringComparison.Ordinal);
    }

    private static ComparisonDocument<CaseResult> Document(CaseResult[] cases) => new()
    {
        Schema = NeighborFiles.SchemaName,
        IsComplete = true,
        IsQuick = false,
        Arguments = ["compare", "neighbors"],
        StartedAt = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero),
        Options = new MeasureOptions(),
        Versions = new Dictionary<string, string> { ["faiss"] = "1.7.3" },
        Cases = cases,
    };

    private string Text(string name) => File.ReadAllText(Path.Combine(Out, name));
}
