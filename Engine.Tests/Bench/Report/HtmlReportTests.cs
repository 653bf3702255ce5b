using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Bench.Report.Html;
using Bench.Report.Results;
using Bench.Studies.Arms;
using Bench.Studies.MainJob;

namespace Engine.Tests.Bench.Report;

public sealed partial class HtmlReportTests
{
    [Fact]
    public void Render_Sample_IsSelfContained()
    {
        var page = Render(SampleResult.Result);
        Assert.StartsWith("<!DOCTYPE html>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Texts_AreEncoded()
    {
        var page = Render(SampleResult.Result);
        Assert.Contains("<h1>Sample &lt;cohort&gt; &amp; task</h1>", page, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;no patient&lt;/b&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Pictures_AreWellFormed()
    {
        var pictures = Picture().Matches(Render(SampleResult.Result)).Select(match => XElement.Parse(match.Value)).ToArray();
        // Two scatter plots, three panels of methods, classes and representation each, three families and a legend in two heat maps, three rates, a reliability diagram for each of seven groups with rows, two curves of units, the odds ratios.
        Assert.Equal(2 + 9 + 8 + 3 + 7 + 2 + 1, pictures.Length);
        Assert.All(pictures, picture => Assert.NotEmpty(picture.Attribute("aria-label")!.Value));
    }

    [Fact]
    public void Render_UndefinedValue_IsADash()
    {
        var page = Render(SampleResult.Result);
        var row = page[page.IndexOf("<td>Hispanic</td>", StringComparison.Ordinal)..];
        Assert.Contains(">–<", row[..row.IndexOf("</tr>", StringComparison.Ordinal)], StringComparison.Ordinal);
    }

    [Fact]
    public void Render_GroupWithoutPositives_HasNoColorButADash()
    {
        var page = Render(SampleResult.WithoutTestPositives("80s"));
        var map = XElement.Parse(Picture().Matches(page[page.IndexOf("id=\"groups-balanced\"", StringComparison.Ordinal)..]).First(match => match.Value.Contains(">80s<", StringComparison.Ordinal)).Value);
        Assert.Contains(map.Descendants("text"), text => text.Value == "0 C1");
        // One of the two age groups, three methods: one column of colors, one of dashes.
        // The scatter of a group without any says why it is empty.
        Assert.Contains("undefined, 0 C1", Render(SampleResult.WithoutTestPositives("black")), StringComparison.Ordinal);
        Assert.Equal((3, 3), (map.Descendants("rect").Count(), map.Descendants("text").Count(text => text.Value == "–")));
    }

    [Fact]
    public void Render_Contents_LeadToEveryPictureTableAndFile()
    {
        var page = Render(SampleResult.Result);
        foreach (Match link in Link().Matches(page))
        {
            if (link.Groups[1].Value is ['#', .. var id])
                Assert.Contains($"id=\"{id}\"", page, StringComparison.Ordinal);
        }

        Assert.All(TableFiles.Names, name => Assert.Contains($"href=\"tables/{name}\"", page, StringComparison.Ordinal));
        var firstPicture = page.IndexOf("<figure", StringComparison.Ordinal);
        Assert.True(page.IndexOf("<nav>", StringComparison.Ordinal) < firstPicture && page.IndexOf("<details", StringComparison.Ordinal) > firstPicture);
        Assert.Equal(page.Split("<table>").Length, page.Split("<details").Length);
    }

    [Fact]
    public void Render_Sample_NamesAreasApartAndShowsWhatGuessingGives()
    {
        var page = Render(SampleResult.Result);
        Assert.DoesNotContain("AUC-PR", page.Replace("rapezoid AUC-PR", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("class=\"reference\"", page, StringComparison.Ordinal);
        Assert.Contains("class=\"diagonal\"", page, StringComparison.Ordinal);
        Assert.Contains("No resampling", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_PhoneWidth_EveryPictureFitsAlmostUnscaled() => Assert.All(
        Picture().Matches(Render(SampleResult.Result)), match => Assert.InRange(double.Parse(ViewBox().Match(match.Value).Groups[1].Value, CultureInfo.InvariantCulture), 1, 400));

    [Fact]
    public void Style_TextColors_StandOutInBothSchemesAndInPrint()
    {
        var style = Render(SampleResult.Result);
        var schemes = RootBlock().Matches(style).Select(block => Variable().Matches(block.Value).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value)).ToArray();
        Assert.Equal(3, schemes.Length);
        foreach (var colors in schemes)
        {
            foreach (var ink in new[] { "ink", "soft", "focus", "mark" })
                Assert.True(HeatScale.ContrastOf(colors[ink], colors["page"]) >= 4.5, $"{ink} {colors[ink]} on {colors["page"]}");
            Assert.True(HeatScale.ContrastOf(colors["ink"], colors["banner"]) >= 4.5);
        }
    }

    [Fact]
    public void HeatScale_EveryValue_HasLettersThatStandOut()
    {
        for (var value = 0.0; value <= 1; value += 1 / 512.0)
            Assert.True(HeatScale.ContrastOf(HeatScale.InkOn(HeatScale.ColorOf(value)), HeatScale.ColorOf(value)) >= 4.5, $"{value}");
        Assert.Equal(("#b35806", "#f7f7f7", "#08519c"), (HeatScale.ColorOf(0), HeatScale.ColorOf(.5), HeatScale.ColorOf(1)));
        Assert.Equal(21, HeatScale.ContrastOf("#000000", "#ffffff"), 1e-12);
    }

    [Theory]
    [InlineData(.75, 2.1, .7, 3)]
    [InlineData(1, 1, .9, 1.1)]
    [InlineData(1e-9, 1e9, .01, 100)]
    public void LogAxis_Ratios_AreEnclosedByRoundOnes(double least, double most, double first, double last)
    {
        var axis = LogAxis.Enclosing([least, most]);
        Assert.Equal((Math.Log(first), Math.Log(last)), (axis.Least, axis.Most));
        Assert.Contains(axis.Ticks, tick => tick.At == 0);
        Assert.InRange(axis.Ticks.Count, 2, 7);
    }

    [Fact]
    public void Render_SimulatedCohort_SaysSoFirst()
    {
        Assert.Contains("Simulated data", Render(SampleResult.Result), StringComparison.Ordinal);
        var real = SampleResult.Result with { Cohort = SampleResult.Result.Cohort with { IsSimulated = false } };
        Assert.DoesNotContain("Simulated data", Render(real), StringComparison.Ordinal);
    }

    [Fact]
    public void Render_WithoutDoublePrioritized_HasNoCurve()
    {
        var page = Render(SampleResult.Without(ResamplingMethod.DoublePrioritized));
        Assert.DoesNotContain("class=\"curve\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"units\"", page, StringComparison.Ordinal);
        Assert.Contains("id=\"precision-recall\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_NoMethodRan_ShowsRepresentation()
    {
        var page = Render(SampleResult.Without([.. ResamplingMethod.All]));
        Assert.Contains("Who is in the data", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(.123, .187)]
    [InlineData(.5, .5)]
    [InlineData(.4750001, .4750002)]
    [InlineData(0, 1)]
    [InlineData(.99999, 1)]
    public void Enclosing_Range_IsEnclosedByFewRoundTicks(double least, double most)
    {
        var ticks = AxisTicks.Enclosing(least, most);
        Assert.InRange(ticks.Count, 3, 7);
        Assert.True(ticks[0] <= least + 1e-12 && ticks[^1] >= most - 1e-12);
    }

    private static string Render(MainJobResult result) => HtmlReport.Render(result, ResultsDocument.From(result, SampleResult.Start));

    [GeneratedRegex("<svg.*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Picture();

    [GeneratedRegex("href=\"([^\"]*)\"")]
    private static partial Regex Link();

    [GeneratedRegex("viewBox=\"0 0 ([0-9]+) ")]
    private static partial Regex ViewBox();

    [GeneratedRegex(@":root \{.*?\}", RegexOptions.Singleline)]
    private static partial Regex RootBlock();

    [GeneratedRegex("--([a-z-]+): (#[0-9a-f]{6});")]
    private static partial Regex Variable();
}
