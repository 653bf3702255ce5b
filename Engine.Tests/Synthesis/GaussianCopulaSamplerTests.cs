using Engine.Data;
using Engine.Numerics;
using Engine.Synthesis;
using Engine.Tests.Support;

namespace Engine.Tests.Synthesis;

public sealed class GaussianCopulaSamplerTests() : RowGeneratorBattery(compute => new GaussianCopulaSampler { Compute = compute })
{
    private const int LearnedCount = 4_000;
    private const int MadeCount = 40_000;

    /// <summary>A draw beyond so many deviations happens less than once in a million.</summary>
    private const double Deviations = 5;

    /// <summary>What a Kolmogorov-Smirnov distance times the root of the row count exceeds once in a million.</summary>
    private const double KolmogorovSmirnov = 2.7;

    private static readonly double[,] s_correlations =
    {
        { 1, 0.7, -0.5, 0.4, 0.3 },
        { 0.7, 1, -0.3, 0.2, 0.5 },
        { -0.5, -0.3, 1, -0.4, 0 },
        { 0.4, 0.2, -0.4, 1, 0.6 },
        { 0.3, 0.5, 0, 0.6, 1 },
    };

    private static readonly TableSchema s_schema = new(
    [
        new() { Name = "lognormal", Kind = ColumnKind.Continuous },
        new() { Name = "zeros", Kind = ColumnKind.Integer },
        new() { Name = "even", Kind = ColumnKind.Binary },
        new() { Name = "rare", Kind = ColumnKind.Binary },
        new() { Name = "died", Kind = ColumnKind.Binary, IsOutcome = true },
    ]);

    [Fact]
    public async Task Generate_KnownDistributions_AreKept()
    {
        var examples = Known(LearnedCount);
        var made = (await Generate(examples, MadeCount, 11)).Table;
        for (var column = 0; column < 5; column++)
        {
            var (seen, drawn) = (Column(examples, column), Column(made, column));
            if (s_schema.Columns[column].IsNominal)
            {
                double share = seen.Average();
                Assert.Equal(share, drawn.Average(), Deviations * Math.Sqrt(share * (1 - share) / MadeCount));
                continue;
            }

            // Interpolation moves half a rank at most, and a whole number's share by as much.
            Assert.InRange(MaximumDistance(seen, drawn), 0, (KolmogorovSmirnov / Math.Sqrt(MadeCount)) + (1.0 / LearnedCount));
        }

        // Numbers that were not seen are made between those that were.
        Assert.True(Column(made, 0).Distinct().Count() > 0.9 * MadeCount);
        Assert.All(Column(made, 1), value => Assert.True(float.IsInteger(value)));
    }

    [Fact]
    public void Fit_KnownCorrelations_AreRecoveredThroughTiesAndRareEvents()
    {
        var copula = new GaussianCopulaSampler().Fit(Known(LearnedCount), TestContext.Current.CancellationToken);
        var stratum = Assert.Single(copula.Strata);
        Assert.Equal([1, 1, 1, 1, 1], stratum.VariableCounts);
        Assert.Equal(0, copula.Shrinkage);
        // The variances of scores: of a continuous variable, one with two thirds zeros, one of two even classes, of 5 % and of 20 %.
        double[] variances = [1, 0.8, 0.63, 0.22, 0.48];
        for (var i = 0; i < 5; i++)
        {
            for (var j = 0; j < 5; j++)
            {
                var error = Deviations / Math.Sqrt(LearnedCount * variances[i] * variances[j]);
                Assert.Equal(s_correlations[i, j], stratum.Correlation.Span[(i * 5) + j], i == j ? 0 : error);
            }
        }
    }

