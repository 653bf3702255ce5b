using Engine.Data;
using Engine.Tests.Support;

namespace Engine.Tests.Data;

public sealed class EpisodeStoreTests
{
    // Stay 1 has no hours.
    private static readonly long[] s_offsets = [0, 3, 3, 5, 9];

    [Fact]
    public void With_OtherValues_KeepsTheStays()
    {
        var episodes = new EpisodeStore(Tables.Normal(9, 2, 3), [0, 4, 9]);
        var other = Tables.Normal(9, 3, 4);
        var scaled = episodes.With(other);
        Assert.Same(other, scaled.Hours);
        Assert.Equal([4, 5], Enumerable.Range(0, scaled.StayCount).Select(scaled.HoursOf));
        Assert.Throws<ArgumentException>(() => episodes.With(Tables.Normal(8, 2, 3)));
    }

    [Fact]
    public void HoursOf_EveryStay_IsTheDistanceOfItsOffsets()
    {
        var store = Store(out _);
        Assert.Equal(4, store.StayCount);
        Assert.Equal([3, 0, 2, 4], Enumerable.Range(0, 4).Select(store.HoursOf));
    }

    [Fact]
    public void RowOf_EveryHour_CountsThroughAllStays()
    {
        var store = Store(out _);
        var rows = Enumerable.Range(0, 4).SelectMany(stay => Enumerable.Range(0, store.HoursOf(stay)).Select(hour => store.RowOf(stay, hour)));
        Assert.Equal(Enumerable.Range(0, 9).Select(row => (long)row), rows);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(0, -1)]
    [InlineData(1, 0)]
    public void RowOf_HourOutsideTheStay_NamesStayAndRange(int stay, int hour)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Store(out _).RowOf(stay, hour));
        Assert.Contains($"the hours of stay {stay}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LastHours_Prefixes_AreViewsOfTheirLastHour()
    {
        var store = Store(out var hours);
        var samples = store.LastHours([new(3, 4), new(0, 1), new(2, 2), new(3, 4)]);
        Assert.Equal([8f, 0, 4, 8], Enumerable.Range(0, 4).Select(row => samples.Row(row)[0]));
        hours.GetWritableRow(8)[0] = 100;
        Assert.Equal(100, samples.Row(0)[0]);
        Assert.Equal(100, samples.Row(3)[0]);
    }

    [Fact]
    public void LastHours_NoPrefixes_HasNoRows()
    {
        var samples = Store(out _).LastHours([]);
        Assert.Equal((0L, 2, 0L), (samples.RowCount, samples.FeatureCount, samples.BlockCount));
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    public void LastHours_PrefixEmptyOrLongerThanItsStay_Throws(int stay, int hours) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Store(out _).LastHours([new(stay, hours)]));

    [Theory]
    [InlineData(new long[0])]
    [InlineData(new long[] { 1, 9 })]
    [InlineData(new long[] { 0, 8 })]
    [InlineData(new long[] { 0, 10 })]
    [InlineData(new long[] { 0 })]
    public void EpisodeStore_OffsetsDoNotSpanTheHours_SaysWhatTheyMust(long[] offsets)
    {
        var error = Assert.Throws<ArgumentException>(() => new EpisodeStore(SampleMatrix.Create(9, 2), offsets));
        Assert.Contains("start at 0 and end at the number of hours, 9", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EpisodeStore_OffsetsDescend_NamesTheStay()
    {
        var error = Assert.Throws<ArgumentException>(() => new EpisodeStore(SampleMatrix.Create(9, 2), [0, 5, 4, 9]));
        Assert.Contains("descend at stay 1, from 5 to 4", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EpisodeStore_StayOfMoreHoursThanAreCounted_IsRefused()
    {
        const long Hours = (1L << 31) + 7;
        using var hours = new SampleMatrix(new NoRows(), Hours, 1);
        Assert.Equal(int.MaxValue, new EpisodeStore(hours, [0, int.MaxValue, Hours]).HoursOf(0));
        Assert.Contains("stay 1 has 2,147,483,648 hours", Assert.Throws<ArgumentException>(() => new EpisodeStore(hours, [0, 7, Hours])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EpisodeStore_CallerChangesOffsets_StoreKeepsItsOwn()
    {
        var offsets = s_offsets.ToArray();
        var store = new EpisodeStore(SampleMatrix.Create(9, 2), offsets);
        offsets[1] = 2;
        Assert.Equal(3, store.HoursOf(0));
    }

    // Hour i holds i in its first column.
    private static EpisodeStore Store(out SampleMatrix hours)
    {
        hours = SampleMatrix.Create(9, 2);
        for (var row = 0; row < 9; row++)
            hours.GetWritableRow(row)[0] = row;
        return new EpisodeStore(hours, s_offsets);
    }

    /// <summary>Rows that nobody reads, as many as are wanted.</summary>
    private sealed class NoRows : RowSource
    {
        public override void CopyRows(long firstRow, int rowCount, Span<float> destination, int stride) => throw new NotSupportedException();
    }
}
