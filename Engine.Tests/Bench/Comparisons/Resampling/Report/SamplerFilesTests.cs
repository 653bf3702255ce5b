using System.Text.Json.Nodes;
using Bench.Comparisons.Cases;
using Bench.Comparisons.Measurement;
using Bench.Comparisons.Report;
using Bench.Comparisons.Resampling;
using Bench.Comparisons.Resampling.Checks;
using Bench.Comparisons.Resampling.Measurement;
using Bench.Comparisons.Resampling.Report;
using Bench.Comparisons.Resampling.Rivals;
using Bench.Comparisons.Rivals;
using Engine.Tests.Bench.Report;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Comparisons.Resampling.Report;

public sealed class SamplerFilesTests : IDisposable
{
    private static readonly SamplerResult s_right = new("right", "smote", "simulated hours")
    {
        RowCount = 250_000,
        MinorityCount = 5_000,
        FeatureCount = 76,
        DataBytes = 100_000_000,
        ResampledCount = 490_000,
        MadeCount = 240_000,
        Engine = new SamplerMeasurement([new SamplerTiming(0.5, 0.25), new SamplerTiming(5, 1), new SamplerTiming(0.1, 0.1)], 30_000_000, 0.25, 5_000_000_000, 40e9),
        Checks = [new CheckResult("number of rows", 490_000, 0, 0, null), new CheckResult("segments", 240_000, 3, 0, null)],
        Rival = new RivalMeasurement(ImbalancedLearn.Name, RivalStatus.Measured, null) { Repetitions = [9], PeakGrowthBytes = 1_000_000, LoadBefore = 1 },
        Bars = [new BarOutcome(">= 10x imbalanced-learn", Verdict.Met, "12.00x"), new BarOutcome(">= 50 % of memory bandwidth", Verdict.Missed, "49 %")],
    };

    private static readonly SamplerResult s_wrong = s_right with
    {
        Name = "wrong",
        Checks = [new CheckResult("segments", 240_000, 0, 2, "column 3 is off")],
        Rival = new RivalMeasurement(ImbalancedLearn.Name, RivalStatus.Absent, "No module named 'imblearn'"),
        Bars = [new BarOutcome("<= 1 s", Verdict.Missed, "the result is wrong")],
    };

    private static readonly SamplerResult s_skipped = new("skipped", "enn", "simulated stays") { RowCount = 10, Skipped = "not done in 5 s" };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_Files_LeaveThoseOfOtherComparisons()
    {
        _folder.Write("out/Versions.txt", "of the neighbors");
        Write([s_right, s_wrong, s_skipped]);
        Assert.Equal(
            ["Versions.txt", "resampling.csv", "resampling.json", "resampling.md"],
            Directory.EnumerateFileSystemEntries(_folder.File("out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal("of the neighbors", Text("Versions.txt").TrimEnd());
    }

    [Fact]
    public void Write_Json_HoldsEveryNumber()
    {
        Write([s_right, s_wrong, s_skipped]);
        var document = JsonNode.Parse(Text("resampling.json"))!;
        Assert.Equal("engine-resampling-comparison", (string)document["schema"]!);
        var right = document["cases"]![0]!;
        Assert.Equal(0.25, (double)right["engine"]!["median"]!["making"]!);
        Assert.Equal(20e9, (double)right["engine"]!["makingRate"]!);
        Assert.Equal(12, (double)right["timesTheEngine"]!);
        Assert.Equal(3, (long)right["checks"]![1]!["ties"]!);
        Assert.Equal("Missed", (string)right["bars"]![1]!["verdict"]!);
        Assert.Null((double?)document["cases"]![1]!["timesTheEngine"]);
        Assert.Equal("not done in 5 s", (string)document["cases"]![2]!["skipped"]!);
    }

    [Fact]
    public void Write_Csv_HasALineForEachContender()
    {
        Write([s_right, s_wrong, s_skipped]);
        var lines = Text("resampling.csv").TrimEnd().Split('\n');
        Assert.StartsWith("case,method,data,rows,minorityRows,features,contender,status,reason,planSeconds,makingSeconds,totalSeconds", lines[0], StringComparison.Ordinal);
        Assert.Equal(1 + 2 + 2 + 1, lines.Length);
        Assert.Equal("right,smote,simulated hours,250000,5000,76,engine,Measured,,0.5,0.25,0.75,3,,490000,240000,20000000000,40000000000,30000000,0.25", lines[1]);
        Assert.Equal("right,smote,simulated hours,250000,5000,76,imbalanced-learn,Measured,,,,9,1,12,,,,,1000000,1", lines[2]);
        Assert.Contains("engine,Wrong,segments: column 3 is off,", lines[3], StringComparison.Ordinal);
        Assert.Contains("imbalanced-learn,Absent,No module named 'imblearn',", lines[4], StringComparison.Ordinal);
        Assert.Contains("engine,Skipped,not done in 5 s,", lines[5], StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Markdown_ShowsTimesVerdictsChecksAndReasons()
    {
        Write([s_right, s_wrong, s_skipped]);
        var page = Text("resampling.md");
        var row = page.Split('\n').First(line => line.StartsWith("| right ", StringComparison.Ordinal));
        Assert.Equal(
            [
                "right", "250,000 (5,000)", "76", "simulated hours", "490,000, 240,000 made", "0.750 (0.500 + 0.250)", "9.00 (12.0x)",
                ">= 10x imbalanced-learn: yes, 12.00x; >= 50 % of memory bandwidth: **no**, 49 %", "20.0 of 40.0 GB/s, 50 %", "30 %, 30.0 MB", "0.3",
            ],
            row.Trim('|').Split('|').Select(cell => cell.Trim()));
        Assert.Contains("number of rows: 490,000 right; segments: 240,000 right, 3 of them differ by ties", page, StringComparison.Ordinal);
        Assert.Contains("segments: **2 wrong**, column 3 is off", page, StringComparison.Ordinal);
        Assert.Contains("| wrong result ", page, StringComparison.Ordinal);
        Assert.Contains("- skipped: not done in 5 s\n", page, StringComparison.Ordinal);
        Assert.Contains("- wrong, imbalanced-learn: absent, No module named 'imblearn'\n", page, StringComparison.Ordinal);
        Assert.Contains("- imblearn: 0.10.0\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void ConsoleTable_AllKindsOfCases_ShowsReasons()
    {
        var console = new ConsoleText(width: 200);
        console.Console.Write(SamplerConsoleTable.Build([s_right, s_wrong, s_skipped]));
        Assert.Contains("9.00 (12.0x)", console.ToString(), StringComparison.Ordinal);
        Assert.Contains("made at 20.0 of 40.0 GB/s, 50 %", console.ToString(), StringComparison.Ordinal);
        Assert.Contains("absent, No module named 'imblearn'", console.ToString(), StringComparison.Ordinal);
        Assert.Contains("segments: column 3 is off", console.ToString(), StringComparison.Ordinal);
        Assert.Contains("skipped: not done in 5 s", console.ToString(), StringComparison.Ordinal);
    }

    private void Write(SamplerResult[] cases) => SamplerFiles.Write(_folder.File("out"), new ComparisonDocument<SamplerResult>
    {
        Schema = SamplerFiles.SchemaName,
        IsComplete = true,
        IsQuick = false,
        Arguments = ["compare", "resampling"],
        StartedAt = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero),
        Options = new MeasureOptions(),
        Versions = new Dictionary<string, string> { ["imblearn"] = "0.10.0" },
        Cases = cases,
    });

    private string Text(string name) => File.ReadAllText(Path.Combine(_folder.File("out"), name));
}
