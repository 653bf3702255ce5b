using Engine.Features;
using Engine.Numerics;

namespace Engine.Tests.Features;

public sealed class WindowStatisticsTests
{
    private const int Count = 140;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Write_EveryRun_HasTheBitsOfTheSixStatistics(StayKind kind)
    {
        for (ulong seed = 0; seed < 3; seed++)
        {
            var series = Series(kind, Count, seed);
            var window = new WindowStatistics(0);
            window.Begin(series);
            var (expected, actual, scratch) = (new float[SixStatistics.Count], new float[SixStatistics.Count], new double[2 * Count]);
            for (var first = 0; first < Count; first++)
            {
                for (var end = first + 1; end <= Count; end++)
                {
                    SixStatistics.Write(series.Values[first..end], 0, scratch, expected);
                    window.Write(first, end, actual);
                    Assert.True(expected.AsSpan().SequenceEqual(actual), $"{kind}, seed {seed}, run {first} to {end}: {string.Join(" ", expected)} became {string.Join(" ", actual)}");
                }
            }
        }
    }

    [Theory]
    [InlineData(StayKind.Ties)]
    [InlineData(StayKind.Decimals)]
    [InlineData(StayKind.Normal)]
    [InlineData(StayKind.Constant)]
    [InlineData(StayKind.ConstantDecimal)]
    [InlineData(StayKind.Skewed)]
    public void Write_OrdinaryRuns_AreHardlyEverSummedAnew(StayKind kind)
    {
        var window = new WindowStatistics(0);
        window.Begin(Series(kind, Count, 3));
        var destination = new float[SixStatistics.Count];
        for (var first = 0; first < Count; first++)
        {
            for (var end = first + 1; end <= Count; end++)
                window.Write(first, end, destination);
        }

        // Of 9,870 runs.
        Assert.InRange(window.DoubtCount, 0, 100);
    }

    [Fact]
    public void Write_LongConstantDecimal_HasTheRoundingOfTheSum()
    {
        var series = Series(StayKind.ConstantDecimal, 3000, 0);
        var window = new WindowStatistics(0);
        window.Begin(series);
        var (expected, actual, scratch) = (new float[SixStatistics.Count], new float[SixStatistics.Count], new double[6000]);
        for (var end = 1; end <= 3000; end += 7)
        {
            SixStatistics.Write(series.Values[..end], 0, scratch, expected);
            window.Write(0, end, actual);
            Assert.Equal(expected, actual);
        }

        Assert.Equal(0, window.DoubtCount);
    }

    public static TheoryData<StayKind> Kinds() => [.. Enum.GetValues<StayKind>()];

    private static MeasurementSeries Series(StayKind kind, int count, ulong seed)
    {
        var (series, stream) = (new MeasurementSeries(), new RandomStream(seed, (ulong)kind));
        for (var i = 0; i < count; i++)
            series.Add(i, StayDraws.Value(kind, stream, (ulong)i));
        return series;
    }
}
