using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Bench.Report.Prioritized;
using Bench.Report.Prioritized.Html;
using Bench.Report.Prioritized.Results;
using Bench.Studies.Prioritized;
using Bench.Studies.Prioritized.Claims;

namespace Engine.Tests.Bench.Report.Prioritized;

public sealed partial class PrioritizedReportTests
{
    [Fact]
    public void Render_Study_IsSelfContainedAndHasNoNaN()
    {
        Assert.StartsWith("<!DOCTYPE html>", SampleStudy.Page, StringComparison.Ordinal);
        foreach (var absent in new[] { "http", "<script", "url(", "NaN", "∞", "<reported>" })
            Assert.DoesNotContain(absent, SampleStudy.Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Study_RedrawsEveryFigureOfThePaper()
    {
        string[] expected = ["original", "composition", "methods", "divergence", "served", "cross-group", "alone", "shares", "units"];
        Assert.Equal(expected, Figure().Matches(SampleStudy.Page).Select(match => match.Groups[1].Value));
        foreach (var figure in new[] { "figures 2A", "figures 2B", "figures 3", "figures 4", "figures 5", "figures 6", "supplementary tables 2 to 5", "supplementary discussion" })
            Assert.Contains($"Redraws {(figure.StartsWith("supplementary d", StringComparison.Ordinal) ? "the " : string.Empty)}{figure}", SampleStudy.Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_SimulatedCohort_MarksEveryFigure()
    {
        Assert.All(WholeFigure().Matches(SampleStudy.Page), figure => Assert.Contains("<span class=\"badge\">simulated</span>", figure.Value, StringComparison.Ordinal));
        Assert.Contains("which is simulated", SampleStudy.Page, StringComparison.Ordinal);
        var real = SampleStudy.Result with { Cohort = SampleStudy.Result.Cohort with { IsSimulated = false, Notes = [] } };
        Assert.DoesNotContain("simulated", Render(real)[Render(real).IndexOf("<body>", StringComparison.Ordinal)..].Replace(real.Cohort.Name, string.Empty, StringComparison.OrdinalIgnoreCase), StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Pictures_AreWellFormedAndFitAPhone() => Assert.All(Picture().Matches(SampleStudy.Page), match =>
    {
        Assert.NotEmpty(XElement.Parse(match.Value).Attribute("aria-label")!.Value);
        Assert.InRange(double.Parse(ViewBox().Match(match.Value).Groups[1].Value, CultureInfo.InvariantCulture), 1, 400);
    });

    [Fact]
    public void Render_GroupWithoutTestPositives_IsADashInTheCrossGroupFigure()
    {
        var figure = WholeFigure().Matches(SampleStudy.Page).Single(match => match.Value.Contains("id=\"cross-group\"", StringComparison.Ordinal)).Value;
        var map = XElement.Parse(Picture().Matches(figure).First(match => match.Value.Contains(">30s<", StringComparison.Ordinal)).Value);
        Assert.Contains(map.Descendants("text"), text => text.Value == "0 C1");
        // The original and two DP models.
        Assert.True(map.Descendants("text").Count(text => text.Value == "–") >= 3);
        Assert.Equal(2, map.Descendants("rect").Count(rect => rect.Attribute("class")!.Value == "frame"));
    }

    [Fact]
    public void Render_EveryClaim_IsThereWithItsTest()
    {
        foreach (var claim in PaperClaims.All)
            Assert.Contains($"id=\"claim-{claim.Id}\"", SampleStudy.Page, StringComparison.Ordinal);
        Assert.Contains("15 claims hold here", SampleStudy.Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Contents_LeadToEveryPlaceAndFile()
    {
        foreach (Match link in Link().Matches(SampleStudy.Page))
        {
            if (link.Groups[1].Value is ['#', .. var id])
                Assert.Contains($"id=\"{id}\"", SampleStudy.Page, StringComparison.Ordinal);
        }

        Assert.All(PrioritizedTables.Names, name => Assert.Contains($"href=\"tables/{name}\"", SampleStudy.Page, StringComparison.Ordinal));
    }

    [Fact]
    public void Render_Network_HasLearningCurves() => Assert.Contains("id=\"learning\"", Render(SampleStudy.OfNetwork), StringComparison.Ordinal);

    [Fact]
    public void Render_NothingTrained_ShowsTheData()
    {
        var page = Render(SampleStudy.Result with { Arms = [], Intervals = [], Differences = [] });
        Assert.Contains("id=\"composition\"", page, StringComparison.Ordinal);
        Assert.Contains("DP was not trained", page, StringComparison.Ordinal);
    }

    private static string Render(PrioritizedResult result)
    {
        var findings = StudyFindings.Of(result);
        return PrioritizedReport.Render(findings, PrioritizedDocument.From(findings, SampleStudy.Start));
    }

    [GeneratedRegex("<figure id=\"([^\"]*)\"")]
    private static partial Regex Figure();

    [GeneratedRegex("<figure id=.*?</figure>", RegexOptions.Singleline)]
    private static partial Regex WholeFigure();

    [GeneratedRegex("<svg.*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Picture();

    [GeneratedRegex("href=\"([^\"]*)\"")]
    private static partial Regex Link();

    [GeneratedRegex("viewBox=\"0 0 ([0-9]+) ")]
    private static partial Regex ViewBox();
}
