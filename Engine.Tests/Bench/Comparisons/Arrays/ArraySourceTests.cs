using Bench.Comparisons.Arrays;
using Engine.Data;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Comparisons.Arrays;

public sealed class ArraySourceTests
{
    private static readonly ArraySize s_size = new(120, 30);

    private static readonly CohortShelf s_shelf = new("absent") { OrdinaryTrainingRows = 5_000 };

    public static TheoryData<string, int> Sources => new()
    {
        { "uniform", 5 },
        { "low rank", 8 },
        { "hours", 76 },
        { "widest hours", 15 },
        { "summaries", 714 },
        { "first hours", 3648 },
    };

    [Theory]
    [MemberData(nameof(Sources))]
    public void Make_AnySource_GivesTheSameFiniteRowsEveryTime(string name, int featureCount)
    {
        var (arrays, again) = (Make(name), Make(name));
        foreach (var (samples, same, rowCount) in new[] { (arrays.Reference, again.Reference, s_size.Rows), (arrays.Queries, again.Queries, s_size.Queries) })
        {
            Assert.Equal((rowCount, featureCount), (samples.RowCount, samples.FeatureCount));
            samples.EnsureFinite(name);
            Assert.Equal(Values(samples), Values(same));
        }

        Assert.Null(arrays.OwnRows);
        Assert.NotEqual(Row(arrays.Reference, 0), Row(arrays.Queries, 0));
    }

    [Fact]
    public void Make_WidestHours_AreThoseColumnsOfTheHours()
    {
        var (hours, widest) = (Make("hours"), Make("widest hours"));
        var columns = WidestColumns.Of(hours.Reference, 15);
        Assert.Equal(columns.Order(), columns);
        Assert.Equal(columns.Select(column => Row(hours.Queries, 3)[column]), Row(widest.Queries, 3));
    }

    [Fact]
    public void Make_Summaries_AreStandardized()
    {
        var reference = Make("summaries").Reference;
        for (var column = 0; column < reference.FeatureCount; column++)
        {
            var values = Enumerable.Range(0, s_size.Rows).Select(row => (double)Row(reference, row)[column]).ToArray();
            Assert.Equal(0, values.Average(), 1e-5);
            var variance = values.Average(value => value * value);
            Assert.True(Math.Abs(variance - 1) < 1e-4 || variance == 0, $"column {column} has variance {variance}");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Make_ClassOneRows_AreRowsOfTheReference(bool areSummaries)
    {
        var arrays = new ClassOneRows(areSummaries).Make(new ArraySize(8_000, 0), new CohortShelf("absent"), TestContext.Current.CancellationToken);
        Assert.Equal(8_000, arrays.Reference.RowCount);
        Assert.InRange(arrays.Queries.RowCount, 5, 300);
        Assert.Equal(arrays.Queries.RowCount, arrays.OwnRows!.Length);
        for (var query = 0; query < arrays.OwnRows.Length; query++)
            Assert.Equal(Row(arrays.Reference, arrays.OwnRows[query]), Row(arrays.Queries, query));
    }

    [Fact]
    public void Make_NoRowOfClassOne_SaysSo()
    {
        var error = Assert.Throws<CaseUnavailableException>(
            () => new ClassOneRows(areSummaries: false).Make(new ArraySize(10, 0), new CohortShelf("absent"), TestContext.Current.CancellationToken));
        Assert.Equal("none of 10 training rows is of class 1", error.Message);
    }

    [Fact]
    public void Make_ValidationHours_SearchAllTrainingRows()
    {
        var arrays = new ValidationHours().Make(new ArraySize(2_000, 100), new CohortShelf("absent"), TestContext.Current.CancellationToken);
        Assert.Equal((2_000, 100), (arrays.Reference.RowCount, arrays.Queries.RowCount));
    }

    [Fact]
    public void Make_PhysioNetAbsent_SaysHowToNameIt()
    {
        var source = new LastHours(CohortSource.PhysioNet2012);
        var error = Assert.Throws<CaseUnavailableException>(() => source.Make(s_size, new CohortShelf("absent"), TestContext.Current.CancellationToken));
        Assert.Equal("PhysioNet 2012 is absent; name its folder with --physionet2012", error.Message);
    }

    [Fact]
    public void Make_PhysioNet_FillsEverySource()
    {
        var shelf = new CohortShelf(SharedData.Require(Path.Combine("data", "physionet2012")));
        const CohortSource Real = CohortSource.PhysioNet2012;
        IArraySource[] sources = [new LastHours(Real), new PrefixSummaries(Real), new FirstHours(Real)];
        Assert.Equal([76, 714, 3648], sources.Select(source => source.Make(s_size, shelf, TestContext.Current.CancellationToken).Reference.FeatureCount));
    }

    private static CaseArrays Make(string name)
    {
        IArraySource source = name switch
        {
            "uniform" => new UniformRows(5),
            "low rank" => new LowRankRows(8),
            "hours" => new LastHours(CohortSource.Simulated),
            "widest hours" => new LastHours(CohortSource.Simulated, 15),
            "summaries" => new PrefixSummaries(CohortSource.Simulated),
            _ => new FirstHours(CohortSource.Simulated),
        };
        // The tests of a class run one after the other; the shelf is for one thread.
        return source.Make(s_size, s_shelf, TestContext.Current.CancellationToken);
    }

    private static float[] Row(SampleMatrix samples, long row)
    {
        var values = new float[samples.FeatureCount];
        samples.CopyRow(row, values);
        return values;
    }

    private static float[] Values(SampleMatrix samples) => [.. Enumerable.Range(0, (int)samples.RowCount).SelectMany(row => Row(samples, row))];
}
