using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Bench.Cohorts;
using Bench.Report;
using Bench.Report.Equity.Results;
using Bench.Report.Prioritized;
using Bench.Report.Prioritized.Results;
using Bench.Report.Results;
using Bench.Studies;
using Bench.Studies.Arms;
using Bench.Studies.MainJob;
using Engine.Metrics;
using Engine.Tests.Bench.Report.Equity;
using Engine.Tests.Bench.Report.Prioritized;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Report;

public sealed partial class ResultsFileTests
{
    // What both formats have, described once.
    private static readonly string[] s_shared = ["run", "cohort", "warnings", "bias", "disparity"];

    [Fact]
    public void Write_EveryMetric_IsTheOneOfTheTable()
    {
        var entries = Write(SampleResult.Result)["metrics"]!.AsArray();
        var checkedCount = 0;
        foreach (var method in SampleResult.Result.Methods)
        {
            foreach (var (split, table) in method.Tables)
            {
                foreach (var row in table.Rows)
                {
                    var entry = entries.Single(entry => Text(entry, "method") == method.Method && Text(entry, "split") == SplitName.Of(split) && Text(entry, "group") == row.Group)!;
                    foreach (var metric in Enum.GetValues<ScoreMetric>())
                        Assert.Equal((method.Method, row.Group, metric, JudgedMetric.Of(row.Metrics, metric)), (method.Method, row.Group, metric, (double?)entry[MetricName.KeyOf(metric)]));
                    Assert.Equal(row.Metrics.RowCount, (long)entry["n"]!);
                    Assert.Equal(row.Metrics.Confusion.TruePositives, (long)entry["truePositives"]!);
                    checkedCount++;
                }
            }
        }

        Assert.Equal(entries.Count, checkedCount);
        Assert.Equal(ResamplingMethod.OfPaper.Count * 2 * 8, checkedCount);
    }

    [Fact]
    public void Write_GroupWithoutPositives_IsUndefinedAndTakesNoPartInDisparity()
    {
        var document = Write(SampleResult.WithoutTestPositives("80s"));
        foreach (var entry in document["metrics"]!.AsArray().Where(entry => Text(entry, "group") == "80s" && Text(entry, "split") == "test"))
        {
            Assert.True((int)entry!["n"]! > 0);
            Assert.Equal(0, (int)entry["positives"]!);
            Assert.Equal(0, (int)entry["positiveStays"]!);
            Assert.Null(entry["balancedAccuracy"]);
        }

        Assert.DoesNotContain(document["disparity"]!.AsArray(), entry => Text(entry, "split") == "test" && Text(entry, "family") == "age");
        Assert.DoesNotContain(document["intervals"]!.AsArray(), entry => Text(entry, "group") == "80s" && Text(entry, "metric") == "balancedAccuracy");
    }

    [Fact]
    public void Write_Intervals_AreThoseOfTheResult()
    {
        var document = Write(SampleResult.Result);
        var method = SampleResult.Result.Methods.Single(method => method.Method == "dp");
        var expected = method.Intervals.Single(group => group.Group == "black").Table[ScoreMetric.RecallC1]!.Value;
        var entry = document["intervals"]!.AsArray().Single(entry => Text(entry, "method") == "dp" && Text(entry, "group") == "black" && Text(entry, "metric") == "recallC1")!;
        Assert.Equal(expected, new MetricInterval((double)entry["estimate"]!, (double)entry["standardError"]!, (double)entry["lower"]!, (double)entry["upper"]!, (int)entry["undefinedDraws"]!));
        Assert.Equal(["all", "black"], document["differences"]!.AsArray().Select(entry => Text(entry, "group")).Distinct());
        Assert.DoesNotContain(document["differences"]!.AsArray(), entry => Text(entry, "method") == "none");
    }

