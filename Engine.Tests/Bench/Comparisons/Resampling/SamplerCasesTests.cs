using Bench.Comparisons.Cases;
using Bench.Comparisons.Resampling;

namespace Engine.Tests.Bench.Comparisons.Resampling;

public sealed class SamplerCasesTests
{
    [Fact]
    public void All_MethodsBesideImbalancedLearn_AreComparedWithIt() => Assert.All(
        SamplerCases.Family.Cases.Where(planned => planned.Rivals.Count > 0),
        planned => Assert.NotNull(SamplerMethods.All.Single(method => method.Name == planned.Work).RivalCheck));

    [Fact]
    public void All_Methods_RunOnStaysAndAtThePublishedSize()
    {
        Assert.Distinct(SamplerMethods.All.Select(method => method.Name));
        Assert.All(SamplerMethods.All, method => Assert.Equal(2, SamplerCases.Family.Cases.Count(planned => planned.Work == method.Name && !planned.Name.StartsWith("250k", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("sim-random-under", "<= 1 s")]
    [InlineData("sim-nearmiss-2", "<= 150 s")]
    [InlineData("sim-distant", "<= 90 s")]
    [InlineData("sim-tomek", "memory <= 40 %")]
    [InlineData("ihm-enn", "<= 10 s")]
    [InlineData("250k-smote", ">= 10x imbalanced-learn")]
    [InlineData("250k-nearmiss-3", ">= 5x imbalanced-learn")]
    public void All_Bars_AreThoseAskedFor(string name, string bar) =>
        Assert.Equal([bar, .. bar.StartsWith("memory", StringComparison.Ordinal) ? Array.Empty<string>() : ["memory <= 40 %"]], Find(name).Bars.Select(known => known.Text));

    [Fact]
    public void All_SmoteAtThePublishedSize_IsComparedInTimeAndWithMemory() => Assert.Equal(
        [">= 10x imbalanced-learn", ">= 50 % of memory bandwidth", "memory <= 40 %"], Find("sim-smote").Bars.Select(known => known.Text));

    [Fact]
    public void Choose_QuickRun_LeavesTheLargestOutAndTakesATenth()
    {
        var chosen = ComparisonCase.Choose(SamplerCases.Family.Cases, ["sim-enn", "250k-adasyn", "ihm-enn"], isQuick: true);
        Assert.Equal([("250k-adasyn", 25_000), ("ihm-enn", 1_468)], chosen.Select(planned => (planned.Name, planned.Size.Rows)));
        Assert.Equal(SamplerCases.Family.Cases, ComparisonCase.Choose(SamplerCases.Family.Cases, [], isQuick: false));
    }

    private static ComparisonCase Find(string name) => SamplerCases.Family.Cases.Single(planned => planned.Name == name);
}
