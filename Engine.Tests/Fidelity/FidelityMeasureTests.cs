using Engine.Data;
using Engine.Fidelity;
using Engine.Tests.Support;

namespace Engine.Tests.Fidelity;

/// <summary>Single measures where the golden tables do not go: what is undefined, what is missing, and other ways to the same number.</summary>
public sealed class FidelityMeasureTests
{
    private const float Missing = float.NaN;

    private static readonly TableSchema s_two = new(
    [
        new ColumnDescription { Name = "x", Kind = ColumnKind.Continuous, MayBeMissing = true },
        new ColumnDescription { Name = "c", Kind = ColumnKind.Category, Levels = ["a", "b", "c"], MayBeMissing = true },
    ]);

    [Fact]
    public void Columns_AllMissing_AreUndefinedWithTheirReason()
    {
        var missing = FidelityTables.From(s_two, [Missing, Missing], [Missing, Missing]);
        var present = FidelityTables.From(s_two, [1, 0], [2, 1]);
        var columns = ColumnFidelity.Compute(missing, present);
        foreach (var score in new[] { columns[0].KsComplement, columns[0].RangeCoverage, columns[0].BoundaryAdherence, columns[1].TvComplement, columns[1].CategoryCoverage })
            Assert.Equal((null, "every real value is missing"), (score.Value, score.Reason));
        Assert.Equal(0, columns[0].MissingValueSimilarity.Value);
        columns = ColumnFidelity.Compute(present, missing);
        Assert.Equal((null, "every synthetic value is missing"), (columns[0].KsComplement.Value, columns[0].KsComplement.Reason));
        // Real values are never missing, so none of the synthetic ones is within their bounds, and no level is covered.
        Assert.Equal(0, columns[0].BoundaryAdherence.Value);
        Assert.Equal(0, columns[1].CategoryCoverage.Value);
        Assert.Equal("the column holds levels, not numbers", columns[1].KsComplement.Reason);
        Assert.Equal("the column holds numbers, not levels", columns[0].TvComplement.Reason);
    }

    [Fact]
    public void Columns_SmallNumbers_HaveTheScoresWorkedOutByHand()
    {
        var real = FidelityTables.From(s_two, [0, 0], [2, 0], [4, 1], [10, Missing], [Missing, 1]);
        var synthetic = FidelityTables.From(s_two, [1, 0], [5, 2], [11, 2], [Missing, 2]);
        var columns = ColumnFidelity.Compute(real, synthetic);
        // F at 0, 1, 2, 4, 5, 10: 1/4 1/4 2/4 3/4 3/4 1, and 0 1/3 1/3 1/3 2/3 2/3.
        Assert.Equal(1 - (.75 - (1 / 3.0)), columns[0].KsComplement.Value!.Value, 15);
        Assert.Equal(.9, columns[0].RangeCoverage.Value!.Value, 15);
        Assert.Equal(.75, columns[0].BoundaryAdherence.Value!.Value, 15);
        Assert.Equal(.95, columns[0].MissingValueSimilarity.Value!.Value, 15);
        // a 1/2, b 1/2 beside a 1/4, c 3/4.
        Assert.Equal(.25, columns[1].TvComplement.Value!.Value, 15);
        Assert.Equal(.5, columns[1].CategoryCoverage.Value!.Value, 15);
    }

    [Fact]
    public void Correlations_ConstantOnTheCommonRows_AreUndefined()
    {
        var schema = new TableSchema(
        [
            new ColumnDescription { Name = "x", Kind = ColumnKind.Continuous, MayBeMissing = true },
            new ColumnDescription { Name = "y", Kind = ColumnKind.Continuous, MayBeMissing = true },
        ]);
        var real = FidelityTables.From(schema, [.1f, 5], [.1f, 6], [.1f, 9], [3, Missing], [7, Missing]);
        var comparison = CorrelationComparison.Compute(real, FidelityTables.From(schema, [1, 2], [2, 4.5f], [3, 6]));
        Assert.True(double.IsNaN(comparison.Real.Span[1]));
        Assert.Equal(1, comparison.Real.Span[0]);
        Assert.False(double.IsNaN(comparison.Synthetic.Span[1]));
        Assert.Equal(0, comparison.PairCount);
        Assert.Null(comparison.MeanAbsoluteDifference.Value);
    }

