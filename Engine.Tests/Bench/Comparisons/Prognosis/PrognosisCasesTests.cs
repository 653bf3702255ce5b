using Bench.Comparisons.Cases;
using Bench.Comparisons.Prognosis;

namespace Engine.Tests.Bench.Comparisons.Prognosis;

public sealed class PrognosisCasesTests
{
    [Theory]
    [InlineData("irls-15", ">= 60x statsmodels", ">= 10x scikit-learn")]
    [InlineData("irls-76", ">= 120x statsmodels", ">= 8x scikit-learn")]
    [InlineData("irls-15-2.4m", ">= 50 % of memory bandwidth")]
    [InlineData("irls-76-2.4m", "<= 2 s", "memory <= 25 %")]
    [InlineData("irls-714-2.4m", ">= 70 % of the multiply-add peak in double", "<= 120 s", "memory <= 25 %")]
    [InlineData("irls-76-paths", "wrapped <= 1.1x", "selected <= 1.25x", "scaled <= 1.25x", "wrapped, scaled, selected <= 1.25x", "mapped <= 1.15x")]
    [InlineData("dp-2.4m", "<= 3x one fit")]
    [InlineData("metrics-2.4m", "<= 0.15 s", ">= 10x scikit-learn")]
    [InlineData("features-200h", ">= 200x one computation a prefix")]
    [InlineData("features-2.4m", "<= 240 s")]
    public void All_Bars_AreThoseAskedFor(string name, params string[] bars) =>
        Assert.Equal(bars, PrognosisCases.Family.Cases.Single(planned => planned.Name == name).Bars.Select(bar => bar.Text));

    [Fact]
    public void Choose_QuickRun_TakesATenth()
    {
        var chosen = ComparisonCase.Choose(PrognosisCases.Family.Cases, ["irls-76", "features-200h"], isQuick: true);
        Assert.Equal([("irls-76", 100_000), ("features-200h", 392)], chosen.Select(planned => (planned.Name, planned.Size.Rows)));
    }
}
