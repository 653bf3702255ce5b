using Bench.Report;
using Bench.Studies.Arms;
using Bench.Studies.Prioritized.Claims;
using Engine.Tests.Bench.Report.Prioritized;

namespace Engine.Tests.Bench.Report;

public sealed class ConsoleSummaryTests
{
    [Fact]
    public void Print_NarrowTerminal_FitsAndTellsEverything()
    {
        var console = new ConsoleText();
        ConsoleSummary.Print(SampleResult.Result, "out", console.Console);
        var text = console.ToString();
        Assert.All(console.Lines, line => Assert.InRange(line.Length, 0, 80));
        Assert.DoesNotContain('\u001b', text);
        foreach (var method in ResamplingMethod.OfPaper)
            Assert.Contains(console.Lines, line => line.TrimStart().StartsWith($"{ResamplingMethod.TitleOf(method, SampleResult.Result.UnitSearch!.ChosenUnits)} ", StringComparison.Ordinal));
        Assert.Contains("In brackets: 95 % intervals", text, StringComparison.Ordinal);
        foreach (var part in new[] { "SIMULATED", "death [in hospital]", "all, test rows: 300", "black, test rows", "DP for black: ", "Skipped no-such-method", "report.html", "hispanic", "Logistic regression, ridge penalty 1: the ridge penalty is the default", "with C1:", "Aver." })
            Assert.Contains(part, text, StringComparison.Ordinal);
        Assert.DoesNotContain(" AUC-PR", text.Replace("trapezoid AUC-PR", string.Empty, StringComparison.Ordinal).Replace("trapezoid\nAUC-PR", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Print_StudyInANarrowTerminal_FitsAndTellsEverything()
    {
        var console = new ConsoleText();
        ConsoleSummary.Print(SampleStudy.Result, "out", console.Console);
        Assert.All(console.Lines, line => Assert.InRange(line.Length, 0, 80));
        Assert.DoesNotContain('\u001b', console.ToString());
        foreach (var part in new[] { "SIMULATED", "Groups served, test rows: original to DP", "Units", "15 claims hold here", "Skipped Group weights for Black: it is there to be <reported>.", "report.html" })
            Assert.Contains(part, console.ToString(), StringComparison.Ordinal);
        foreach (var start in SampleStudy.Result.Served.Concat(PaperClaims.All.Select(claim => claim.Id)))
            Assert.Contains(console.Lines, line => line.TrimStart().StartsWith($"{start} ", StringComparison.Ordinal));
    }

    [Fact]
    public void Print_ControlCharactersInANote_AreShownAndCut()
    {
        var console = new ConsoleText();
        var cohort = SampleResult.Result.Cohort with { Notes = ["\u001b[2J" + new string('x', 100_000)] };
        ConsoleSummary.Print(SampleResult.Result with { Cohort = cohort }, "out", console.Console);
        Assert.Contains(@"\x1b[2Jxxx", console.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', console.ToString());
        Assert.InRange(console.ToString().Length, 1000, 20_000);
    }

    [Fact]
    public void Print_NoMethodRan_TellsTheRest()
    {
        var console = new ConsoleText();
        ConsoleSummary.Print(SampleResult.Without([.. ResamplingMethod.All]), "out", console.Console);
        Assert.Contains("Representation", console.ToString(), StringComparison.Ordinal);
    }
}
