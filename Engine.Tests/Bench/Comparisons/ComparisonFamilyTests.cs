using Bench.Comparisons;
using Bench.Comparisons.Equity;
using Bench.Comparisons.Neighbors;
using Bench.Comparisons.Prognosis;
using Bench.Comparisons.Resampling;

namespace Engine.Tests.Bench.Comparisons;

public sealed class ComparisonFamilyTests
{
    internal static IReadOnlyList<ComparisonFamily> Families { get; } = [NeighborCases.Family, SamplerCases.Family, PrognosisCases.Family, EquityCases.Family];

    public static TheoryData<string> Names => [.. Families.Select(family => family.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Cases_OfAnyFamily_HaveNamesOfTheirOwnBarsAndKnownRivals(string name)
    {
        var family = Families.Single(known => known.Name == name);
        var rivals = family.RivalsWith("python", "g++", "folder").Rivals.Select(rival => rival.Name).ToArray();
        Assert.Distinct(rivals);
        Assert.Distinct(family.Cases.Select(planned => planned.Name));
        Assert.All(family.Cases, planned => Assert.NotEmpty(planned.Bars));
        Assert.All(family.Cases, planned => Assert.All(planned.Rivals, rival => Assert.Contains(rival, rivals)));
    }
}
