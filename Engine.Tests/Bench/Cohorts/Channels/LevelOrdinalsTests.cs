using Bench.Cohorts.Channels;

namespace Engine.Tests.Bench.Cohorts.Channels;

public sealed class LevelOrdinalsTests
{
    [Theory]
    [InlineData("Glascow coma scale eye opening", "None", 0)]
    [InlineData("Glascow coma scale eye opening", "To Speech", 3)]
    [InlineData("Glascow coma scale motor response", "Abnormal extension", 2)]
    [InlineData("Glascow coma scale verbal response", "No Response-ETT", 1)]
    [InlineData("Glascow coma scale verbal response", "1.0 ET/Trach", 1)]
    [InlineData("Glascow coma scale verbal response", "Incomprehensible sounds", 2)]
    [InlineData("Capillary refill rate", "1.0", 1)]
    public void Of_Level_IsItsPointOnTheScale(string channel, string level, int ordinal) =>
        Assert.Equal(ordinal, LevelOrdinals.Of(BenchmarkChannels.Find(channel), BenchmarkChannels.Find(channel).LevelOf(level)));

    [Fact]
    public void Of_LevelThatBeginsWithAPoint_IsThatPoint()
    {
        foreach (var channel in BenchmarkChannels.All)
        {
            for (var level = 0; level < channel.Levels.Length; level++)
            {
                var digits = string.Concat(channel.Levels[level].TakeWhile(char.IsAsciiDigit));
                if (digits.Length > 0)
                    Assert.Equal(int.Parse(digits, null), LevelOrdinals.Of(channel, level));
            }
        }
    }

    [Theory]
    [InlineData("Heart Rate", 0)]
    [InlineData("Capillary refill rate", 2)]
    [InlineData("Capillary refill rate", -1)]
    public void Of_NoSuchLevel_Throws(string channel, int level) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => LevelOrdinals.Of(BenchmarkChannels.Find(channel), level));
}
