using Engine.Data;
using Engine.Numerics;
using Engine.Resampling;
using Engine.Tests.Support;

namespace Engine.Tests.Resampling;

public sealed class SmoteNominalTests()
    : DrawnOversamplerBattery(call => new SmoteNominal { Schema = ColumnSchema.Continuous(call.Samples.FeatureCount), Seed = call.Seed, TargetRatio = call.TargetRatio, Rows = call.Rows }.Plan(call.Samples, call.Labels, call.Compute))
{
    // Numbers in columns 0, 1, 7; masks in 2 and 9; a category of four in 3 to 6, one of two in 8 and 10.
    private static readonly int[] s_numbers = [0, 1, 7];
    private static readonly ColumnSchema s_schema = ColumnSchema.Continuous(11).WithMasks(2, 9).WithOneHot(3..7).WithOneHot(8, 10);

    [Fact]
    public void SyntheticRows_MixedTable_AreLegalAndTakeCategoriesWholeFromTheNearerParent()
    {
        var (samples, labels) = MixedProblem();
        var plan = new SmoteNominal { Seed = 3, Schema = s_schema }.Plan(samples, labels);
        Assert.Same(s_schema, plan.Schema);
        var made = plan.SyntheticRows(samples);
        s_schema.EnsureAgrees(made, "made");
        for (var i = 0; i < plan.Synthetic.Length; i++)
        {
            var (one, row, neighbor) = (plan.Synthetic[i], samples.Row(plan.Synthetic[i].Row), samples.Row(plan.Synthetic[i].Neighbor));
            var expected = Enumerable.Range(0, 11).Select(column =>
                s_schema.IsNominal(column) ? (one.Factor < 0.5f ? row : neighbor)[column] : row[column] + (one.Factor * (neighbor[column] - row[column])));
            Assert.Equal(expected, made.Row(i));
        }
    }

    [Fact]
    public void Plan_MixedTable_NeighborsAreNearestInTheDistanceOfSmoteNc()
    {
        var (samples, labels) = MixedProblem();
        var minority = BruteForce.RowsOf(labels, 1);
        var spread = s_numbers.Select(column => Deviation([.. minority.Select(row => (double)samples.Row(row)[column])])).Order().ElementAt(1);
        foreach (var made in new SmoteNominal { Seed = 4, Schema = s_schema, NeighborCount = 3 }.Plan(samples, labels).Synthetic)
            Assert.Contains(made.Neighbor, BruteForce.Nearest(samples, made.Row, minority, 3, Distance));

        double Distance(float[] x, float[] y)
        {
            var numbers = s_numbers.Sum(column => ((double)x[column] - y[column]) * ((double)x[column] - y[column]));
            var differing = (x[2] != y[2] ? 1 : 0) + (x[9] != y[9] ? 1 : 0) + (x[8] != y[8] ? 1 : 0) + (x.AsSpan(3, 4).SequenceEqual(y.AsSpan(3, 4)) ? 0 : 1);
            return numbers + (spread * spread * differing);
        }
    }

    [Fact]
    public void Plan_OnlyNominalColumns_MakesLegalRows()
    {
        var (mixed, labels) = MixedProblem();
        var samples = SampleMatrix.Create(400, 4);
        for (var row = 0; row < 400; row++)
            mixed.Row(row).AsSpan(3, 4).CopyTo(samples.GetWritableRow(row));
        var schema = ColumnSchema.Continuous(4).WithOneHot(..);
        var plan = new SmoteNominal { Seed = 3, Schema = schema }.Plan(samples, labels);
        Assert.Equal(280, plan.Synthetic.Length);
        schema.EnsureAgrees(plan.SyntheticRows(samples), "made");
    }

    [Fact]
    public void Plan_TableThatContradictsTheSchema_NamesRowAndColumn()
    {
        var (samples, labels) = MixedProblem();
        samples.GetWritableRow(377)[9] = 0.5f;
        Assert.Contains("row 377, column 9: the mask holds 0.5", Error(), StringComparison.Ordinal);
        samples.GetWritableRow(301)[3..7].Fill(1);
        Assert.Contains("row 301, column 3: its one-hot group has 4 ones", Error(), StringComparison.Ordinal);
        samples.GetWritableRow(22)[5] = 2;
        Assert.Contains("row 22, column 5: the one-hot column holds 2", Error(), StringComparison.Ordinal);

        string Error() => Assert.Throws<ArgumentException>(() => new SmoteNominal { Seed = 1, Schema = s_schema }.Plan(samples, labels)).Message;
    }

    [Fact]
    public void Plan_SchemaOfAnotherTable_NamesBothCounts()
    {
        var (samples, labels) = Problem();
        Assert.Contains("7 features where the schema has 11", Assert.Throws<ArgumentException>(() => new SmoteNominal { Seed = 1, Schema = s_schema }.Plan(samples, labels)).Message, StringComparison.Ordinal);
        var (mixed, _) = MixedProblem();
        var plan = new SmoteNominal { Seed = 1, Schema = s_schema }.Plan(mixed, labels);
        Assert.Contains("7 features where the schema has 11", Assert.Throws<ArgumentException>(() => plan.SyntheticRows(samples)).Message, StringComparison.Ordinal);
    }

    private static double Deviation(double[] values) => Math.Sqrt(values.Average(value => Math.Pow(value - values.Average(), 2)));

    private static (SampleMatrix Samples, Labels Labels) MixedProblem()
    {
        var (samples, draws) = (SampleMatrix.Create(400, 11), new RandomStream(77, 1));
        for (var row = 0; row < 400; row++)
        {
            var values = samples.GetWritableRow(row);
            var first = (ulong)row * 16;
            values[0] = (float)draws.Normal(first);
            values[1] = 3 * (float)draws.Normal(first + 1);
            values[7] = 0.5f * (float)draws.Normal(first + 2);
            values[2] = draws.Below(first + 3, 2);
            values[9] = draws.Below(first + 4, 2);
            values[3 + (int)draws.Below(first + 5, 4)] = 1;
            values[draws.Below(first + 6, 2) == 0 ? 8 : 10] = 1;
        }

        return (samples, Problem().Labels);
    }
}