    [Fact]
    public void Write_Fairness_IsThatOfTheCounts()
    {
        var document = Write(SampleResult.With(new MainJobOptions { Methods = [ResamplingMethod.None, "random-over"], Reference = "White" }));
        var result = SampleResult.With(new MainJobOptions { Methods = [ResamplingMethod.None, "random-over"], Reference = "white" }).Methods[1];
        var (white, black, everyone) = (CountsOf("white"), CountsOf("black"), CountsOf("all"));
        foreach (var metric in Enum.GetValues<FairnessMetric>())
        {
            Assert.Equal(Fairness.TryComputeBetweenGroups(metric, [white, black], out var between) ? between : null, Family(metric, "betweenGroups"));
            Assert.Equal(Fairness.TryComputeToOverall(metric, [white, black], everyone, out var overall) ? overall : null, Family(metric, "toOverall"));
            Assert.Equal(Fairness.TryCompare(metric, black, everyone, out var whole) ? whole : null, Group(metric, "everyone"));
            Assert.Equal(Fairness.TryCompare(metric, black, everyone.Without(black), out var rest) ? rest : null, Group(metric, "rest"));
            Assert.Equal(Fairness.TryCompare(metric, black, white, out var reference) ? reference : null, Group(metric, "reference"));
        }

        Assert.All(document["groupFairness"]!.AsArray(), entry => Assert.Equal(Text(entry, "against") == "reference" ? "white" : null, Text(entry, "reference")));
        Assert.All(document["groupFairness"]!.AsArray(), entry => Assert.Equal(entry!["estimate"] is null, entry["reason"] is not null));
        // Nobody is hispanic in the sample, and everyone else takes part.
        Assert.All(document["groupFairness"]!.AsArray().Where(entry => Text(entry, "group") == "hispanic"), entry => Assert.Equal("hispanic: no rows", Text(entry, "reason")));

        ConfusionCounts CountsOf(string group) => result.Tables[CohortSplit.Test][group].Confusion;
        double? Family(FairnessMetric metric, string comparison) => (double?)document["fairness"]!.AsArray().Single(entry =>
            Text(entry, "method") == "random-over" && Text(entry, "family") == "ethnicity" && Text(entry, "comparison") == comparison && Text(entry, "metric") == MetricName.KeyOf(metric))!["estimate"];
        double? Group(FairnessMetric metric, string against) => (double?)document["groupFairness"]!.AsArray().Single(entry =>
            Text(entry, "method") == "random-over" && Text(entry, "group") == "black" && Text(entry, "against") == against && Text(entry, "metric") == MetricName.KeyOf(metric))!["estimate"];
    }

    [Fact]
    public void Write_GroupOfOneClass_HasReasonsInPlaceOfFairnessAndCalibration()
    {
        var document = Write(SampleResult.WithoutTestPositives("80s"));
        foreach (var entry in document["groupFairness"]!.AsArray().Where(entry => Text(entry, "group") == "80s"))
            Assert.Equal(Text(entry, "metric")!.StartsWith("demographic", StringComparison.Ordinal) ? null : "80s: no row of C1", Text(entry, "reason"));
        Assert.All(document["fairness"]!.AsArray().Where(entry => Text(entry, "family") == "age" && Text(entry, "metric") == "equalOpportunityRatio"), entry =>
        {
            Assert.Null(entry!["estimate"]);
            Assert.Equal("1 of the groups has rows of C1; two are needed", Text(entry, "reason"));
        });
        foreach (var entry in document["calibration"]!.AsArray().Where(entry => Text(entry, "group") == "80s"))
        {
            Assert.Equal("no row of C1", Text(entry, "reason"));
            Assert.Null(entry!["calibrationSlope"]);
            Assert.NotNull(entry["logLoss"]);
        }
    }

    [Fact]
    public void Write_CalibrationAndAurocComparisons_AreThoseOfTheResult()
    {
        var document = Write(SampleResult.Result);
        var method = SampleResult.Result.Methods.Single(method => method.Method == "dp");
        var expected = method.Calibration.Single(group => group.Group == "black");
        var entry = Entry("calibration");
        foreach (var metric in Enum.GetValues<CalibrationMetric>())
        {
            Assert.Equal(expected.Measures[metric], (double?)entry[MetricName.KeyOf(metric)]);
            var interval = document["calibrationIntervals"]!.AsArray().Single(one => Text(one, "method") == "dp" && Text(one, "group") == "black" && Text(one, "metric") == MetricName.KeyOf(metric))!;
            Assert.Equal(expected[metric], new MetricInterval((double)interval["estimate"]!, (double)interval["standardError"]!, (double)interval["lower"]!, (double)interval["upper"]!, (int)interval["undefinedDraws"]!));
        }

        Assert.Equal((double)Metric("brier")!, (double)entry["brier"]!, 12);
        Assert.Equal((long)entry["n"]!, document["calibrationBins"]!.AsArray().Where(one => Text(one, "method") == "dp" && Text(one, "group") == "black").Sum(one => (long)one!["n"]!));
        // Every row of the sample is a patient: DeLong's errors hold.
        var compared = Entry("aurocComparisons");
        Assert.Equal((double)Metric("auroc")!, (double)compared["auroc"]!, 12);
        Assert.Equal((double)compared["auroc"]! - (double)compared["baselineAuroc"]!, (double)compared["difference"]!, 12);
        Assert.DoesNotContain(document["aurocComparisons"]!.AsArray(), one => Text(one, "method") == "none");

        JsonNode Entry(string array) => document[array]!.AsArray().Single(one => Text(one, "method") == "dp" && Text(one, "group") == "black")!;
        JsonNode? Metric(string name) => document["metrics"]!.AsArray().Single(one => Text(one, "method") == "dp" && Text(one, "group") == "black" && Text(one, "split") == "test")![name];
    }

