using System.Text.Json;
using System.Text.Json.Nodes;
using Engine.Data;
using Engine.Resampling;
using Engine.Tests.Support;

namespace Engine.Tests.Resampling;

public sealed class AdasynTests()
    : OversamplerBattery(call => new Adasyn { Seed = call.Seed, TargetRatio = call.TargetRatio, Rows = call.Rows }.Plan(call.Samples, call.Labels, call.Compute), largestMiss: LargestMiss)
{
    // Each of 60 counts is rounded by at most a half.
    private const long LargestMiss = 30;

    [Fact]
    public void Plan_GoldenCases_MakesAsManyRowsOfEachRowAsImbalancedLearn()
    {
        var cases = Golden.Load("adasyn.json")["cases"]!.AsArray().Where(set => set!["base_row"] is not null).ToArray();
        Assert.Equal(5, cases.Length);
        foreach (var set in cases)
        {
            var (minority, counts) = (set!["minority_rows"].As<long[]>(), set["g"].Ints());
            var made = PlanOf(set).Synthetic.ToArray();
            Assert.Equal(counts, minority.Select(row => made.Count(one => one.Row == row)));
            Assert.Equal(set["base_row"].As<long[]>(), made.Select(one => one.Row));
        }
    }

    [Fact]
    public void Plan_GoldenCases_EveryNeighborIsListed()
    {
        foreach (var set in Golden.Load("adasyn.json")["cases"]!.AsArray().Where(set => set!["base_row"] is not null))
        {
            var (minority, neighbors) = (set!["minority_rows"].As<long[]>(), set["neighbours_minority"].As<long[][]>());
            foreach (var made in PlanOf(set).Synthetic)
            {
                Assert.Contains(made.Neighbor, neighbors[Array.IndexOf(minority, made.Row)]);
                Assert.InRange(made.Factor, 0f, MathF.BitDecrement(1f));
            }
        }
    }

    [Fact]
    public void Plan_GoldenCasesThatImbalancedLearnRefuses_SaysWhyAndWhatToDo()
    {
        var cases = Golden.Load("adasyn.json")["cases"]!.AsArray();
        Assert.Contains("round to 0 for each; raise TargetRatio or use SMOTE", ErrorOf("rounding_nmaj6"), StringComparison.Ordinal);
        Assert.Contains("no row of class 1 has a row of the other class among its 3 nearest", ErrorOf("no_majority_neighbours"), StringComparison.Ordinal);

        string ErrorOf(string name) => Assert.Throws<ArgumentException>(() => PlanOf(cases.Single(set => (string)set!["name"]! == name)!)).Message;
    }

    [Fact]
    public void Plan_RandomData_CountsEqualBruteForce()
    {
        var (samples, labels) = Problem();
        AssertCounts(samples, labels, neighborCount: 4, rowsToMake: 280);
    }

    [Fact]
    public void Plan_MoreDuplicatesThanNeighbors_RowsAreLeftOutByTheirIndex()
    {
        // Rows 0 to 6 are equal: the last of them are not among their own four nearest.
        var samples = Tables.From([.. Enumerable.Range(0, 30).Select(row => row < 7 ? new double[] { 0, 0 } : [row, row * row])]);
        AssertCounts(samples, Labels.From([.. Enumerable.Range(0, 30).Select(row => row is 2 or 5 or 6 or 8 or 9 or 11)]), neighborCount: 3, rowsToMake: 18);
    }

    private static void AssertCounts(SampleMatrix samples, Labels labels, int neighborCount, int rowsToMake)
    {
        var made = new Adasyn { Seed = 8, NeighborCount = neighborCount }.Plan(samples, labels).Synthetic.ToArray();
        var all = Enumerable.Range(0, labels.Count).Select(row => (long)row).ToArray();
        var minority = BruteForce.RowsOf(labels, 1);
        var shares = minority.Select(row => BruteForce.Nearest(samples, row, all, neighborCount).Count(other => labels[(int)other] == 0)).ToArray();
        // In whole numbers, so that halves are exact.
        var counts = shares.Select(share => (int)Math.Round((decimal)rowsToMake * share / shares.Sum(), MidpointRounding.ToEven));
        Assert.Equal(counts, minority.Select(row => made.Count(one => one.Row == row)));
    }

    private static ResamplingPlan PlanOf(JsonNode set)
    {
        var ratio = set["sampling_strategy"]!.GetValueKind() == JsonValueKind.String ? 1 : (double)set["sampling_strategy"]!;
        return new Adasyn { Seed = 11, NeighborCount = (int)set["k"]!, TargetRatio = ratio }.Plan(Tables.From(set["X"].Rows()), Labels.From(set["y"].Ints()));
    }
}
