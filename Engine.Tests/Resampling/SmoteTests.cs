using Engine.Data;
using Engine.Resampling;
using Engine.Tests.Support;

namespace Engine.Tests.Resampling;

public sealed class SmoteTests()
    : DrawnOversamplerBattery(call => new Smote { Seed = call.Seed, TargetRatio = call.TargetRatio, Rows = call.Rows }.Plan(call.Samples, call.Labels, call.Compute))
{
    [Fact]
    public void Plan_GoldenNeighbors_EveryPairIsListed()
    {
        foreach (var set in Golden.Load("smote.json")["cases"]!.AsArray())
        {
            var (minority, neighbors) = (set!["minority_rows"].As<long[]>(), set["neighbours"].As<long[][]>());
            var ratio = set["sampling_strategy"]!.GetValueKind() == System.Text.Json.JsonValueKind.String ? 1 : (double)set["sampling_strategy"]!;
            var plan = new Smote { Seed = 11, NeighborCount = (int)set["k"]!, TargetRatio = ratio }.Plan(Tables.From(set["X"].Rows()), Labels.From(set["y"].Ints()));
            Assert.Equal((int)set["n_synthetic"]!, plan.Synthetic.Length);
            foreach (var made in plan.Synthetic)
            {
                Assert.Contains(made.Neighbor, neighbors[Array.IndexOf(minority, made.Row)]);
                Assert.InRange(made.Factor, 0f, MathF.BitDecrement(1f));
            }
        }
    }

    [Fact]
    public void SyntheticRows_GoldenDraws_EqualsImbalancedLearnToFloatRounding()
    {
        foreach (var set in Golden.Load("smote.json")["cases"]!.AsArray())
        {
            var samples = Tables.From(set!["X"].Rows());
            var (bases, neighbors, steps) = (set["base_row"].As<long[]>(), set["neighbour_row"].As<long[]>(), set["step"].Doubles());
            var draws = bases.Select((row, i) => new SyntheticRow(row, neighbors[i], (float)steps[i])).ToArray();
            var made = ResamplingPlan.Extend((int)samples.RowCount, draws, 1).SyntheticRows(samples);
            var expected = set["synthetic"].Rows();
            for (var i = 0; i < expected.Length; i++)
            {
                for (var column = 0; column < expected[i].Length; column++)
                {
                    // The factor, the product and the sum are each rounded to float32 once.
                    var way = Math.Abs(samples.Row(neighbors[i])[column] - samples.Row(bases[i])[column]);
                    Assert.Equal(expected[i][column], made.Row(i)[column], (2 * way + Math.Abs(expected[i][column])) * Math.Pow(2, -23) + 1e-12);
                }
            }
        }
    }

    [Fact]
    public void SyntheticRows_EachRow_EqualsTheFormulaInFloat32()
    {
        var (samples, labels) = Problem();
        var plan = new Smote { Seed = 4 }.Plan(samples, labels);
        var made = plan.SyntheticRows(samples);
        for (var i = 0; i < plan.Synthetic.Length; i++)
        {
            var (row, neighbor) = (samples.Row(plan.Synthetic[i].Row), samples.Row(plan.Synthetic[i].Neighbor));
            for (var column = 0; column < row.Length; column++)
                Assert.Equal(row[column] + (plan.Synthetic[i].Factor * (neighbor[column] - row[column])), made.Row(i)[column]);
        }
    }

    [Fact]
    public void Plan_Results_HaveTheCommittedDigest()
    {
        var (samples, labels) = Problem();
        using var digest = new Digest();
        foreach (var bases in Enum.GetValues<BaseSelection>())
        {
            var plan = new Smote { Seed = 12, Bases = bases }.Plan(samples, labels);
            var made = plan.SyntheticRows(samples);
            for (var i = 0; i < plan.Synthetic.Length; i++)
            {
                digest.Add<long>([plan.Synthetic[i].Row, plan.Synthetic[i].Neighbor]);
                digest.Add<float>(made.Row(i));
            }
        }

        Assert.Equal("0A0B798AA2B1C618", digest.ToString());
    }

    [Fact]
    public void Plan_ManyDraws_BasesAndFactorsUniform()
    {
        var samples = Tables.Normal(60_050, 2, 61);
        var labels = Labels.From([.. Enumerable.Range(0, 60_050).Select(row => row < 50)]);
        var synthetic = new Smote { Seed = 9 }.Plan(samples, labels).Synthetic.ToArray();
        // 59,950 draws over 50 rows: mean 1199, deviation 34.3; over 10 tenths of the factor: mean 5995, deviation 73.5; 5 deviations.
        Assert.All(synthetic.GroupBy(made => made.Row), group => Assert.InRange(group.Count(), 1199 - 172, 1199 + 172));
        Assert.All(synthetic.GroupBy(made => (int)(made.Factor * 10)), group => Assert.InRange(group.Count(), 5995 - 368, 5995 + 368));
    }
}