    [Fact]
    public void Write_EmptyGroup_HasNulls()
    {
        var entry = Write(SampleResult.Result)["metrics"]!.AsArray().First(entry => Text(entry, "group") == "hispanic")!.AsObject();
        Assert.Equal(0, (int)entry["n"]!);
        Assert.True(entry.ContainsKey("auroc"));
        Assert.Null(entry["auroc"]);
    }

    [Fact]
    public void Write_Disparity_ComparesGroupsThatHaveAValue()
    {
        var document = Write(SampleResult.Result);
        var ethnicity = document["disparity"]!.AsArray().Single(entry =>
            Text(entry, "method") == "dp" && Text(entry, "split") == "test" && Text(entry, "family") == "ethnicity" && Text(entry, "metric") == "recallC1")!;
        Assert.Equal(["white", "black"], ethnicity["groups"]!.AsArray().Select(name => (string?)name));
        var table = SampleResult.Result.Methods.Single(method => method.Method == "dp").Tables[CohortSplit.Test];
        var (white, black) = (table["white"].Require(ScoreMetric.RecallC1), table["black"].Require(ScoreMetric.RecallC1));
        Assert.Equal(Math.Max(white, black) / Math.Min(white, black), (double)ethnicity["relative"]!);
        Assert.Equal(Math.Abs(white - black), (double)ethnicity["absolute"]!);
        Assert.Equal(white > black ? ("white", "black") : ("black", "white"), (Text(ethnicity, "best"), Text(ethnicity, "worst")));
        var brier = document["disparity"]!.AsArray().First(entry => Text(entry, "family") == "ethnicity" && Text(entry, "metric") == "brier" && Text(entry, "split") == "test" && Text(entry, "method") == "dp")!;
        Assert.Equal(table["white"].Brier < table["black"].Brier ? "white" : "black", Text(brier, "best"));
        Assert.Equal(["age", "ethnicity", "sex"], document["disparity"]!.AsArray().Select(entry => Text(entry, "family")).Distinct().Order());
    }

    [Fact]
    public void Write_WithoutDoublePrioritizedAndBaseline_HasNulls()
    {
        var document = Write(SampleResult.Without(ResamplingMethod.None, ResamplingMethod.DoublePrioritized));
        Assert.True(document.ContainsKey("doublePrioritized"));
        Assert.Null(document["doublePrioritized"]);
        Assert.Null(document["baselineModel"]);
    }

    [Fact]
    public void Write_CoefficientOfARunawayFit_IsNull()
    {
        var coefficients = SampleResult.Result.BaselineCoefficients!.ToArray();
        coefficients[2] = double.PositiveInfinity;
        var written = Write(SampleResult.Result with { BaselineCoefficients = coefficients })["baselineModel"]!["coefficients"]!.AsArray();
        Assert.Equal(coefficients[1], (double?)written[0]!["coefficient"]);
        Assert.Null(written[1]!["coefficient"]);
        Assert.Equal("pulse", Text(written[1], "feature"));
    }

    [Fact]
    public void Write_Names_AreThoseOfTheFormatAndTheCohort()
    {
        var document = Write(SampleResult.Result);
        Assert.Equal("engine-main-job", (string?)document["schema"]);
        Assert.Equal("2026-01-02T01:04:05+00:00", Text(document["run"], "startedAt"));
        Assert.Equal("black", Text(document["doublePrioritized"], "group"));
        Assert.Equal(7, (int)document["run"]!["seed"]!);
        Assert.True((bool)document["cohort"]!["isSimulated"]!);
    }

    [Theory]
    [InlineData("1.2.3+abc", "1.2.3", "abc")]
    [InlineData("1.2.3", "1.2.3", null)]
    public void EngineSection_InformationalVersion_IsTakenApart(string text, string version, string? commit) =>
        Assert.Equal(new EngineSection(version, commit), EngineSection.Parse(text));

