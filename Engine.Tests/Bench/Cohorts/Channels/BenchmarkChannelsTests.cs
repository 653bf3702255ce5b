using Bench.Cohorts.Channels;
using Engine.Tests.Bench.Cohorts.Mimic3;

namespace Engine.Tests.Bench.Cohorts.Channels;

public sealed class BenchmarkChannelsTests
{
    [Fact]
    public void ColumnNames_Golden_Equal() =>
        Assert.Equal(File.ReadAllLines(Mimic3Demo.Golden("discretizer_header_76.txt")), BenchmarkChannels.ColumnNames);

    [Fact]
    public void All_Counts_AddUpToTheColumns()
    {
        Assert.Equal(BenchmarkChannels.Count, BenchmarkChannels.All.Length);
        Assert.Equal(BenchmarkChannels.ColumnCount, BenchmarkChannels.ColumnNames.Length);
        Assert.Equal(BenchmarkChannels.ValueColumnCount, BenchmarkChannels.All.Sum(channel => channel.ColumnCount));
        var continuous = BenchmarkChannels.All.Where(channel => !channel.IsCategorical).Select(channel => channel.FirstColumn);
        Assert.Equal([2, 3, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58], continuous);
    }

    [Theory]
    [InlineData("Capillary refill rate", "0.0")]
    [InlineData("Glascow coma scale eye opening", "4 Spontaneously")]
    [InlineData("Glascow coma scale motor response", "6 Obeys Commands")]
    [InlineData("Glascow coma scale total", "15")]
    [InlineData("Glascow coma scale verbal response", "5 Oriented")]
    public void NormalValue_Categorical_IsTheLevel(string name, string level)
    {
        var channel = BenchmarkChannels.Find(name);
        Assert.Equal(level, channel.Levels[(int)channel.NormalValue]);
    }

    [Fact]
    public void TryFindLevel_None_IsALevelOfEyeOpening()
    {
        Assert.True(BenchmarkChannels.Find("Glascow coma scale eye opening").TryFindLevel("None", out var level));
        Assert.Equal(4, level);
    }

    [Fact]
    public void LevelOf_UnknownText_ThrowsNamingTheLevels()
    {
        var error = Assert.Throws<ArgumentException>(() => BenchmarkChannels.Find("Glascow coma scale total").LevelOf("15.0"));
        Assert.Contains("'15.0'", error.Message, StringComparison.Ordinal);
        Assert.Contains("11, 10, 13, 12, 15", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_UnknownName_ThrowsNamingTheChannels()
    {
        var error = Assert.Throws<ArgumentException>(() => BenchmarkChannels.Find("Glasgow coma scale total"));
        Assert.Contains("Glascow coma scale total", error.Message, StringComparison.Ordinal);
    }
}