    [Fact]
    public void Contingency_TooManyCells_IsUndefinedForThatPairOnly()
    {
        string[] levels = [.. Enumerable.Range(0, 2_100).Select(level => $"level {level}")];
        var schema = new TableSchema(
        [
            new ColumnDescription { Name = "first", Kind = ColumnKind.Category, Levels = levels },
            new ColumnDescription { Name = "second", Kind = ColumnKind.Category, Levels = levels },
            new ColumnDescription { Name = "third", Kind = ColumnKind.Binary },
        ]);
        var table = FidelityTables.From(schema, [0, 1, 1], [2_099, 5, 0]);
        var pairs = ContingencyComparison.Compute(table, table).Pairs;
        Assert.Contains("4,194,304", pairs[0].Similarity.Reason!, StringComparison.Ordinal);
        Assert.Equal([1.0, 1.0], pairs.Skip(1).Select(pair => pair.Similarity.Value!.Value));
    }

    [Fact]
    public void Encoding_ValueMissingWhereNoneWas_Throws()
    {
        var encoding = RowEncoding.Fit(FidelityTables.From(s_two, [1, 0], [2, 1]));
        var message = Assert.Throws<ArgumentException>(() => encoding.Encode(FidelityTables.From(s_two, [Missing, 0])).Copy()).Message;
        Assert.Contains("'x' lacks a value", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Encoding_MixedRow_HasTheValuesWorkedOutByHand()
    {
        var real = FidelityTables.From(s_two, [1, 0], [3, 1], [Missing, Missing]);
        var encoding = RowEncoding.Fit(real);
        Assert.Equal(["x", "x is missing", "c = a", "c = b", "c = c", "c is missing"], encoding.ColumnNames);
        var rows = encoding.Encode(real);
        Assert.Equal([-1, 0, .5f, 0, 0, 0], rows.Row(0));
        Assert.Equal([1, 0, 0, .5f, 0, 0], rows.Row(1));
        Assert.Equal([0, 1, 0, 0, 0, 1], rows.Row(2));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1.0 / 30)]
    [InlineData(.2)]
    public void Matches_MixedTables_AreThoseOfAllPairs(double tolerance)
    {
        var real = FidelityTables.Make(300, 5);
        var synthetic = FidelityTables.Make(200, 6);
        for (var row = 0; row < 20; row++)
            real.Rows.CopyRow(row * 7, synthetic.Rows.GetWritableRow(row * 3));
        var matches = RecordMatches.Compute(real, synthetic, tolerance);
        Assert.Equal(CountPairs(real, synthetic, real, tolerance), matches.NearlyIdentical.Successes);
        Assert.Equal(CountPairs(real, real, synthetic, tolerance), matches.HitRate.Successes);
        Assert.Equal(20, matches.Identical.Successes);
    }

    [Fact]
    public void ClosestRecords_TwoRows_AreUndefinedWhereNoSecondIs()
    {
        var training = Tables.From([[0, 0], [3, 4]]);
        var records = ClosestRecords.Compute(Tables.From([[0, 1]]), training);
        Assert.Equal(1, records.Synthetic.Mean);
        Assert.Equal(7, records.Baseline.Mean);
        Assert.Equal(1 / 6.0, records.NearestDistanceRatio.Value!.Value, 15);
        Assert.Null(records.BaselineDistanceRatio.Value);
        Assert.Contains("no second", records.BaselineDistanceRatio.Reason!, StringComparison.Ordinal);
    }

    [Fact]
    public void Detection_SeparatedTables_HaveNoPmse()
    {
        var detection = Detection.Compute(Tables.Normal(60, 2, 1), Tables.From([.. Enumerable.Range(0, 60).Select(row => new double[] { 100 + row, row % 3 })]));
        Assert.Equal(1, detection.Auroc);
        Assert.Equal(0, detection.Score);
        Assert.Null(detection.Pmse.Value);
        Assert.Contains("separate", detection.Pmse.Reason!, StringComparison.Ordinal);
    }

    [Fact]
    public void Attack_NoisyCopiesOfMembers_AreFound()
    {
        var members = Tables.Normal(200, 8, 1);
        var synthetic = Tables.Normal(200, 8, 2);
        for (var row = 0; row < 200; row++)
        {
            for (var column = 0; column < 8; column++)
                synthetic.GetWritableRow(row)[column] = members.Row(row)[column] + (.1f * synthetic.Row(row)[column]);
        }

        var (others, reference) = (Tables.Normal(200, 8, 3), Tables.Normal(300, 8, 4));
        Assert.InRange(DensityRatioAttack.Compute(members, others, synthetic, reference).Auroc!.Value.Lower, .95, 1);
        // The same rows say nothing of strangers.
        var strangers = DensityRatioAttack.Compute(Tables.Normal(200, 8, 5), others, synthetic, reference).Auroc!.Value;
        Assert.InRange(.5, strangers.Lower, strangers.Upper);
    }

    [Fact]
    public void SinglingOut_NothingUnique_HasNoRate()
    {
        var schema = new TableSchema([new ColumnDescription { Name = "x", Kind = ColumnKind.Binary }, new ColumnDescription { Name = "y", Kind = ColumnKind.Binary }]);
        var table = FidelityTables.From(schema, [0, 0], [0, 1], [1, 0], [1, 1], [1, 1]);
        var univariate = SinglingOut.Univariate(table, table, table, attackCount: 10);
        Assert.Null(univariate.Attack);
        Assert.Null(univariate.Residual);
        // Two columns tell the four different rows apart, of which one is there twice and counts once.
        var multivariate = SinglingOut.Multivariate(table, table, table, columnCount: 2, attackCount: 10);
        Assert.Equal((4L, 4L), (multivariate.Attack!.Trials, multivariate.Attack.Successes));
    }

    [Fact]
    public void GroupMembership_GroupsApart_PutsCopiesOfTheMinorityAtOne()
    {
        var minority = Shifted(Tables.Normal(150, 4, 1), 4);
        var membership = GroupMembership.Compute(minority, Tables.Normal(400, 4, 2), Shifted(Tables.Normal(90, 4, 3), 4), forest: new RandomForestOptions { TreeCount = 30 });
        Assert.Equal((45, 120, 90), (membership.Minority.Length, membership.Majority.Length, membership.Synthetic.Length));
        Assert.InRange(membership.Auroc!.Value.Auroc, .99, 1);
        Assert.InRange(membership.Position.Value!.Value, .9, 1.1);
        var mass = membership.MinorityDensity!.Value.ToArray().Sum() / (GroupMembership.PointCount - 1);
        // Half of a density that ends at 1 lies beyond it.
        Assert.InRange(mass, .3, 1.01);
    }

    private static SampleMatrix Shifted(SampleMatrix rows, float shift)
    {
        for (var row = 0L; row < rows.RowCount; row++)
            rows.GetWritableRow(row)[0] += shift;
        return rows;
    }

    private static long CountPairs(SchemaTable real, SchemaTable queries, SchemaTable reference, double tolerance)
    {
        var columns = real.Schema.Columns;
        var reach = new double[columns.Count];
        for (var column = 0; column < columns.Count; column++)
        {
            var values = Enumerable.Range(0, (int)real.RowCount).Select(row => real.Rows.Row(row)[column]).Where(value => !float.IsNaN(value)).ToArray();
            reach[column] = columns[column].Kind is ColumnKind.Binary or ColumnKind.Category ? 0 : tolerance * ((double)values.Max() - values.Min());
        }

        return Enumerable.Range(0, (int)queries.RowCount).Count(query => Enumerable.Range(0, (int)reference.RowCount).Any(row =>
        {
            var (x, y) = (queries.Rows.Row(query), reference.Rows.Row(row));
            return Enumerable.Range(0, columns.Count).All(column =>
                (float.IsNaN(x[column]) && float.IsNaN(y[column])) || Math.Abs((double)x[column] - y[column]) <= reach[column]);
        }));
    }
}
