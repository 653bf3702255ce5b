using System.Text.Json.Nodes;
using Bench.Report;
using Bench.Report.Equity;
using Bench.Report.Equity.Html;
using Bench.Report.Equity.Results;
using Bench.Studies.Claims;
using Bench.Studies.Equity;
using Engine.Tests.Bench.Studies.Equity;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Report.Equity;

public sealed class EquityReportTests
{
    [Fact]
    public void Write_Folder_HasTablesOfEveryArrayAndThePage()
    {
        using var folder = new TemporaryFolder();
        var target = folder.File("out");
        ResultFolder.Write(target, SampleEquity.Result, SampleEquity.Start, TestContext.Current.CancellationToken);
        Assert.True(ResultFolder.IsResult(Path.Combine(target, "results.json")));
        Assert.Equal(EquityTables.Names.Order(), Directory.GetFiles(Path.Combine(target, "tables")).Select(Path.GetFileName).Order());
        var document = JsonNode.Parse(File.ReadAllText(Path.Combine(target, "results.json")))!;
        Assert.Equal(File.ReadLines(Path.Combine(target, "tables", "scores.csv")).Count() - 1, document["scores"]!.AsArray().Count);
        // Another result, of another study too, may take its place.
        ResultFolder.CheckWritable(target, _ => { });
    }

    [Fact]
    public void Summary_Numbers_AreThoseOfTheRepeats()
    {
        var document = SampleEquity.Document;
        // Two minorities, two sizes, two outcomes, four metrics, five arms.
        Assert.Equal(2 * 2 * 2 * 4 * 5, document.Summary.Count);
        foreach (var entry in document.Summary.Where(entry => entry is { JudgedOn: "minority", Metric: "auroc" }))
        {
            var scores = document.Scores.Where(score => (score.Minority, score.Size, score.Outcome, score.Arm) == (entry.Minority, entry.Size, entry.Outcome, entry.Arm)).Select(score => score.MinorityAuroc!.Value).ToArray();
            var baseline = document.Scores.Where(score => (score.Minority, score.Size, score.Outcome, score.Arm) == (entry.Minority, entry.Size, entry.Outcome, "baseline")).Select(score => score.MinorityAuroc!.Value).Average();
            Assert.Equal(6, entry.Repeats);
            Assert.Equal(scores.Average(), entry.Mean!.Value, 1e-12);
            if (entry.Arm == "baseline")
            {
                Assert.Null(entry.Difference);
                continue;
            }

            Assert.Equal(entry.Mean.Value - baseline, entry.Difference!.Value, 1e-12);
            Assert.InRange(entry.Difference.Value, entry.Lower!.Value, entry.Upper!.Value);
        }

        Assert.Equal(SampleEquity.Result.Cohort.Groups["rare"].Count, document.Prevalences.First(entry => entry.Group == "rare").Rows);
        Assert.Equal([("repeat-group", "a <copy>", 72), ("repeat-generic", "a <copy>", 72)], document.Refused.Select(entry => (entry.Arm, entry.Reason, entry.Rows)));
    }

    [Fact]
    public void Claims_SizesAndArms_AreJudged()
    {
        var claims = SampleEquity.Findings.Claims.ToDictionary(claim => claim.Id);
        Assert.Equal(11, claims.Count);
        // Rows repeated to the majority's number are what upweighting is: no best method.
        var bySize = claims["size-matters-little"].Answers;
        Assert.Equal(["small", "rare"], bySize.Select(answer => answer.Group));
        // Two outcomes, five arms, two borders.
        Assert.All(bySize, answer => Assert.Equal(2 * 5 * 2, answer.Measures.Count));
        Assert.All(claims["smote-seldom-best"].Answers.SelectMany(answer => answer.Measures), measure => Assert.Equal(ClaimVerdict.CannotBeTold, measure.Verdict));
        var few = EquityFindings.Of(SampleEquity.Result with { Settings = [.. SampleEquity.Result.Settings.Select(setting => setting with { Repeats = [.. setting.Repeats.Select(repeat => repeat with { TestPositives = [9, 9] })] })] });
        Assert.All(few.Claims.Take(7), claim => Assert.Equal(ClaimVerdict.CannotBeTold, claim.Verdict));
        Assert.Contains(few.Warnings, warning => warning.Contains("fewer than 10 rows to judge on have died and admitted", StringComparison.Ordinal));
    }

