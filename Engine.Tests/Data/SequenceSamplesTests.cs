using Engine.Data;
using Engine.Tests.Support;

namespace Engine.Tests.Data;

public sealed class SequenceSamplesTests
{
    [Fact]
    public void Flatten_StaysOfOneLength_IsHourByHour_AndFromFlatIsItsInverse()
    {
        var hours = Tables.Normal(3 * 4, 5, 1);
        var samples = new SequenceSamples(new EpisodeStore(hours, [0, 4, 8, 12]), [new(2, 4), new(0, 4)]);
        var flat = samples.Flatten(4);
        Assert.Equal((2, 20), (flat.RowCount, flat.FeatureCount));
        Assert.Equal(Enumerable.Range(8, 4).SelectMany(row => hours.Row(row)), flat.Row(0));
        Assert.Equal(Enumerable.Range(0, 4).SelectMany(row => hours.Row(row)), flat.Row(1));

        var back = SequenceSamples.FromFlat(flat, 4);
        Assert.Equal([new PrefixSample(0, 4), new PrefixSample(1, 4)], back.Prefixes.ToArray());
        Assert.Equal(flat.Row(0), back.Flatten(4).Row(0));
        Assert.Equal(flat.Row(1), back.Flatten(4).Row(1));
        Assert.True(back.HaveOneLength);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(16)]
    [InlineData(76)]
    public void FromFlat_BlocksAndRows_AreReadAlike(int width)
    {
        // More hours than a block has rows, so that flat rows straddle the blocks of hours.
        var flat = Tables.Normal(40, 7 * width, 2);
        var hours = SequenceSamples.FromFlat(flat, 7).Episodes.Hours;
        var scratch = new float[hours.BlockScratchLength];
        for (var block = 0L; block < hours.BlockCount; block++)
        {
            var read = hours.ReadBlock(block, scratch);
            for (var i = 0; i < read.RowCount; i++)
            {
                var row = (block * SampleMatrix.RowsPerBlock) + i;
                Assert.Equal(flat.Row((int)(row / 7)).AsSpan((int)(row % 7) * width, width), read.Values.Slice(i * hours.Stride, width));
                Assert.True(read.Values.Slice((i * hours.Stride) + width, hours.Stride - width).IndexOfAnyExcept(0f) < 0);
            }
        }
    }

    [Fact]
    public void Select_AnyOrder_KeepsTheStays()
    {
        var episodes = new EpisodeStore(Tables.Normal(9, 2, 3), [0, 4, 9]);
        var samples = new SequenceSamples(episodes, [new(0, 1), new(0, 4), new(1, 5)]);
        Assert.Equal((3, 5, false), (samples.Count, samples.MaxHours, samples.HaveOneLength));
        var chosen = samples.Select([2, 0, 2]);
        Assert.Equal([new PrefixSample(1, 5), new PrefixSample(0, 1), new PrefixSample(1, 5)], chosen.Prefixes.ToArray());
        Assert.Same(episodes, chosen.Episodes);
        Assert.Throws<ArgumentOutOfRangeException>(() => samples.Select([3]));
    }

    [Fact]
    public void Constructor_PrefixThatIsNoPrefix_IsRefusedByNumber()
    {
        var episodes = new EpisodeStore(Tables.Normal(9, 2, 3), [0, 4, 9]);
        Assert.Contains("sample 1 has 5 hours of stay 0, which lasts 4", Error(new(1, 5), new(0, 5)), StringComparison.Ordinal);
        Assert.Contains("sample 0 has 0 hours", Error(new PrefixSample(1, 0)), StringComparison.Ordinal);
        Assert.Contains("sample 0 is of stay 2; stays are 0 to 1", Error(new PrefixSample(2, 1)), StringComparison.Ordinal);

        string Error(params PrefixSample[] prefixes) => Assert.Throws<ArgumentException>(() => new SequenceSamples(episodes, prefixes)).Message;
    }

    [Fact]
    public void Flatten_SamplesOfOtherLength_AreRefusedByNumber()
    {
        var samples = new SequenceSamples(new EpisodeStore(Tables.Normal(9, 2, 3), [0, 4, 9]), [new(0, 4), new(1, 5)]);
        Assert.Contains("sample 1 has 5 hours and not 4", Assert.Throws<ArgumentException>(() => samples.Flatten(4)).Message, StringComparison.Ordinal);
        Assert.Contains("10 features are not 4 hours", Assert.Throws<ArgumentException>(() => SequenceSamples.FromFlat(Tables.Normal(2, 10, 1), 4)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Flatten_RowsWiderThanAMatrixMayBe_NamesTheRange()
    {
        var samples = new SequenceSamples(new EpisodeStore(SampleMatrix.Create(60_000, 76), [0, 60_000]), [new(0, 60_000)]);
        Assert.Contains("1 to 55,188 for 76 features", Assert.Throws<ArgumentOutOfRangeException>(() => samples.Flatten(60_000)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => samples.Flatten(int.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => samples.Flatten(0));
    }
}
