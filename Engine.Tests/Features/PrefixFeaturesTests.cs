using Engine.Features;

namespace Engine.Tests.Features;

public sealed class PrefixFeaturesTests
{
    private const int StatisticCount = 6;

    [Fact]
    public void Compute_HandCase_CutsEverySubPeriodByTimeNotByCount()
    {
        // From 2 to 12: limits at 3, 4.5 and 7 from the begin, 11, 9.5 and 7 from the end.
        var stay = new StayMeasurements(1);
        foreach (var (time, value) in new[] { (2.0, 1.0), (2.5, 2.0), (4.5, 4.0), (7.0, 8.0), (11.5, 16.0), (12.0, 32.0) })
            stay.Add(0, time, value);
        var features = Compute(stay, 12);
        (float Minimum, float Maximum, float Count)[] expected = [(1, 32, 6), (1, 2, 2), (1, 4, 3), (1, 8, 4), (16, 32, 2), (16, 32, 2), (8, 32, 3)];
        for (var part = 0; part < expected.Length; part++)
        {
            var statistics = features.AsSpan(part * StatisticCount, StatisticCount);
            Assert.Equal(expected[part], (statistics[0], statistics[1], statistics[5]));
        }

        Assert.Equal((1 + 2) / 2f, features[StatisticCount + 2]);
        Assert.Equal(.5f, features[StatisticCount + 3]);
    }

    [Fact]
    public void Compute_LimitsOfASubPeriod_TakeInAMillionthOfAnHour()
    {
        // First 10 % of 10 hours: up to 1.
        var stay = new StayMeasurements(1);
        foreach (var time in new[] { 0, 1, 1.0000009, 1.0000011, 8.9999989, 8.9999991, 9, 10 })
            stay.Add(0, time, time);
        var features = Compute(stay, 10);
        Assert.Equal(3, features[StatisticCount + 5]);
        Assert.Equal(3, features[(4 * StatisticCount) + 5]);
    }

    [Fact]
    public void Compute_LengthOfASubPeriod_IsMultipliedBeforeItIsDivided()
    {
        // As the benchmark has it, 3 hours x 10 / 100 are .3; 3 x .1 would be one last place more, and take the measurement at the limit in.
        var stay = new StayMeasurements(1);
        foreach (var time in new[] { 0, .3 + SubPeriods.Tolerance, 3 })
            stay.Add(0, time, time);
        Assert.Equal(1, Compute(stay, 3)[StatisticCount + 5]);
    }

    [Theory]
    [InlineData(4.9999, 1)]
    [InlineData(5.0, 2)]
    [InlineData(5.0000015, 3)]
    public void Compute_EndOfAPrefix_TakesInAMillionthOfAnHour(double endTime, float count)
    {
        var stay = new StayMeasurements(1);
        stay.Add(0, 1, 70);
        stay.Add(0, 5.0000009, 71);
        stay.Add(0, 5.0000020, 72);
        Assert.Equal(count, Compute(stay, endTime)[5]);
    }

    [Fact]
    public void Compute_ChannelWithoutMeasurement_Is42NaNAndLeavesTheOthersAlone()
    {
        var stay = new StayMeasurements(3);
        stay.Add(1, 3, 70);
        stay.Add(2, 9, 70);
        var features = Compute(stay, 5);
        for (var feature = 0; feature < features.Length; feature++)
            Assert.Equal(feature / PrefixFeatures.CountPerChannel != 1, float.IsNaN(features[feature]));
    }

    [Fact]
    public void Compute_SingleMeasurement_FillsAllSevenSubPeriods() =>
        Assert.Equal(Enumerable.Repeat<float[]>([70, 70, 70, 0, 0, 1], 7).SelectMany(part => part), Compute(Single(3, 70), 5));

    [Fact]
    public void Compute_NegativeZero_CountsAsZero() => Assert.Equal(0, BitConverter.SingleToInt32Bits(Compute(Single(3, -0.0), 5)[0]));

    [Fact]
    public void Compute_ShortDestination_Throws()
    {
        var error = Assert.Throws<ArgumentException>(() => PrefixFeatures.Compute(new StayMeasurements(2), 5, new float[83]));
        Assert.Contains("83 values and 84 are needed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NamesFor_SeventeenChannels_Are714InTheOrderOfTheFeatures()
    {
        var names = PrefixFeatures.NamesFor([.. Enumerable.Range(0, 17).Select(channel => $"c{channel}")]);
        Assert.Equal(714, PrefixFeatures.CountFor(17));
        Assert.Equal(714, names.Distinct().Count());
        Assert.Equal("c0|first100|min", names[0]);
        Assert.Equal("c0|first10|max", names[7]);
        Assert.Equal("c16|last50|len", names[^1]);
    }

    [Theory]
    [InlineData(-1, 1, 1, "channel")]
    [InlineData(2, 1, 1, "channel")]
    [InlineData(0, double.NaN, 1, "time")]
    [InlineData(0, 1.1e6, 1, "time")]
    [InlineData(0, 0.5, 1, "time")]
    [InlineData(0, 1, double.NaN, "value")]
    [InlineData(0, 1, 1e39, "value")]
    public void Add_OutOfRange_Throws(int channel, double time, double value, string name)
    {
        var stay = new StayMeasurements(2);
        stay.Add(0, 0.75, 1);
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => stay.Add(channel, time, value)).ParamName);
    }

    [Fact]
    public void Clear_AfterMeasurements_ForgetsThem()
    {
        var stay = Single(3, 70);
        stay.Clear();
        Assert.Equal(0, stay.CountOf(0));
        stay.Add(0, 1, 70);
        Assert.Equal(1, stay.CountOf(0));
    }

    private static StayMeasurements Single(double time, double value)
    {
        var stay = new StayMeasurements(1);
        stay.Add(0, time, value);
        return stay;
    }

    private static float[] Compute(StayMeasurements stay, double endTime)
    {
        var features = new float[PrefixFeatures.CountFor(stay.ChannelCount)];
        PrefixFeatures.Compute(stay, endTime, features);
        return features;
    }
}
