using Engine.Data;
using Engine.Neighbors;
using Engine.Numerics.Distances;
using Engine.Tests.Support;

namespace Engine.Tests.Neighbors;

public sealed class NearestNeighborsWeightsTests
{
    private static readonly float[] s_weights = [1, 0, 2.5f, 1e-3f, 7, 0.3f];

    public static TheoryData<Metric> Metrics => [Metric.L1, Metric.L2, Metric.SquaredL2];

    [Theory]
    [MemberData(nameof(Metrics))]
    public void Search_Weights_EqualsColumnsMultipliedByHand(Metric metric)
    {
        var (reference, queries) = (Tables.Normal(300, 6, 1), Tables.Normal(40, 6, 2));
        using var weighted = NearestNeighbors.Build(reference, metric, new NeighborIndexOptions { FeatureWeights = s_weights });
        using var byHand = NearestNeighbors.Build(Multiply(reference, metric), metric);
        AssertSame(byHand.Search(Multiply(queries, metric), 5), weighted.Search(queries, 5));
        AssertSame(byHand.SearchSelf(5), weighted.SearchSelf(5));
        var (expected, actual) = (byHand.SearchWithin(Multiply(queries, metric), 2), weighted.SearchWithin(queries, 2));
        for (var query = 0; query < 40; query++)
            Assert.Equal(expected.IndicesOf(query), actual.IndicesOf(query));
    }

    [Theory]
    [InlineData(Metric.L1, 3 + (4 * 2))]
    [InlineData(Metric.SquaredL2, 9 + (4 * 4))]
    [InlineData(Metric.L2, 5)]
    public void Search_Weights_MultiplyTheTermsOfTheDistance(Metric metric, float expected)
    {
        // sum w |x - y| or sum w (x - y)²: 3 with weight 1, 2 with weight 4, 9 with weight 0.
        using var search = NearestNeighbors.Build(Tables.From([[0, 0, 0]]), metric, new NeighborIndexOptions { FeatureWeights = new float[] { 1, 4, 0 } });
        Assert.Equal(expected, search.Search(Tables.From([[3, 2, 9]]), 1).DistancesOf(0)[0]);
    }

    [Fact]
    public void Search_AllWeightsZero_FindsTheFirstRows()
    {
        using var search = NearestNeighbors.Build(Tables.Normal(100, 4, 3), Metric.L2, new NeighborIndexOptions { FeatureWeights = new float[4] });
        Assert.Equal([0, 1, 2], search.Search(Tables.Normal(1, 4, 4), 3).IndicesOf(0).ToArray());
    }

    [Theory]
    [InlineData(-1f, "-1")]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    public void Build_BadWeight_NamesFeatureAndWeight(float weight, string told)
    {
        var options = new NeighborIndexOptions { FeatureWeights = new[] { 1, 1, weight } };
        var message = Assert.Throws<ArgumentException>(() => NearestNeighbors.Build(Tables.Normal(5, 3, 5), Metric.L1, options)).Message;
        Assert.Contains($"feature 2 is {told}", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_OtherNumberOfWeights_NamesBothNumbers()
    {
        var options = new NeighborIndexOptions { FeatureWeights = new float[4] };
        var message = Assert.Throws<ArgumentException>(() => NearestNeighbors.Build(Tables.Normal(5, 3, 6), Metric.L1, options)).Message;
        Assert.Contains("4 weights where the reference has 3 features", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Search_WeightedValueOverflows_NamesRowAndColumn()
    {
        var options = new NeighborIndexOptions { FeatureWeights = new[] { 1, 1e30f } };
        var message = Assert.Throws<ArgumentException>(() => NearestNeighbors.Build(Tables.From([[1, 1], [1, 1e10]]), Metric.L1, options)).Message;
        Assert.Contains("feature weights", message, StringComparison.Ordinal);
        Assert.Contains("row 1, column 1", message, StringComparison.Ordinal);
        using var search = NearestNeighbors.Build(Tables.From([[1, 1]]), Metric.L1, options);
        var queries = Tables.From([[1, 1e10]]);
        Assert.Contains("row 0, column 1", Assert.Throws<ArgumentException>(() => search.Search(queries, 1)).Message, StringComparison.Ordinal);
    }

    private static SampleMatrix Multiply(SampleMatrix samples, Metric metric)
    {
        var multiplied = samples.Copy();
        for (var row = 0; row < samples.RowCount; row++)
        {
            var values = multiplied.GetWritableRow(row);
            for (var column = 0; column < values.Length; column++)
                values[column] *= metric == Metric.L1 ? s_weights[column] : MathF.Sqrt(s_weights[column]);
        }

        return multiplied;
    }

    private static void AssertSame(NeighborTable expected, NeighborTable actual)
    {
        Assert.Equal(expected.Indices.Span, actual.Indices.Span);
        Assert.Equal(expected.Distances.Span, actual.Distances.Span);
    }
}
