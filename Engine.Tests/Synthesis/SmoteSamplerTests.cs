using Engine.Data;
using Engine.Numerics;
using Engine.Synthesis;
using Engine.Tests.Support;

namespace Engine.Tests.Synthesis;

public sealed class SmoteSamplerTests() : RowGeneratorBattery(compute => new SmoteSampler { Compute = compute })
{
    private static readonly TableSchema s_schema = new(
    [
        new() { Name = "small", Kind = ColumnKind.Continuous },
        new() { Name = "large", Kind = ColumnKind.Continuous },
        new() { Name = "ward", Kind = ColumnKind.Category, Levels = ["a", "b", "c"] },
        new() { Name = "died", Kind = ColumnKind.Binary, IsOutcome = true },
    ]);

    [Fact]
    public async Task Generate_EveryRow_LiesBetweenARowAndOneOfItsNearestOthers()
    {
        var examples = Examples(80);
        var made = (await Generate(examples, 300, 5)).Table;
        var rows = Enumerable.Range(0, 80).Select(row => examples.Rows.Row(row)).ToArray();
        var deviations = Enumerable.Range(0, 2).Select(column => Deviation([.. rows.Select(row => (double)row[column])])).ToArray();
        var pairs = (from x in Enumerable.Range(0, 80) from y in Nearest(x) select (X: rows[x], Y: rows[y])).ToArray();
        Assert.All(Enumerable.Range(0, 300), i => Assert.Contains(pairs, pair => IsMadeFrom(pair.X, pair.Y, made.Rows.Row(i))));

        IEnumerable<int> Nearest(int x) => Enumerable.Range(0, 80).Where(y => y != x).OrderBy(y => Distance(rows[x], rows[y])).Take(5);

        // A deviation in one column counts as much as another ward or outcome.
        double Distance(float[] x, float[] y) =>
            Enumerable.Range(0, 2).Sum(column => Math.Pow((x[column] - y[column]) / deviations[column], 2)) + (x[2] != y[2] ? 1 : 0) + (x[3] != y[3] ? 1 : 0);
    }

    [Fact]
    public async Task Generate_TooFewRows_NamesTheWayOut()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => Generate(Examples(5), 10, 1));
        Assert.Contains("the examples have 5 rows; k = 5 needs at least 6; lower NeighborCount or show more rows", error.Message, StringComparison.Ordinal);
        var few = new SmoteSampler { NeighborCount = 4 };
        Assert.Equal(10, (await few.GenerateAsync(new() { Examples = Examples(5), RowCount = 10, Seed = 1 }, TestContext.Current.CancellationToken)).Table.RowCount);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => new SmoteSampler { NeighborCount = 0 }.GenerateAsync(new() { Examples = Examples(5), RowCount = 10, Seed = 1 }, TestContext.Current.CancellationToken));
        Assert.Equal("SMOTE", few.Name);
    }

    [Fact]
    public async Task Generate_Outcomes_KeepTheirShare()
    {
        var examples = Examples(400);
        var rate = Column(examples, 3).Average();
        // Both the base and the neighbor are drawn among rows of that rate, neighbors mostly of their base's outcome.
        Assert.InRange(Column((await Generate(examples, 4_000, 2)).Table, 3).Average(), rate - 0.05, rate + 0.05);
    }

    /// <summary>Whether a row lies on the segment, its category and outcome those of the nearer end.</summary>
    private static bool IsMadeFrom(float[] x, float[] y, float[] made)
    {
        var factor = Math.Abs(y[1] - x[1]) > 0 ? (made[1] - x[1]) / (y[1] - x[1]) : 0;
        if (!(factor is >= 0 and <= 1) || Math.Abs(x[0] + (factor * (y[0] - x[0])) - made[0]) > 1e-3 * Math.Abs(y[0] - x[0]) + 1e-6)
            return false;
        var parent = factor < 0.5 ? x : y;
        return parent[2] == made[2] && parent[3] == made[3];
    }

    private static SchemaTable Examples(int rowCount)
    {
        var rows = SampleMatrix.Create(rowCount, 4);
        var (normal, level) = (new RandomStream(8, 1), new RandomStream(8, 2));
        for (var row = 0; row < rowCount; row++)
        {
            var values = rows.GetWritableRow(row);
            var (x, y) = (normal.Normal(2 * (ulong)row), normal.Normal((2 * (ulong)row) + 1));
            (values[0], values[1]) = ((float)(0.01 * x), (float)(1e4 * y));
            (values[2], values[3]) = (level.Below((ulong)row, 3), x + y > 1 ? 1 : 0);
        }

        return new SchemaTable(s_schema, rows);
    }

    private static double Deviation(double[] values) => Math.Sqrt(values.Average(value => value * value) - Math.Pow(values.Average(), 2));
}
