using System.Text.Json.Nodes;
using Bench.Comparisons.Cases;
using Bench.Comparisons.Checks;
using Bench.Comparisons.Measurement;
using Bench.Comparisons.Report;
using Bench.Comparisons.Resampling;
using Engine.Tests.Bench.Report;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Comparisons.Report;

public sealed class ComparisonFilesTests : IDisposable
{
    private static readonly FamilyPage s_family = SamplerCases.Family.Page with
    {
        Columns = [.. SamplerCases.Family.Page.Columns, Column.Beside, Column.Work],
    };

    private static readonly CaseResult s_right = new("right", "smote", "simulated hours", 250_000)
    {
        FeatureCount = 76,
        DataBytes = 100_000_000,
        Facts = new Dictionary<string, long> { [SamplerWork.MinorityRows] = 5_000, [SamplerWork.ResampledRows] = 490_000, [SamplerWork.MadeRows] = 240_000 },
        Engine = new Contender(Contender.Engine, ContenderStatus.Measured)
        {
            Repetitions = [[0.5, 0.25], [5, 1], [0.1, 0.1]],
            PeakGrowthBytes = 30_000_000,
            LoadBefore = 0.25,
        },
        Rates = [new RateUnderRoof(RoofName.MemoryBandwidth, 15e9, 20e9, "GB/s")],
        Checks = [new CheckResult("number of rows", 490_000, 0, 0, null), new CheckResult("segments", 240_000, 3, 0, null) { LargestError = 1.5e-7 }],
        Rivals =
        [
            new Contender(SamplerCases.ImbalancedLearn, ContenderStatus.Measured)
            {
                Version = "0.10.0", Repetitions = [[9]], PeakGrowthBytes = 1_000_000, LoadBefore = 1, Recall = 0.99999999, Note = "as it is",
            },
            new Contender("slow", ContenderStatus.TimedOut, "not done in 5 s"),
        ],
        Bars = [new BarOutcome(">= 10x imbalanced-learn", Verdict.Met, "12.00x"), new BarOutcome(">= 50 % of memory bandwidth", Verdict.Missed, "49 %")],
    };

    private static readonly CaseResult s_wrong = s_right with
    {
        Name = "wrong",
        Checks = [new CheckResult("segments", 240_000, 0, 2, "column 3 is off") { LargestError = double.PositiveInfinity }],
        Rivals = [new Contender(SamplerCases.ImbalancedLearn, ContenderStatus.Absent, "No module named 'imblearn'")],
        Bars = [new BarOutcome("<= 1 s", Verdict.Unknown, "not measured")],
    };

    private static readonly CaseResult s_skipped = new("skipped", "enn", "simulated stays", 10) { Skipped = "little memory" };

    private readonly TemporaryFolder _folder = new();

