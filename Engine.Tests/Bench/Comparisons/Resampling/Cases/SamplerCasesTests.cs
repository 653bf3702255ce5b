using Bench.Comparisons.Cases;
using Bench.Comparisons.Resampling.Cases;
using Bench.Comparisons.Resampling.Methods;

namespace Engine.Tests.Bench.Comparisons.Resampling.Cases;

public sealed class SamplerCasesTests
{
    [Fact]
    public void All_Cases_HaveNamesOfTheirOwnAndBars()
    {
        Assert.Distinct(SamplerCases.All.Select(planned => planned.Name));
        Assert.All(SamplerCases.All, planned => Assert.NotEmpty(planned.Bars));
        Assert.All(SamplerCases.All.Where(planned => planned.HasRival), planned => Assert.NotNull(planned.Method.RivalCheck));
    }

    [Fact]
    public void All_Methods_RunOnStaysAndAtThePublishedSize()
    {
        Assert.Distinct(SamplerMethods.All.Select(method => method.Name));
        Assert.All(SamplerMethods.All, method => Assert.Equal(2, SamplerCases.All.Count(planned => planned.Method == method && !planned.Name.StartsWith("250k", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("sim-random-under", "<= 1 s")]
    [InlineData("sim-nearmiss2", "<= 150 s")]
    [InlineData("sim-distant", "<= 90 s")]
    [InlineData("sim-tomek", "memory <= 40 %")]
    [InlineData("ihm-enn", "<= 10 s")]
    [InlineData("250k-smote", ">= 10x imbalanced-learn")]
    [InlineData("250k-nearmiss3", ">= 5x imbalanced-learn")]
    public void All_Bars_AreThoseAskedFor(string name, string bar) =>
        Assert.Equal([bar, .. bar.StartsWith("memory", StringComparison.Ordinal) ? Array.Empty<string>() : ["memory <= 40 %"]], Find(name).Bars.Select(known => known.Text));

    [Fact]
    public void All_SmoteAtThePublishedSize_IsComparedInTimeAndWithMemory() => Assert.Equal(
        [">= 10x imbalanced-learn", ">= 50 % of memory bandwidth", "memory <= 40 %"], Find("sim-smote").Bars.Select(known => known.Text));

    [Fact]
    public void Choose_QuickRun_LeavesTheLargestOutAndTakesATenth()
    {
        var chosen = PlannedCase.Choose(SamplerCases.All, ["sim-enn", "250k-adasyn", "ihm-enn"], isQuick: true);
        Assert.Equal([("250k-adasyn", 25_000), ("ihm-enn", 1_468)], chosen.Select(planned => (planned.Name, planned.RowCount)));
        Assert.Equal(SamplerCases.All, PlannedCase.Choose(SamplerCases.All, [], isQuick: false));
    }

    private static SamplerCase Find(string name) => SamplerCases.All.Single(planned => planned.Name == name);
}