    [Fact]
    public void GeneratedBest_WorseByMoreThanDrawsCanHide_DoesNotHold()
    {
        Assert.Equal(ClaimVerdict.DoesNotHold, Verdict(.6, .7));
        Assert.Equal(ClaimVerdict.Holds, Verdict(.7, .6));
        Assert.Equal(ClaimVerdict.CannotBeTold, Verdict(.7, .7));

        static ClaimVerdict Verdict(double generated, double standard)
        {
            var settings = SampleEquity.Result.Settings.Select(setting => setting with { Repeats = [.. setting.Repeats.Select(repeat => repeat with { Scores = [.. repeat.Scores.Select((_, arm) => Same(arm < 3 ? standard : generated))] })] });
            return EquityFindings.Of(SampleEquity.Result with { Settings = [.. settings] }).Claims.Single(claim => claim.Id == "generated-best-auroc").Verdict;
        }

        static EquityScores[] Same(double value) => [new(value, value, value, value), new(value, value, value, value)];
    }

    [Fact]
    public void Fidelity_RepeatedRows_AreCopiesOfWhatWasShown()
    {
        var document = SampleEquity.Document;
        // Two minorities, two sizes, a group-specific and a generic arm; rows that only repeat what was shown are copies, all of them.
        Assert.Equal(2 * 2 * 2, document.Fidelity.Count);
        Assert.All(document.Fidelity, entry => Assert.Equal((1.0, 1.0), (entry.Identical, entry.NearlyIdentical)));
        Assert.All(document.Fidelity, entry => Assert.Equal(180 - entry.Size, entry.RealRows));
        Assert.Equal(8 * 51, document.Membership.Count);
        Assert.Equal(ClaimVerdict.DoesNotHold, SampleEquity.Findings.Claims.Single(claim => claim.Id == "no-copies").Verdict);
        foreach (var rows in SampleEquity.Result.Settings.SelectMany(setting => setting.Repeats).SelectMany(repeat => repeat.Fidelity))
        {
            // None of the rows that were compared with was shown.
            Assert.True(rows.ToMinority.Synthetic.Minimum > 0);
            Assert.Equal(rows.RealCount, rows.ToMinority.Real!.Count);
        }
    }

    [Fact]
    public void FidelityMeasures_RepeatedRows_AreToldAsCopiesOfOneColumnAndOfMany()
    {
        var document = SampleEquity.Document;
        foreach (var arm in document.FidelityMeasures.GroupBy(entry => (entry.Minority, entry.Size, entry.Arm)))
        {
            var measures = arm.ToDictionary(entry => entry.Measure);
            var rows = document.Fidelity.Single(entry => (entry.Minority, entry.Size, entry.Arm) == arm.Key);
            Assert.Equal(
                (rows.KsComplement, rows.TvComplement, rows.CorrelationDifference, (double?)rows.Identical, (double?)rows.MinorityMedian, rows.MinorityBaseline, rows.MembershipPosition),
                (measures["ksComplement"].Value, measures["tvComplement"].Value, measures["correlationDifference"].Value, measures["identical"].Value, measures["minorityDistance"].Value, measures["minorityDistance"].Expected, measures["groupPosition"].Value));
            Assert.Equal(0, measures["closestDistance"].Value);
            // All rows of the group were repeated; of both groups some were not.
            Assert.Equal(arm.Key.Arm == "repeat-group", measures["hitRate"].Value == 1);
            // Copies are nearer to what they copy than to anything else, and the attack sees whom.
            Assert.Equal(1, measures["nearerToShown"].Value);
            Assert.True(measures["membershipAuroc"].Lower > (arm.Key.Arm == "repeat-group" ? .7 : .5));
            Assert.All(arm, entry => Assert.True(entry.Value is null == (entry.Reason is not null), $"{entry.Measure}: {entry.Value} {entry.Reason}"));
            Assert.All(arm, entry => Assert.True(entry.Lower is null || (entry.Lower <= entry.Value + 1e-12 && entry.Value <= entry.Upper + 1e-12), entry.Measure));
        }

        // Held-out rows of a generic arm are as mixed as those that were shown; of a group's, all that are left of the minority.
        var generic = SampleEquity.Result.Settings[0].Fidelity.Single(rows => !rows.Arm.LearnsFromGroup);
        Assert.Equal((240, 140L), (generic.ShownCount, generic.RealCount));
        Assert.Equal(28 + 140, generic.Report.HoldoutCount);
        Assert.Equal(140, SampleEquity.Result.Settings[0].Fidelity.Single(rows => rows.Arm.LearnsFromGroup).Report.HoldoutCount);
    }

