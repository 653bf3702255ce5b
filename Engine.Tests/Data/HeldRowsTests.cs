using Engine.Collectives;
using Engine.Data;
using Engine.Tests.Support;

namespace Engine.Tests.Data;

public sealed class HeldRowsTests
{
    private const int RowCount = (3 * RankRows.RowsPerRun) + 500;

    private static readonly long[] s_places = [1, 4, 5, 9];

    [Fact]
    public void OfHeldRows_RowsThatAreHeld_AreReadAtTheirPlaces()
    {
        var held = Tables.Normal(4, 3, seed: 1);
        var table = SampleMatrix.OfHeldRows(held, s_places, 10);
        Assert.Equal((10L, 3), (table.RowCount, table.FeatureCount));
        Assert.Equal(held.Row(2), table.Row(5));
        Assert.Equal(held.Row(3), table.SelectRows(new long[] { 1, 9 }).Row(1));
        var values = new float[6];
        table.CopyRows(4, 2, values);
        Assert.Equal([.. held.Row(1), .. held.Row(2)], values);
    }

    [Fact]
    public void OfHeldRows_RowThatIsNot_IsNamed()
    {
        var table = SampleMatrix.OfHeldRows(Tables.Normal(4, 3, seed: 1), s_places, 10);
        Assert.StartsWith("row 6 is not among the 4 that this process holds", Assert.Throws<InvalidOperationException>(() => table.Row(6)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => table.SelectRows(new long[] { 4, 6 }));
        Assert.Throws<InvalidOperationException>(() => table.CopyRows(4, 3, new float[9]));
    }

    [Fact]
    public void OfHeldRows_PlacesThatDoNotRiseOrFit_AreRefused()
    {
        var held = Tables.Normal(2, 3, seed: 1);
        Assert.Contains("is row 3 and the one before is row 3", Assert.Throws<ArgumentException>(() => SampleMatrix.OfHeldRows(held, new long[] { 3, 3 }, 10)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleMatrix.OfHeldRows(held, new long[] { 3, 10 }, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleMatrix.OfHeldRows(held, new long[] { -1, 3 }, 10));
        Assert.Throws<ArgumentException>(() => SampleMatrix.OfHeldRows(held, new long[] { 3 }, 10));
    }

    /// <summary>A table cut in two parts, of each of which every rank reads its own rows alone.</summary>
    [Fact]
    public void OfRanks_PartsOfATable_AreFittedAsByOneProcess()
    {
        var samples = Tables.Normal(RowCount, 3, seed: 2);
        long[][] parts = [[.. Rows().Where(row => row % 3 > 0)], [.. Rows().Where(row => row % 3 == 0)]];
        var expected = parts.Select(part => FeatureScaler.Fit(samples.SelectRows(part), TestContext.Current.CancellationToken).Means.ToArray()).ToArray();
        RankThreads.Run(2, ranks =>
        {
            var own = parts.Select(part => part.AsMemory((int)RankRows.Of(part.Length, ranks).FirstRow, (int)RankRows.Of(part.Length, ranks).RowCount)).ToArray();
            long[] needed = [.. own.SelectMany(part => part.ToArray()).Order()];
            Assert.InRange(needed.Length, 1, RowCount - 1);
            var table = SampleMatrix.OfHeldRows(samples.SelectRows(needed).Copy(), needed, RowCount);
            foreach (var (part, means) in own.Zip(expected))
                Assert.Equal(means, FeatureScaler.Fit(SampleMatrix.OfRanks(table.SelectRows(part), ranks)).Means.ToArray());
        });
    }

    private static IEnumerable<long> Rows() => Enumerable.Range(0, RowCount).Select(static row => (long)row);
}
