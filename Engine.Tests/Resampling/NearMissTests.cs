using System.Text.Json;
using System.Text.Json.Nodes;
using Engine.Data;
using Engine.Resampling;
using Engine.Tests.Support;

namespace Engine.Tests.Resampling;

public sealed class NearMissTests()
    : SamplerBattery(call => new NearMiss { TargetRatio = call.TargetRatio }.Plan(call.Samples, call.Labels, call.Compute), isSeeded: false)
{
    [Fact]
    public void Plan_GoldenCases_KeepsTheRowsOfImbalancedLearn()
    {
        var golden = Golden.Load("nearmiss.json");
        foreach (var set in golden["cases"]!.AsArray())
        {
            var kept = PlanOf(golden, set!).KeptRows!.Value.ToArray();
            var name = (string)set!["name"]!;
            if (name.StartsWith("lattice_ties", StringComparison.Ordinal))
                Assert.Equal(MeansOf(golden, set, [.. set["sample_indices"].As<long[]>()]), MeansOf(golden, set, kept));
            else
                Assert.Equal(set["sample_indices"].As<long[]>().Order(), kept);
        }
    }

    [Theory]
    [MemberData(nameof(SmallProblems.All), MemberType = typeof(SmallProblems))]
    public void Plan_AnyData_EqualsTheSlowRule(DataKind kind, int featureCount)
    {
        var (samples, labels) = SmallProblems.Of(kind, featureCount);
        var slow = new ReferencePlans(samples, labels);
        var minority = labels.PositiveCount;
        foreach (var k in new[] { 1, 3, minority })
        {
            Assert.Equal(slow.NearMiss1(k, minority), Kept(new NearMiss { NeighborCount = k }, samples, labels));
            Assert.Equal(slow.NearMiss2(k, minority), Kept(new NearMiss { Version = 2, NeighborCount = k }, samples, labels));
            Assert.Equal(slow.NearMiss3(k, 4, minority), Kept(new NearMiss { Version = 3, NeighborCount = k, CandidateNeighborCount = 4 }, samples, labels));
        }
    }

    [Fact]
    public void Plan_Results_HaveTheCommittedDigest()
    {
        using var digest = new Digest();
        foreach (var (kind, featureCount) in new[] { (DataKind.Normal, 5), (DataKind.Clusters, 17), (DataKind.SmallIntegers, 2) })
        {
            var (samples, labels) = SmallProblems.Of(kind, featureCount);
            foreach (var version in new[] { 1, 2, 3 })
                digest.Add<long>(Kept(new NearMiss { Version = version }, samples, labels));
        }

        Assert.Equal("491DE7105D59569A", digest.ToString());
    }

    [Fact]
    public void Plan_FewerCandidatesThanAskedFor_KeepsAllOfThem()
    {
        // Every minority row has the same nearest majority row.
        var samples = Tables.From([[0], [0.1], [0.2], [1], [5], [6], [7], [8]]);
        var plan = new NearMiss { Version = 3, CandidateNeighborCount = 1, NeighborCount = 2 }.Plan(samples, Labels.From([1, 1, 1, 0, 0, 0, 0, 0]));
        Assert.Equal([0, 1, 2, 3], plan.KeptRows!.Value.ToArray());
    }

    [Fact]
    public void Plan_OptionOutsideRange_NamesTheRange()
    {
        var (samples, labels) = Problem();
        foreach (var sampler in new[] { new NearMiss { Version = 0 }, new NearMiss { Version = 4 }, new NearMiss { NeighborCount = 0 }, new NearMiss { CandidateNeighborCount = -1 } })
            Assert.Throws<ArgumentOutOfRangeException>(() => sampler.Plan(samples, labels));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Plan_FewerMinorityRowsThanNeighbors_NamesClassCountAndWayOut(int version)
    {
        var labels = Labels.From([.. Enumerable.Range(0, 40).Select(row => row < 2)]);
        var error = Assert.Throws<ArgumentException>(() => new NearMiss { Version = version }.Plan(Tables.Normal(40, 2, 1), labels));
        Assert.Contains("class 1 has 2 rows; NeighborCount = 3 needs at least 3; lower NeighborCount", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_FewerMajorityRowsThanCandidates_NamesClassCountAndWayOut()
    {
        var labels = Labels.From([.. Enumerable.Range(0, 10).Select(row => row < 5)]);
        var error = Assert.Throws<ArgumentException>(() => new NearMiss { Version = 3, CandidateNeighborCount = 6 }.Plan(Tables.Normal(10, 2, 1), labels));
        Assert.Contains("class 0 has 5 rows; CandidateNeighborCount = 6 needs at least 6", error.Message, StringComparison.Ordinal);
    }

    private static long[] Kept(NearMiss sampler, SampleMatrix samples, Labels labels) => sampler.Plan(samples, labels).KeptRows!.Value.ToArray();

    private static ResamplingPlan PlanOf(JsonNode golden, JsonNode set)
    {
        var data = golden["data"]![(string)set["data"]!]!;
        return new NearMiss
        {
            Version = (int)set["version"]!,
            NeighborCount = (int)set["n_neighbors"]!,
            CandidateNeighborCount = (int?)set["n_neighbors_ver3"] ?? 3,
            TargetRatio = set["sampling_strategy"]!.GetValueKind() == JsonValueKind.String ? 1 : (double)set["sampling_strategy"]!,
        }.Plan(Tables.From(data["X"].Rows()), Labels.From(data["y"].Ints()));
    }

    /// <summary>Returns the sorted mean distances of the majority rows among some rows: with exact ties only these are the same in every implementation.</summary>
    private static double[] MeansOf(JsonNode golden, JsonNode set, long[] rows)
    {
        var labels = golden["data"]![(string)set["data"]!]!["y"].Ints();
        var majority = Enumerable.Range(0, labels.Length).Where(row => labels[row] == 0).ToArray();
        var means = set["mean_distance_all_majority"].Doubles();
        // Equal means differ in the last bits that another order of additions leaves.
        return [.. rows.Where(row => labels[row] == 0).Select(row => Math.Round(means[Array.IndexOf(majority, (int)row)], 12)).Order()];
    }
}

public sealed class NearMiss2Battery()
    : SamplerBattery(call => new NearMiss { Version = 2, TargetRatio = call.TargetRatio }.Plan(call.Samples, call.Labels, call.Compute), isSeeded: false);

public sealed class NearMiss3Battery() : SamplerBattery(
    call => new NearMiss { Version = 3, CandidateNeighborCount = 340, TargetRatio = call.TargetRatio }.Plan(call.Samples, call.Labels, call.Compute), isSeeded: false);
