using Bench.Report;
using Bench.Studies.MainJob;

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
            Assert.Contains(console.Lines, line => line.TrimStart().StartsWith($"{method} ", StringComparison.Ordinal));
        foreach (var part in new[] { "SIMULATED", "death [in hospital]", "all, test rows: 300", "black, test rows", "DP for black: ", "Skipped no-such-method", "report.html", "hispanic" })
            Assert.Contains(part, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Print_NoMethodRan_TellsTheRest()
    {
        var console = new ConsoleText();
        ConsoleSummary.Print(SampleResult.Without([.. ResamplingMethod.All]), "out", console.Console);
        Assert.Contains("Representation", console.ToString(), StringComparison.Ordinal);
    }
}
