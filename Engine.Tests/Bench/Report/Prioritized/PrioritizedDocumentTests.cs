using System.Globalization;
using System.Text.Json.Nodes;
using Bench.Cohorts;
using Bench.Report;
using Bench.Report.Prioritized.Results;
using Bench.Report.Results;
using Bench.Studies;
using Bench.Studies.Prioritized;
using CsvHelper;
using Engine.Metrics;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Report.Prioritized;

public sealed class PrioritizedDocumentTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly JsonObject _document;

    public PrioritizedDocumentTests()
    {
        ResultsFile.Write(_folder.File("results.json"), SampleStudy.Document);
        PrioritizedTables.Write(_folder.Path, SampleStudy.Document);
        _document = JsonNode.Parse(File.ReadAllText(_folder.File("results.json")))!.AsObject();
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("claims", "claims")]
    [InlineData("claim-measures", "claimMeasures")]
    [InlineData("bias", "bias")]
    [InlineData("arms", "arms")]
    [InlineData("metrics", "metrics")]
    [InlineData("summary", "summary")]
    [InlineData("differences", "differences")]
    [InlineData("units", "units")]
    [InlineData("shares", "shares")]
    [InlineData("cross-group", "crossGroup")]
    [InlineData("disparity", "disparity")]
    [InlineData("skipped", "skipped")]
    public void Write_Table_HasTheFieldsAndValuesOfItsArray(string table, string array)
    {
        var entries = _document[array]!.AsArray();
        using var reader = new CsvReader(new StreamReader(_folder.File($"{table}.csv")), CultureInfo.InvariantCulture);
        reader.Read();
        reader.ReadHeader();
        Assert.Equal(entries[0]!.AsObject().Select(field => field.Key), reader.HeaderRecord!);
        foreach (var entry in entries)
        {
            Assert.True(reader.Read());
            Assert.Equal(entry!.AsObject().Select(field => CellOf(field.Value)), reader.Parser.Record!);
        }

        Assert.False(reader.Read());
    }

    [Fact]
    public void Names_AreTheFilesWritten() => Assert.Equal(
        PrioritizedTables.Names.Order(StringComparer.Ordinal), Directory.EnumerateFiles(_folder.Path, "*.csv").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));

    [Fact]
    public void Write_EveryMetric_IsTheOneOfItsArm()
    {
        var entries = _document["metrics"]!.AsArray();
        var place = 0;
        foreach (var arm in SampleStudy.Result.Arms)
        {
            foreach (var (split, rows) in arm.Tables.OrderBy(table => table.Key))
            {
                foreach (var row in rows)
                {
                    var entry = entries[place++]!;
                    Assert.Equal((arm.Name.Method, arm.Name.Served, arm.Repeat, SplitName.Of(split), row.Group), ((string?)entry["method"], (string?)entry["served"], (int)entry["repeat"]!, (string?)entry["split"], (string?)entry["group"]));
                    Assert.Equal((row.Metrics.RowCount, row.Metrics.PositiveCount, row.Metrics.Confusion.FalseNegatives), ((long)entry["n"]!, (long)entry["positives"]!, (long)entry["falseNegatives"]!));
                    // A group without C1 to learn from, or without both classes to be judged on, has no values.
                    var isJudged = JudgedMetric.HasBothClasses(row.Metrics) && SampleStudy.Result.Bias[CohortSplit.Train].Single(counts => counts.Group == row.Group).PositiveCount > 0;
                    Assert.Equal(isJudged ? row.Metrics[ScoreMetric.RecallC1] : null, (double?)entry["recallC1"]);
                }
            }
        }

        // Five methods, of which two serve three groups each: nine arms, two repeats, two splits.
        Assert.Equal((entries.Count, 9 * 2 * 2 * SampleStudy.Result.Cohort.Groups.Names.Count), (place, entries.Count));
    }

    [Fact]
    public void Write_GroupWithoutTestPositives_IsUndefinedWithItsCounts()
    {
        var cells = _document["metrics"]!.AsArray().Where(entry => (string?)entry!["group"] == SampleStudy.WithoutTestPositives && (string?)entry["split"] == "test").ToArray();
        Assert.Equal(9 * 2, cells.Length);
        foreach (var cell in cells)
        {
            Assert.True((int)cell!["n"]! > 0);
            Assert.Equal(0, (int)cell["positives"]!);
            foreach (var metric in Enum.GetValues<ScoreMetric>().Except([ScoreMetric.Prevalence]))
                Assert.Null(cell[MetricName.KeyOf(metric)]);
        }

        Assert.All(_document["summary"]!.AsArray().Where(entry => (string?)entry!["group"] == SampleStudy.WithoutTestPositives), entry =>
        {
            Assert.Null(entry!["mean"]);
            Assert.Null(entry["lower"]);
            Assert.Equal(2, (int)entry["undefinedRepeats"]!);
        });
        Assert.All(_document["disparity"]!.AsArray(), entry => Assert.DoesNotContain(SampleStudy.WithoutTestPositives, entry!["groups"]!.AsArray().Select(name => (string?)name)));
    }

    [Fact]
    public void ListOf_PrecisionOfWhatIsNeverPredicted_IsUndefined()
    {
        var study = SampleStudy.Findings.Study;
        var never = SampleStudy.Result.Arms.SelectMany(arm => arm.Tables[CohortSplit.Test].Select(row => (Arm: arm, Row: row)))
            .Where(one => study.IsJudged(CohortSplit.Test, one.Row.Group) && one.Row.Metrics.Confusion.TruePositives + one.Row.Metrics.Confusion.FalsePositives == 0).ToArray();
        Assert.NotEmpty(never);
        foreach (var (arm, row) in never)
        {
            Assert.Null(study.ValueOf(arm, CohortSplit.Test, row.Group, ScoreMetric.PrecisionC1));
            Assert.Null(study.ValueOf(arm, CohortSplit.Test, row.Group, ScoreMetric.DivergenceDual));
            Assert.Equal(0, study.ValueOf(arm, CohortSplit.Test, row.Group, ScoreMetric.RecallC1));
        }
    }

    [Fact]
    public void Summary_Mean_IsThatOfTheRepeats()
    {
        var (study, name) = (SampleStudy.Findings.Study, new ArmName("smote", null));
        var values = SampleStudy.Result.RepeatsOf(name).Select(arm => arm.ValueOf("all", ScoreMetric.Auroc)!.Value).ToArray();
        Assert.NotEqual(values[0], values[1]);
        var entry = SampleStudy.Document.Summary.Single(one => one is { Method: "smote", Group: "all", Metric: "auroc" });
        Assert.Equal((values[0] + values[1]) / 2, entry.Mean!.Value, 1e-15);
        // Divided by two repeats, not by one.
        Assert.Equal(Math.Abs(values[0] - values[1]) / 2, entry.Deviation!.Value, 1e-15);
        Assert.Equal(study.IntervalOf(name, "all", ScoreMetric.Auroc)!.Value.Lower, entry.Lower);
    }

    [Fact]
    public void Shares_ChosenUnits_AddTheGroupsC1Rows()
    {
        foreach (var share in SampleStudy.Document.Shares)
        {
            var counts = SampleStudy.Result.Bias[CohortSplit.Train].Single(row => row.Group == share.Served);
            var added = (share.Units - 1L) * counts.PositiveCount;
            Assert.Equal((added, (double)counts.PositiveCount / counts.RowCount), (share.AddedRows, share.GroupShareBefore));
            Assert.Equal((double)(counts.PositiveCount + added) / (counts.RowCount + added), share.GroupShareAfter!.Value, 1e-15);
        }

        Assert.Equal(3 * 2, SampleStudy.Document.Shares.Count);
        Assert.All(SampleStudy.Document.Arms.Where(arm => arm.Method == "dp"), arm => Assert.Contains(SampleStudy.Document.Shares, share => share.Served == arm.Served && share.Repeat == arm.Repeat && share.Units == arm.ChosenUnits));
    }

    [Fact]
    public void CrossGroup_ServedTraits_HaveTheOriginalAndEveryModel()
    {
        var age = SampleStudy.Document.CrossGroup.Where(entry => entry is { Family: "age", Metric: "recallC1", Group: "80s" }).ToArray();
        Assert.Equal([(null, false), ("70s", false), ("80s", true)], age.Select(entry => (entry.Served, entry.IsMatching)));
        Assert.DoesNotContain(SampleStudy.Document.CrossGroup, entry => entry.Family == "sex");
    }

    [Fact]
    public void Units_Outcomes_AgreeWithBalancedAccuracy() => Assert.All(SampleStudy.Document.Units, candidate =>
    {
        Assert.NotNull(candidate.RecallC1);
        Assert.InRange((2 * candidate.BalancedAccuracy) - candidate.RecallC1.Value, 0, 1);
    });

    [Fact]
    public void Write_Network_HasEpochsOfEveryFit()
    {
        var entries = ArmEpochEntry.ListOf(SampleStudy.OfNetwork).ToArray();
        Assert.Equal([("none", null, 1), ("none", null, 2), ("dp", "black", 1), ("dp", "black", 2)], entries.Select(entry => (entry.Method, entry.Served, entry.Epoch)));
    }

    [Fact]
    public void IsResult_Study_IsOneOfOurs()
    {
        Assert.True(ResultFolder.IsResult(_folder.File("results.json")));
        Assert.Equal(("engine-prioritized", 1), ((string?)_document["schema"], (int)_document["schemaVersion"]!));
    }

    private static string CellOf(JsonNode? value) => value is JsonArray items ? string.Join(' ', items.Select(item => (string?)item)) : value?.ToString() ?? string.Empty;
}
