using Engine.Collectives;
using Engine.Data;
using Engine.Tests.Support;

namespace Engine.Tests.Data;

/// <summary>Stays whose hours lie with several ranks.</summary>
public sealed class EpisodeRanksTests
{
    private const int RowCount = (3 * RankRows.RowsPerRun) + 777;

    private static readonly SampleMatrix s_hours = Tables.Normal(RowCount, 2, seed: 4);

    [Theory]
    // Where the stays of each rank end: ranks of many hours, of few, and of none, before others and after.
    [InlineData("100")]
    [InlineData("31 100")]
    [InlineData("3 100")]
    [InlineData("0 100")]
    [InlineData("100 100")]
    [InlineData("97 100")]
    [InlineData("10 11 12 100")]
    [InlineData("0 50 50 52 100 100 100")]
    [InlineData("14 28 42 56 70 84 100")]
    public void OfRanks_AnyDivision_IsTheStoreOfAllStaysInWholeRuns(string division)
    {
        var (all, ends) = (Stays(), Array.ConvertAll(division.Split(' '), int.Parse));
        var received = new long[ends.Length];
        RankThreads.Run(ends.Length, inner =>
        {
            var collective = new MeasuredCollective(inner);
            var (first, end) = (inner.Rank == 0 ? 0 : ends[inner.Rank - 1], ends[inner.Rank]);
            var offsets = Enumerable.Range(first, end - first + 1).Select(all.StartOf).ToArray();
            var own = new EpisodeStore(s_hours.RowsFrom(offsets[0], offsets[^1] - offsets[0]), [.. offsets.Select(offset => offset - offsets[0])]);
            var store = EpisodeStore.OfRanks(own, collective);
            Assert.Equal(all.Store.StayCount, store.StayCount);
            for (var stay = 0; stay < store.StayCount; stay++)
                Assert.Equal(all.Store.HoursOf(stay), store.HoursOf(stay));
            Assert.Equal(RowCount, store.Hours.RowCount);
            // Every rank reads what it owns, and all together everything.
            var values = new float[RowCount];
            store.Hours.ForBlocks(new ParallelOptions(), block =>
            {
                for (var row = 0; row < block.RowCount; row++)
                    values[block.FirstRow + row] = block.Row(row)[1];
            });
            store.Hours.ExchangeRows<float>(values);
            for (var row = 0; row < RowCount; row++)
                Assert.Equal(s_hours.Row(row)[1], values[row]);
            received[inner.Rank] = collective.BytesReceived;
        });
        // Half a run of two columns at each border, and counts.
        Assert.All(received, bytes => Assert.InRange(bytes, 0, ((ends.Length - 1) * RankRows.RowsPerRun * sizeof(float)) + (sizeof(float) * RowCount) + 5_000));
    }

    [Fact]
    public void OfRanks_FeaturesDiffer_NamesTheRank() => Assert.Contains("features", Assert.Throws<ArgumentException>(() => RankThreads.Run(
        2, collective => EpisodeStore.OfRanks(new EpisodeStore(SampleMatrix.Create(3, 2 + collective.Rank), [0, 3]), collective))).Message, StringComparison.Ordinal);

    [Fact]
    public void DivideAmongRanks_StaysThatAllRead_EachReadsItsOwnHoursOnly() => RankThreads.Run(3, collective =>
    {
        var (store, divided, own) = (Stays().Store, Stays().Store.DivideAmongRanks(collective), RankRows.Of(RowCount, collective));
        Assert.Equal(store.HoursOf(50), divided.HoursOf(50));
        Assert.Equal(s_hours.Row(own.FirstRow), divided.Hours.Row(own.FirstRow));
        Assert.Throws<InvalidOperationException>(() => divided.Hours.Row((own.FirstRow + own.RowCount) % RowCount));
    });

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    public void FromFlat_TableOfRanks_HasItsHoursAndFlattensToIt(int size)
    {
        var flat = Tables.Normal(RowCount, 6, seed: 5);
        var expected = SequenceSamples.FromFlat(flat, 3);
        foreach (var (hours, table, some) in Ranks.Each(size, flat, spread =>
        {
            var samples = SequenceSamples.FromFlat(spread, 3);
            return (samples.Episodes.Hours.SelectRows(new long[] { 100_000, 49_151, 49_152, 0 }), samples.Flatten(3).SelectRows(new long[] { 40_000, 7 }), samples.Select([30_000, 9]).Flatten(3));
        }))
        {
            foreach (var (place, row) in new[] { 100_000L, 49_151, 49_152, 0 }.Index())
                Assert.Equal(expected.Episodes.Hours.Row(row), hours.Row(place));
            Assert.Equal(flat.Row(40_000), table.Row(0));
            Assert.Equal(flat.Row(9), some.Row(1));
        }
    }

    [Fact]
    public void Flatten_HoursOfRanks_SaysHowToDivideThem()
    {
        var messages = Ranks.Each(2, s_hours, spread => Assert.Throws<InvalidOperationException>(
            () => new SequenceSamples(new EpisodeStore(spread, [0, 4, RowCount]), [new(0, 4), new(1, 4)]).Flatten(4)).Message);
        Assert.All(messages, message => Assert.Contains("SequenceSamples.FromFlat", message, StringComparison.Ordinal));
    }

    private static (EpisodeStore Store, Func<int, long> StartOf) Stays()
    {
        // A hundred stays, the first of no hours.
        var offsets = Enumerable.Range(0, 101).Select(stay => (long)RowCount * Math.Max(0, stay - 1) * Math.Max(0, stay - 1) / 9_801).ToArray();
        offsets[^1] = RowCount;
        return (new EpisodeStore(s_hours, offsets), stay => offsets[stay]);
    }
}