    [Fact]
    public void FidelityMeasures_Names_AreInTheDocumentation()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "fidelity.md"));
        Assert.All(SampleEquity.Document.FidelityMeasures.Select(entry => entry.Measure).Distinct(), name => Assert.Contains($"`{name}`", text, StringComparison.Ordinal));
    }

    [Fact]
    public void Correlations_OfFeatures_AreThoseOfTheRows()
    {
        var document = SampleEquity.Document;
        // Two minorities, two sizes, two arms; of two features that are numbers.
        Assert.Equal(8, document.Correlations.Count);
        Assert.Equal(8 * 16 * 16, document.JointDensity.Count);
        Assert.Equal(("age", "pressure"), (document.JointDensity[0].First, document.JointDensity[0].Second));
        var entry = document.Correlations.First(entry => entry.Minority == "rare");
        Assert.Equal(("age", "pressure"), (entry.First, entry.Second));
        // Of all rows of the group but those that train: near the correlation of all of them, which is that of independent draws.
        Assert.InRange(entry.Real!.Value, -.3, .3);
        Assert.NotEqual(entry.Real, entry.Made);
    }

    [Theory]
    [InlineData(new double[0], "none took part")]
    [InlineData(new[] { .9 }, "asked at 0.9 alone")]
    [InlineData(new[] { 1.2, .5 }, "Redraws table S5")]
    public async Task Temperatures_OfTheStudy_AreComparedOrSaidToBeMissing(double[] temperatures, string note)
    {
        EquityGenerator[] generators = temperatures.Length == 0
            ? [.. SmallEquity.Options.Generators]
            : [.. temperatures.Select(temperature => new EquityGenerator($"language-{temperature}", $"At {temperature}", new SmallEquity.RepeatingGenerator()) { Temperature = temperature })];
        var result = await EquityRunner.RunAsync(SmallEquity.Create(), SmallEquity.Options with { Generators = generators, Repeats = 2 }, null, TestContext.Current.CancellationToken);
        var findings = EquityFindings.Of(result);
        var document = EquityDocument.From(findings, SampleEquity.Start);
        var table = EquityReportTables.Build(findings, document).Single(table => table.Id == "table-temperatures");
        Assert.Contains(note, table.Note, StringComparison.Ordinal);
        Assert.Equal(temperatures.Cast<double?>().ToArray(), document.Options.Generators.Where(generator => generator.Temperature is not null).Select(generator => generator.Temperature));
        if (temperatures.Length < 2)
        {
            Assert.Empty(table.Table.Markup);
            return;
        }

        // Rising, whatever the order in which they were asked for; two minorities, two outcomes, of the group and generic.
        Assert.Matches("(?s)>0\\.5<.*>1\\.2<", table.Table.Markup);
        Assert.Equal(1 + 8, table.Table.Markup.Split("<tr>").Length - 1);
        var mean = document.Summary.First(entry => entry is { Arm: "language-1.2-group", JudgedOn: "minority", Metric: "auroc" }).Mean!.Value;
        Assert.Contains(mean.ToString("0.0000", System.Globalization.CultureInfo.InvariantCulture), table.Table.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_Texts_AreEncodedAndMarkedSimulated()
    {
        var page = SampleEquity.Page;
        Assert.Contains("Simulated data.", page, StringComparison.Ordinal);
        Assert.Equal(SampleEquity.Result.Settings.Count * 2 + 2 + 8, page.Split("<figure id=").Length - 1);
        Assert.Contains("Rare with 180 rows is left out. rare has 180 rows, and 180 of them are to train", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<copy>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
    }
}
