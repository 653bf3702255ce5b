using System.Runtime.InteropServices;
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
            AssertEveryRun(Series(kind, Count, seed), kind, seed);
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

    /// <summary>Series at the edge of each bound: what it leaves out would round to another float32.</summary>
    [Theory]
    [InlineData(nameof(TermsThatCancel))]
    [InlineData(nameof(LevelFarFromTheCenter))]
    [InlineData(nameof(AfterFarValues))]
    [InlineData(nameof(SomeLastPlaces))]
    [InlineData(nameof(BelowTheSmallestFloat))]
    public void Write_SeriesAtTheEdgeOfABound_HasTheBitsOfTheSixStatistics(string name)
    {
        Func<RandomStream, ulong, int, double> value = name switch
        {
            nameof(TermsThatCancel) => TermsThatCancel,
            nameof(LevelFarFromTheCenter) => LevelFarFromTheCenter,
            nameof(AfterFarValues) => AfterFarValues,
            nameof(SomeLastPlaces) => SomeLastPlaces,
            _ => BelowTheSmallestFloat,
        };
        for (var grade = 0; grade < 24; grade++)
        {
            // Few runs lie so close to the middle between two float32 that a bound decides; stream 69 has one for each of the rarest.
            var (series, stream) = (new MeasurementSeries(), new RandomStream((ulong)(48 + grade), 99));
            for (ulong i = 0; i < Count; i++)
                series.Add(i, value(stream, i, grade));
            AssertEveryRun(series, name, grade);
        }
    }

    public static TheoryData<StayKind> Kinds() => [.. Enum.GetValues<StayKind>()];

    private static MeasurementSeries Series(StayKind kind, int count, ulong seed)
    {
        var (series, stream) = (new MeasurementSeries(), new RandomStream(seed, (ulong)kind));
        for (var i = 0; i < count; i++)
            series.Add(i, StayDraws.Value(kind, stream, (ulong)i));
        return series;
    }

    private static void AssertEveryRun(MeasurementSeries series, object kind, object seed)
    {
        var window = new WindowStatistics(0);
        window.Begin(series);
        var (expected, actual, scratch) = (new float[SixStatistics.Count], new float[SixStatistics.Count], new double[2 * Count]);
        for (var first = 0; first < Count; first++)
        {
            for (var end = first + 1; end <= Count; end++)
            {
                SixStatistics.Write(series.Values[first..end], 0, scratch, expected);
                window.Write(first, end, actual);
                Assert.True(MemoryMarshal.Cast<float, int>(expected).SequenceEqual(MemoryMarshal.Cast<float, int>(actual)), $"{kind}, seed {seed}, run {first} to {end}: {string.Join(" ", expected)} became {string.Join(" ", actual)}");
            }
        }
    }

    /// <summary>Of every three values the last takes back the other two, but for a rounding: the mean is that rounding, the skewness is not.</summary>
    private static double TermsThatCancel(RandomStream stream, ulong index, int grade)
    {
        var (first, second) = (stream.Normal(index / 3) * (1 + grade), 3 + stream.Normal((index / 3) + 1000));
        return (index % 3) switch { 0 => first, 1 => second, _ => -(first + second) };
    }

    /// <summary>Two levels, the second some hundred deviations away from the first: its variance is what is left of a mean of squares.</summary>
    private static double LevelFarFromTheCenter(RandomStream stream, ulong index, int grade) =>
        Math.Exp(1.5 * stream.Normal(index)) + (index < 70 ? 0 : 200 + (100 * grade));

    /// <summary>Values of about 1 after ten of 10^4 to 10^15: of the running sums only what they lost tells of them.</summary>
    private static double AfterFarValues(RandomStream stream, ulong index, int grade) =>
        Math.Exp(stream.Normal(index)) * (index < 10 ? Math.Pow(10, 4 + (grade / 2.0)) : 1);

    /// <summary>Values that differ by 2^1 to 2^24 units in the last place: rounding of the mean is a share of the deviation.</summary>
    private static double SomeLastPlaces(RandomStream stream, ulong index, int grade) =>
        1 + (stream.Below(index, 2UL << grade) * stream.UniformDouble(index + 1000) * Math.ScaleB(1, -52));

    /// <summary>Values that cancel and round to 0, whose sign is that of what is left.</summary>
    private static double BelowTheSmallestFloat(RandomStream stream, ulong index, int grade) => 1e-60 * TermsThatCancel(stream, index, grade);
}