    private string Out => _folder.File("new", "folder");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_Twice_LeavesTheLaterFilesAndThoseOfOthers()
    {
        Write([s_right], isComplete: false);
        Assert.Contains("cases are missing", Text("md"), StringComparison.Ordinal);
        _folder.Write("new/folder/other.md", "kept");
        Write([s_right, s_wrong, s_skipped]);
        Assert.Equal(
            ["other.md", "resampling.csv", "resampling.json", "resampling.md"],
            Directory.EnumerateFileSystemEntries(Out).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("cases are missing", Text("md"), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Json_HoldsEveryNumber()
    {
        Write([s_right, s_wrong, s_skipped]);
        var document = JsonNode.Parse(Text("json"))!;
        Assert.Equal(("engine-resampling-comparison", 2), ((string)document["schema"]!, (int)document["schemaVersion"]!));
        Assert.Equal("making", (string)document["phases"]![1]!);
        var right = document["cases"]![0]!;
        Assert.Equal((0.25, 0.75), ((double)right["engine"]!["median"]![1]!, (double)right["engine"]!["seconds"]!));
        Assert.Equal(240_000, (long)right["facts"]!["madeRows"]!);
        Assert.Equal(15e9, (double)right["rates"]![0]!["rate"]!);
        Assert.Equal(3, (long)right["checks"]![1]!["ties"]!);
        Assert.Equal(("0.10.0", "as it is"), ((string)right["rivals"]![0]!["version"]!, (string)right["rivals"]![0]!["note"]!));
        Assert.Equal(("TimedOut", "not done in 5 s"), ((string)right["rivals"]![1]!["status"]!, (string)right["rivals"]![1]!["reason"]!));
        Assert.Equal("Missed", (string)right["bars"]![1]!["verdict"]!);
        Assert.Equal("Infinity", (string)document["cases"]![1]!["checks"]![0]!["largestError"]!);
        Assert.Equal("little memory", (string)document["cases"]![2]!["skipped"]!);
    }

    [Fact]
    public void Write_Csv_HasALineForEachContender()
    {
        Write([s_right, s_wrong, s_skipped]);
        var lines = Text("csv").TrimEnd().Split('\n');
        Assert.Equal(
            "case,work,data,rows,features,minorityRows,resampledRows,madeRows,contender,version,status,reason,planSeconds,makingSeconds,totalSeconds,repetitions,timesTheEngine,recall,peakGrowthBytes,loadBefore",
            lines[0]);
        Assert.Equal(1 + 3 + 2 + 1, lines.Length);
        Assert.Equal("right,smote,simulated hours,250000,76,5000,490000,240000,engine,,Measured,,0.5,0.25,0.75,3,,,30000000,0.25", lines[1]);
        Assert.Equal("right,smote,simulated hours,250000,76,5000,490000,240000,imbalanced-learn,0.10.0,Measured,,,,9,1,12,0.99999999,1000000,1", lines[2]);
        Assert.Contains("engine,,Wrong,segments: column 3 is off,", lines[4], StringComparison.Ordinal);
        Assert.Contains("imbalanced-learn,,Absent,No module named 'imblearn',", lines[5], StringComparison.Ordinal);
        Assert.Equal("skipped,enn,simulated stays,10,0,,,,engine,,Skipped,little memory,,,,0,,,,", lines[6]);
    }

    [Fact]
    public void Write_Markdown_ShowsTimesVersionsVerdictsChecksAndReasons()
    {
        Write([s_right, s_wrong, s_skipped]);
        var page = Text("md");
        var row = page.Split('\n').First(line => line.StartsWith("| right ", StringComparison.Ordinal));
        Assert.Equal(
            [
                "right", "250,000 x 76", "5,000", "simulated hours", "490,000", "240,000", "0.750 (0.500 + 0.250)", "9.00 (12.0x, recall 0.99999)",
                ">= 10x imbalanced-learn: yes, 12.00x; >= 50 % of memory bandwidth: **no**, 49 %", "75 % of memory bandwidth (15.0 of 20.0 GB/s)", "30.0 %, 30.0 MB", "0.3",
                "imbalanced-learn 0.10.0: 9.00 (12.0x, recall 0.99999); slow: timed out", "smote",
            ],
            row.Trim('|').Split('|').Select(cell => cell.Trim()));
        Assert.Contains("| imbalanced-learn 0.10.0, s (ratio) |", page, StringComparison.Ordinal);
        Assert.Contains("number of rows: 490,000 right; segments: 240,000 right, largest error 1.5e-7, 3 of them differ by ties", page, StringComparison.Ordinal);
        Assert.Contains("imbalanced-learn 0.10.0: recall 0.99999, 1.0 MB, 1.0, as it is", page, StringComparison.Ordinal);
        Assert.Contains("segments: **2 wrong**, column 3 is off", page, StringComparison.Ordinal);
        Assert.Contains("<= 1 s: not known, not measured", page, StringComparison.Ordinal);
        Assert.Contains("| wrong result ", page, StringComparison.Ordinal);
        Assert.Contains("- skipped: little memory\n", page, StringComparison.Ordinal);
        Assert.Contains("- wrong, imbalanced-learn: absent, No module named 'imblearn'\n", page, StringComparison.Ordinal);
        Assert.Contains("- date: 2026-03-04 05:06 UTC\n", page, StringComparison.Ordinal);
        Assert.Contains("- imblearn: 0.10.0\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_QuickRunOfAnyFamily_SaysSoAndHowToReadIt()
    {
        foreach (var family in ComparisonFamilyTests.Families)
        {
            ComparisonFiles.Write(Out, family.Page, Document([]) with { IsQuick = true });
            var page = File.ReadAllText(Path.Combine(Out, $"{family.Name}.md"));
            Assert.Contains("A quick run", page, StringComparison.Ordinal);
            Assert.Contains("- Not run: ", page, StringComparison.Ordinal);
            Assert.Contains("about 2 is this run alone", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ConsoleTable_AllKindsOfCases_ShowsReasons()
    {
        var console = new ConsoleText(width: 200);
        console.Console.Write(ConsoleTable.Build(s_family, [s_right, s_wrong, s_skipped]));
        Assert.Contains("imbalanced-learn 0.10.0: 9.00 (12.0x, recall 0.99999)", console.ToString(), StringComparison.Ordinal);
        Assert.Contains("75 % of memory bandwidth (15.0 of 20.0 GB/s)", console.ToString(), StringComparison.Ordinal);
        Assert.Contains("absent, No module named 'imblearn'", console.ToString(), StringComparison.Ordinal);
        Assert.Contains("segments: column 3 is off", console.ToString(), StringComparison.Ordinal);
        Assert.Contains("skipped: little memory", console.ToString(), StringComparison.Ordinal);
    }

    private void Write(CaseResult[] cases, bool isComplete = true) => ComparisonFiles.Write(Out, s_family, Document(cases) with { IsComplete = isComplete });

    private static ComparisonDocument Document(CaseResult[] cases) => new()
    {
        Schema = s_family.Schema,
        IsQuick = false,
        Arguments = ["compare", "resampling"],
        StartedAt = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero),
        Options = new MeasureOptions(),
        Versions = new Dictionary<string, string> { ["imblearn"] = "0.10.0" },
        Phases = s_family.Phases,
        Cases = cases,
    };

    private string Text(string extension) => File.ReadAllText(Path.Combine(Out, $"resampling.{extension}"));
}
