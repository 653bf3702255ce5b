using System.Text.Json.Nodes;
using Bench.Comparisons.Cases;
using Bench.Comparisons.Measurement;
using Bench.Comparisons.Prognosis;
using Bench.Comparisons.Prognosis.Measurement;
using Bench.Comparisons.Prognosis.Report;
using Bench.Comparisons.Report;
using Bench.Comparisons.Resampling.Checks;
using Bench.Comparisons.Rivals;
using Engine.Tests.Bench.Report;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Comparisons.Prognosis.Report;

public sealed class PrognosisFilesTests : IDisposable
{
    private static readonly PrognosisResult s_right = new("right", "logistic regression", 1_000_000)
    {
        FeatureCount = 76,
        DataBytes = 100_000_000,
        Engine = new PrognosisMeasurement([0.5, 0.75, 3], 3_000_000, 0.25, [new RateUnderRoof(RoofName.MemoryBandwidth, 15e9, 20e9, "GB/s")]),
        Checks = [new CheckResult("status", 1, 0, 0, null)],
        Rivals =
        [
            new RivalMeasurement("statsmodels", RivalStatus.Measured, null) { Repetitions = [9], PeakGrowthBytes = 1_000_000, LoadBefore = 1, Note = "as it is" },
            new RivalMeasurement("scikit-learn", RivalStatus.Absent, "No module named 'sklearn'"),
        ],
        Bars = [new BarOutcome(">= 10x statsmodels", Verdict.Met, "12.00x"), new BarOutcome("<= 0.1 s", Verdict.Missed, "0.75 s")],
    };

    private static readonly PrognosisResult s_wrong = s_right with { Name = "wrong", Checks = [new CheckResult("numbers", 77, 0, 2, "number 3 is off")], Rivals = [] };

    private static readonly PrognosisResult s_skipped = new("skipped", "metrics", 10) { Skipped = "little memory" };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_Json_HoldsEveryNumber()
    {
        Write();
        var document = JsonNode.Parse(Text("prognosis.json"))!;
        Assert.Equal("engine-prognosis-comparison", (string)document["schema"]!);
        var right = document["cases"]![0]!;
        Assert.Equal(0.75, (double)right["engine"]!["median"]!);
        Assert.Equal(15e9, (double)right["engine"]!["rates"]![0]!["rate"]!);
        Assert.Equal("as it is", (string)right["rivals"]![0]!["note"]!);
        Assert.Equal("Missed", (string)right["bars"]![1]!["verdict"]!);
        Assert.Equal("little memory", (string)document["cases"]![2]!["skipped"]!);
    }

    [Fact]
    public void Write_Csv_HasALineForEachContender()
    {
        Write();
        var lines = Text("prognosis.csv").TrimEnd().Split('\n');
        Assert.Equal("case,work,rows,features,contender,status,reason,seconds,repetitions,timesTheEngine,peakGrowthBytes,loadBefore", lines[0]);
        Assert.Equal("right,logistic regression,1000000,76,engine,Measured,,0.75,3,,3000000,0.25", lines[1]);
        Assert.Equal("right,logistic regression,1000000,76,statsmodels,Measured,,9,1,12,1000000,1", lines[2]);
        Assert.Contains("scikit-learn,Absent,No module named 'sklearn',", lines[3], StringComparison.Ordinal);
        Assert.Contains("engine,Wrong,numbers: number 3 is off,", lines[4], StringComparison.Ordinal);
        Assert.Contains("engine,Skipped,little memory,", lines[5], StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Markdown_ShowsTimesVerdictsChecksAndReasons()
    {
        Write();
        var page = Text("prognosis.md");
        var row = page.Split('\n').First(line => line.StartsWith("| right ", StringComparison.Ordinal));
        Assert.Equal(
            [
                "right", "logistic regression", "1,000,000 x 76", "0.750", "statsmodels 9.00 (12.0x); scikit-learn absent",
                ">= 10x statsmodels: yes, 12.00x; <= 0.1 s: **no**, 0.75 s", "75 % of memory bandwidth (15.0 of 20.0 GB/s)", "3.0 %, 3.0 MB", "0.3",
            ],
            row.Trim('|').Split('|').Select(cell => cell.Trim()));
        Assert.Contains("numbers: **2 wrong**, number 3 is off", page, StringComparison.Ordinal);
        Assert.Contains("statsmodels: 1.0 MB, 1.0, as it is", page, StringComparison.Ordinal);
        Assert.Contains("- skipped: little memory\n", page, StringComparison.Ordinal);
        Assert.Contains("- right, scikit-learn: absent, No module named 'sklearn'\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void ConsoleTable_AllKindsOfCases_ShowsReasons()
    {
        var console = new ConsoleText(width: 200);
        console.Console.Write(PrognosisConsoleTable.Build([s_right, s_wrong, s_skipped]));
        Assert.Contains("statsmodels 9.00 (12.0x)", console.ToString(), StringComparison.Ordinal);
        Assert.Contains("scikit-learn absent, No module named 'sklearn'", console.ToString(), StringComparison.Ordinal);
        Assert.Contains("numbers: number 3 is off", console.ToString(), StringComparison.Ordinal);
        Assert.Contains("skipped: little memory", console.ToString(), StringComparison.Ordinal);
    }

    private void Write() => PrognosisFiles.Write(_folder.File("out"), new ComparisonDocument<PrognosisResult>
    {
        Schema = PrognosisFiles.SchemaName,
        IsComplete = true,
        IsQuick = false,
        Arguments = ["compare", "prognosis"],
        StartedAt = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero),
        Options = new MeasureOptions(),
        Versions = new Dictionary<string, string> { ["statsmodels"] = "0.13.5" },
        Cases = [s_right, s_wrong, s_skipped],
    });

    private string Text(string name) => File.ReadAllText(Path.Combine(_folder.File("out"), name));
}
