using Bench.Comparisons;
using Bench.Comparisons.Arrays;
using Bench.Comparisons.Cases;
using Bench.Comparisons.Measurement;
using Bench.Comparisons.Neighbors;
using Bench.Comparisons.Prognosis;
using Bench.Comparisons.Resampling;
using Engine.Numerics.Distances;
using Engine.Tests.Bench.Comparisons.Resampling;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Comparisons.Rivals;

/// <summary>Whatever of the rivals is installed must find what the engine finds; what is not is absent, with a reason.</summary>
public sealed class InstalledRivalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Neighbors_AllLibraries_AreFound()
    {
        var cases = new[] { Metric.L1, Metric.L2 }.Select(metric => NeighborCases.Of($"{metric}", new UniformRows(6), new ArraySize(400, 30), metric, 2));
        AssertAgrees(NeighborCases.Family, [.. cases], [.. NeighborCases.Family.Cases.SelectMany(planned => planned.Rivals).Distinct()]);
    }

    [Theory]
    [InlineData("smote")]
    [InlineData("adasyn")]
    [InlineData("nearmiss-1")]
    [InlineData("nearmiss-3")]
    public void Resampling_ImbalancedLearn_Agrees(string method) =>
        AssertAgrees(SamplerCases.Family, [SmallRows.Case(SamplerMethods.All.Single(known => known.Name == method))], [SamplerCases.ImbalancedLearn]);

    [Theory]
    [InlineData("irls-15", PrognosisCases.StatsModels)]
    [InlineData("irls-15", PrognosisCases.ScikitLearn)]
    [InlineData("metrics-2.4m", PrognosisCases.ScikitLearn)]
    public void Prognosis_AnyLibrary_Agrees(string name, string rival) =>
        AssertAgrees(PrognosisCases.Family, [PrognosisCases.Family.Cases.Single(planned => planned.Name == name) with { Size = new ArraySize(5_000), NeededBytes = 0 }], [rival]);

    private void AssertAgrees(ComparisonFamily family, ComparisonCase[] cases, string[] names)
    {
        Skip.Unless(OperatingSystem.IsLinux(), "the interpreter is Linux's");
        var (rivals, _) = family.RivalsWith("/usr/bin/python3", "g++", _folder.Path);
        var results = SmallComparison.Run([.. cases.Select(planned => planned with { Rivals = names })], [.. rivals]);
        var present = results.SelectMany(result => result.Rivals).Where(rival => names.Contains(rival.Name) && rival.Status != ContenderStatus.Absent).ToArray();
        Skip.When(present.Length == 0, $"no library is installed: {string.Join("; ", results[0].Rivals.Select(rival => rival.Reason))}");
        Assert.All(results, result => Assert.Null(result.FirstDifference));
        Assert.All(present, rival => Assert.Equal((ContenderStatus.Measured, null, 2), (rival.Status, rival.Reason, rival.Repetitions.Count)));
        Assert.All(present, rival => Assert.NotNull(rival.Version));
        // Either it may err, and does not, or its result was compared with the engine's.
        Assert.All(present, rival => Assert.True(rival.Recall == 1 || results[0].Checks[^1].What.Contains($"beside {rival.Name}'s", StringComparison.Ordinal)));
    }
}