    [Fact]
    public async Task Generate_KnownCorrelations_AreKept()
    {
        var examples = Known(LearnedCount);
        var made = (await Generate(examples, MadeCount, 12)).Table;
        for (var i = 0; i < 5; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var expected = RankCorrelation(Column(examples, i), Column(examples, j));
                // Both tables have the sampling error of a correlation, and chance allowed for takes one more at most.
                Assert.Equal(expected, RankCorrelation(Column(made, i), Column(made, j)), (Deviations / Math.Sqrt(MadeCount)) + (1 / Math.Sqrt(LearnedCount)));
            }
        }
    }

    [Fact]
    public async Task Generate_CopiesOfAColumn_StayTogether()
    {
        var examples = HostileTables.All["copies of a column"]();
        var made = (await Generate(examples, 2_000, 3)).Table;
        for (var column = 1; column < 5; column++)
            Assert.True(RankCorrelation(Column(made, 0), Column(made, column)) > 0.99);
    }

    [Fact]
    public async Task Generate_MissingValues_GoWithOtherColumns()
    {
        // Two laboratory values, missing together and mostly where the outcome is absent; the second is the first and noise.
        var rows = SampleMatrix.Create(LearnedCount, 3);
        var stream = new RandomStream(5, 1);
        for (var row = 0; row < LearnedCount; row++)
        {
            var values = rows.GetWritableRow(row);
            var word = 4 * (ulong)row;
            values[2] = stream.UniformDouble(word) < 0.3 ? 1 : 0;
            var isMissing = stream.UniformDouble(word + 1) < (values[2] == 1 ? 0.1 : 0.6);
            var result = stream.Normal(word + 2) + values[2];
            (values[0], values[1]) = isMissing ? (float.NaN, float.NaN) : ((float)result, (float)((0.8 * result) + (0.6 * stream.Normal(word + 3))));
        }

        var schema = TableSchema.Infer(["first", "second", "died"], rows, ["died"]);
        var made = (await Generate(new SchemaTable(schema, rows), MadeCount, 9)).Table;
        var (missing, died) = (Column(made, 0).Select(float.IsNaN).ToArray(), Column(made, 2));
        Assert.Equal(0.1, Rate(row => died[row] == 1), 0.02);
        Assert.Equal(0.6, Rate(row => died[row] == 0), 0.03);
        var (first, second) = (Column(made, 0), Column(made, 1));
        var together = Enumerable.Range(0, MadeCount).Count(row => missing[row] == float.IsNaN(second[row]));
        Assert.True(together > 0.97 * MadeCount, $"{together}");
        var shown = Enumerable.Range(0, MadeCount).Where(row => !missing[row] && !float.IsNaN(second[row])).ToArray();
        Assert.Equal(0.83, RankCorrelation([.. shown.Select(row => first[row])], [.. shown.Select(row => second[row])]), 0.04);

        double Rate(Func<int, bool> where) => Enumerable.Range(0, MadeCount).Where(where).Average(row => missing[row] ? 1.0 : 0);
    }

    [Fact]
    public async Task Generate_Categories_KeepSharesAndWhatGoesWithThem()
    {
        // Four levels, of which the rarest has the highest outcome and the second another age: no order of the levels says both.
        var rows = SampleMatrix.Create(LearnedCount, 3);
        var stream = new RandomStream(6, 1);
        var (shares, rates, ages) = (new[] { 0.4, 0.3, 0.2, 0.1 }, new[] { 0.2, 0.25, 0.1, 0.6 }, new[] { 50.0, 70, 55, 52 });
        for (var row = 0; row < LearnedCount; row++)
        {
            var values = rows.GetWritableRow(row);
            var (word, draw, level) = (3 * (ulong)row, stream.UniformDouble(3 * (ulong)row), 0);
            for (var below = shares[0]; draw >= below; below += shares[++level])
            {
            }

            (values[0], values[1], values[2]) = (level, (float)(ages[level] + (8 * stream.Normal(word + 1))), stream.UniformDouble(word + 2) < rates[level] ? 1 : 0);
        }

        var schema = TableSchema.Infer(["race", "age", "died"], rows, ["died"], new Dictionary<string, IReadOnlyList<string>> { ["race"] = ["a", "b", "c", "d"] });
        var made = (await Generate(new SchemaTable(schema, rows), MadeCount, 10)).Table;
        var (race, age, died) = (Column(made, 0), Column(made, 1), Column(made, 2));
        for (var level = 0; level < 4; level++)
        {
            var of = Enumerable.Range(0, MadeCount).Where(row => race[row] == level).ToArray();
            var count = shares[level] * LearnedCount;
            Assert.Equal(shares[level], (double)of.Length / MadeCount, Deviations * Math.Sqrt(shares[level] / LearnedCount));
            Assert.Equal(rates[level], of.Average(row => (double)died[row]), (3 * Math.Sqrt(rates[level] / count)) + 0.05);
            Assert.Equal(ages[level], of.Average(row => (double)age[row]), (3 * 8 / Math.Sqrt(count)) + 1.5);
        }
    }

    [Fact]
    public async Task Generate_OutcomeApart_HasItsRateAndItsOwnRanges()
    {
        var examples = Apart(600);
        var share = Column(examples, 1).Average();
        foreach (var rate in new double?[] { null, 0, 0.5, 1 })
        {
            var sampler = new GaussianCopulaSampler { Outcome = "died", PositiveRate = rate };
            var made = (await sampler.GenerateAsync(new() { Examples = examples, RowCount = 5_000, Seed = 3 }, TestContext.Current.CancellationToken)).Table;
            var (x, died) = (Column(made, 0), Column(made, 1));
            var expected = rate ?? share;
            Assert.Equal(expected, died.Average(), Deviations * Math.Sqrt(expected * (1 - expected) / 5_000));
            // The positive lie above 10, the negative below.
            Assert.All(Enumerable.Range(0, 5_000), row => Assert.Equal(died[row] == 1, x[row] > 10));
            made.EnsureLegal("made", TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Generate_OutcomeApart_FirstRowsUnchanged()
    {
        var sampler = new GaussianCopulaSampler { Outcome = "died" };
        var many = (await sampler.GenerateAsync(new() { Examples = Apart(100), RowCount = 1_000, Seed = 3 }, TestContext.Current.CancellationToken)).Table;
        var few = (await sampler.GenerateAsync(new() { Examples = Apart(100), RowCount = 100, Seed = 3 }, TestContext.Current.CancellationToken)).Table;
        Assert.Equal(Bits(few), Bits(many)[..(100 * 2)]);
    }

    [Fact]
    public void Fit_WhatCannotBeLearned_NamesTheWayOut()
    {
        var table = Apart(40);
        var cancellation = TestContext.Current.CancellationToken;
        Assert.Contains("the examples have 1 rows; a copula needs at least 2", Fault(new(), table.SelectRows(new long[] { 3 })), StringComparison.Ordinal);
        // One row in four died.
        Assert.Contains("with died = 1 the examples have 1 rows", Fault(new() { Outcome = "died" }, table.SelectRows(new long[] { 0, 1, 2, 3 })), StringComparison.Ordinal);
        Assert.Contains("'x' is no outcome of the schema; outcomes are died", Fault(new() { Outcome = "x" }, table), StringComparison.Ordinal);
        Assert.Contains("name the outcome", Fault(new() { PositiveRate = 0.5 }, table), StringComparison.Ordinal);
        Assert.Contains("PositiveRate is 1.5; allowed is 0 to 1", Fault(new() { Outcome = "died", PositiveRate = 1.5 }, table), StringComparison.Ordinal);

        var schema = new TableSchema(table.Schema.Columns.Select(column => column with { MayBeMissing = true }));
        var rows = table.Rows.Copy();
        rows.GetWritableRow(7)[1] = float.NaN;
        Assert.Contains("outcome 'died' is missing in row 7", Fault(new() { Outcome = "died" }, new SchemaTable(schema, rows)), StringComparison.Ordinal);

        // A stratum of which nothing is drawn may be absent.
        Assert.NotNull(new GaussianCopulaSampler { Outcome = "died", PositiveRate = 0 }.Fit(table.SelectRows(new long[] { 1, 2, 3 }), cancellation));

        string Fault(GaussianCopulaSampler sampler, SchemaTable examples) => Assert.ThrowsAny<ArgumentException>(() => sampler.Fit(examples, cancellation)).Message;
    }

    [Fact]
    public void Draw_AnyPartOfTheTable_HasTheSameRows()
    {
        var copula = new GaussianCopulaSampler().Fit(HostileTables.All["every kind"](), TestContext.Current.CancellationToken);
        var drawn = copula.Draw(1_000, 5);
        var (whole, part) = (Bits(drawn), new float[37 * 5]);
        drawn.Rows.CopyRows(411, 37, part);
        Assert.Equal(whole[(411 * 5)..(448 * 5)], Array.ConvertAll(part, BitConverter.SingleToInt32Bits));
        Assert.Throws<ArgumentOutOfRangeException>(() => copula.Draw(-1, 5));
        Assert.Equal(0, copula.Draw(0, 5).RowCount);
    }

    [Fact]
    public void Draw_Results_HaveTheCommittedDigest()
    {
        using var digest = new Digest();
        foreach (var outcome in new[] { null, "died" })
        {
            foreach (var examples in new[] { Known(500), HostileTables.Random(HostileTables.EveryKind(mayBeMissing: true), 300, 6) })
                digest.Add<float>(Values(new GaussianCopulaSampler { Outcome = outcome }.Fit(examples, TestContext.Current.CancellationToken).Draw(2_000, 21)));
        }

        Assert.Equal("5BE80D9DE2281FE1", digest.ToString());
    }

    /// <summary>Makes rows of a Gaussian copula of the given correlations.</summary>
    private static SchemaTable Known(int rowCount)
    {
        var size = s_correlations.GetLength(0);
        var factor = new Cholesky([.. s_correlations.Cast<double>()], size, size);
        var stream = new RandomStream(4, 1);
        var rows = SampleMatrix.Create(rowCount, size);
        for (var row = 0; row < rowCount; row++)
        {
            var z = new double[size];
            for (var variable = 0; variable < size; variable++)
            {
                for (var k = 0; k <= variable; k++)
                    z[variable] += factor.FactorRow(variable)[k] * stream.Normal((ulong)((row * size) + k));
            }

            var values = rows.GetWritableRow(row);
            values[0] = (float)Math.Exp(z[0]);
            values[1] = (float)Math.Max(0, Math.Round(10 * (z[1] - 0.43)));
            values[2] = z[2] > 0 ? 1 : 0;
            values[3] = z[3] > 1.645 ? 1 : 0;
            values[4] = z[4] > 0.84 ? 1 : 0;
        }

        return new SchemaTable(s_schema, rows);
    }

    /// <summary>Makes rows of which one in four died, those with numbers above 10.</summary>
    private static SchemaTable Apart(int rowCount)
    {
        var rows = SampleMatrix.Create(rowCount, 2);
        for (var row = 0; row < rowCount; row++)
            (rows.GetWritableRow(row)[0], rows.GetWritableRow(row)[1]) = row % 4 == 0 ? (11 + (row % 7), 1) : (row % 9, 0);
        return new SchemaTable(TableSchema.Infer(["x", "died"], rows, ["died"]), rows);
    }

    private static double MaximumDistance(float[] x, float[] y)
    {
        var (first, second) = (x.Order().ToArray(), y.Order().ToArray());
        return first.Concat(second).Distinct().Max(value => Math.Abs(Share(first, value) - Share(second, value)));

        static double Share(float[] sorted, float value)
        {
            var (low, high) = (0, sorted.Length);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (sorted[middle] <= value)
                    low = middle + 1;
                else
                    high = middle;
            }

            return (double)low / sorted.Length;
        }
    }

    private static double RankCorrelation(float[] x, float[] y)
    {
        var (a, b) = (Ranks(x), Ranks(y));
        var (meanA, meanB) = (a.Average(), b.Average());
        return a.Zip(b, (one, other) => (one - meanA) * (other - meanB)).Sum()
            / Math.Sqrt(a.Sum(one => (one - meanA) * (one - meanA)) * b.Sum(other => (other - meanB) * (other - meanB)));

        static double[] Ranks(float[] values)
        {
            var ranks = new double[values.Length];
            var first = 0;
            foreach (var tied in values.Index().GroupBy(one => one.Item).OrderBy(group => group.Key))
            {
                var count = tied.Count();
                foreach (var (place, _) in tied)
                    ranks[place] = first + ((count - 1) / 2.0);
                first += count;
            }

            return ranks;
        }
    }
}
