using System.Text.RegularExpressions;
using System.Xml.Linq;
using Bench.Report.Html;
using Bench.Report.Results;
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
        Assert.Equal(7, pictures.Length);
        Assert.All(pictures, picture => Assert.NotEmpty(picture.Attribute("aria-label")!.Value));
    }

    [Fact]
    public void Render_UndefinedValue_IsADash()
    {
        var page = Render(SampleResult.Result);
        var row = page[page.IndexOf("<td>hispanic</td>", StringComparison.Ordinal)..];
        Assert.Contains(">–<", row[..row.IndexOf("</tr>", StringComparison.Ordinal)], StringComparison.Ordinal);
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
        Assert.Equal(5, Picture().Count(page));
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

    private static string Render(MainJobResult result) => HtmlReport.Render(result, ResultsDocument.From(result, SampleResult.Run));

    [GeneratedRegex("<svg.*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Picture();
}