    [Fact]
    public void Documentation_Fields_AreThoseOfTheFile()
    {
        var documented = Documented(File.ReadAllText(DocumentationPath()).Split("\n## ").Single(section => section.StartsWith("results.json\n", StringComparison.Ordinal)));
        var written = new[] { SampleResult.Result, SampleResult.OfNetwork }.SelectMany(result => Paths(Write(result), string.Empty)).Distinct().ToArray();
        Assert.Equal(documented.Length, documented.Distinct().Count());
        Assert.Empty(written.Except(documented));
        Assert.Empty(documented.Except(written));
    }

    [Fact]
    public void Documentation_FieldsOfTheStudy_AreThoseOfTheFile()
    {
        string[] sections = File.ReadAllText(DocumentationPath()).Split("\n## ");
        var documented = Documented(sections.Single(section => section.StartsWith("results.json of `prioritized`", StringComparison.Ordinal)))
            .Concat(Documented(sections.Single(section => section.StartsWith("results.json\n", StringComparison.Ordinal))).Where(field => s_shared.Contains(field.Split('.', '[')[0]))).ToArray();
        using var folder = new TemporaryFolder();
        var network = StudyFindings.Of(SampleStudy.OfNetwork);
        ResultsFile.Write(folder.File("one.json"), SampleStudy.Document);
        ResultsFile.Write(folder.File("other.json"), PrioritizedDocument.From(network, SampleStudy.Start));
        var written = Fields(folder.File("one.json")).Union(Fields(folder.File("other.json"))).ToArray();
        Assert.Equal(documented.Length, documented.Distinct().Count());
        Assert.Empty(written.Except(documented));
        Assert.Empty(documented.Except(written));
        var files = sections.Single(section => section.StartsWith("tables of `prioritized`", StringComparison.Ordinal));
        Assert.All(PrioritizedTables.Names, name => Assert.Contains($"| {name} |", files, StringComparison.Ordinal));
    }

    [Fact]
    public void Documentation_FieldsOfTheEquityStudy_AreThoseOfTheFile()
    {
        string[] sections = File.ReadAllText(DocumentationPath()).Split("\n## ");
        var documented = Documented(Section("results.json of `equity`"))
            .Concat(Documented(Section("results.json\n")).Where(field => field.Split('.', '[')[0] is "run" or "warnings"))
            .Concat(Documented(Section("results.json of `prioritized`")).Where(field => field.Split('.', '[')[0] is "claims" or "claimMeasures")).ToArray();
        using var folder = new TemporaryFolder();
        ResultsFile.Write(folder.File("equity.json"), SampleEquity.Document);
        var written = Fields(folder.File("equity.json")).Distinct().ToArray();
        Assert.Equal(documented.Length, documented.Distinct().Count());
        Assert.Empty(written.Except(documented));
        Assert.Empty(documented.Except(written));
        Assert.All(EquityTables.Names, name => Assert.Contains($"| {name} |", Section("tables of `equity`"), StringComparison.Ordinal));

        string Section(string title) => sections.Single(section => section.StartsWith(title, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Fields(string path) => Paths(JsonNode.Parse(File.ReadAllText(path)), string.Empty);

    private static string[] Documented(string section) => [.. FieldRow().Matches(section).Select(match => match.Groups[1].Value)];

    private static IEnumerable<string> Paths(JsonNode? node, string prefix) => node switch
    {
        JsonObject fields => fields.SelectMany(field => Paths(field.Value, $"{prefix}{field.Key}.").Prepend(prefix + field.Key)),
        JsonArray items => items.SelectMany(item => Paths(item, $"{prefix.TrimEnd('.')}[].")),
        _ => [],
    };

    private static JsonObject Write(MainJobResult result)
    {
        using var folder = new TemporaryFolder();
        ResultsFile.Write(folder.File("results.json"), ResultsDocument.From(result, SampleResult.Start));
        Assert.True(ResultFolder.IsResult(folder.File("results.json")));
        return JsonNode.Parse(File.ReadAllText(folder.File("results.json")))!.AsObject();
    }

    private static string? Text(JsonNode? node, string field) => (string?)node![field];

    private static string DocumentationPath()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Engine.sln")))
            folder = folder.Parent;
        return Path.Combine(folder.FullName, "docs", "results.md");
    }

    [GeneratedRegex(@"^\| `([^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex FieldRow();
}
