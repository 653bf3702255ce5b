using Engine.Features;
using Engine.Tests.Support;

namespace Engine.Tests.Features;

public sealed class PrefixWalkTests
{
    private const int Hours = 150;

    [Theory]
    [MemberData(nameof(WindowStatisticsTests.Kinds), MemberType = typeof(WindowStatisticsTests))]
    public void Write_EveryPrefixOfRandomStays_HasTheBitsOfTheOneSampleVersion(StayKind kind)
    {
        var walk = new PrefixWalk(StayDraws.ChannelCount);
        for (ulong seed = 0; seed < 4; seed++)
            AssertSameBits(walk, StayDraws.Of(kind, Hours, seed), [.. Enumerable.Range(0, Hours + 5).Select(hour => (double)hour)], PrefixFeatureOptions.Default);
    }

    [Fact]
    public void Write_AfterEveryMeasurement_HasTheBitsOfTheOneSampleVersion()
    {
        var options = new PrefixFeatureOptions { ConstantSkewness = float.NaN };
        var stay = StayDraws.Of(StayKind.Decimals, Hours, 9);
        double[] ends = [.. Enumerable.Range(0, stay.ChannelCount).SelectMany(channel => stay.Series(channel).Times.ToArray()).Order()];
        AssertSameBits(new PrefixWalk(StayDraws.ChannelCount, options), stay, ends, options);
    }

    [Fact]
    public void Write_TimesAsCloseAsDoublesAre_HasTheBitsOfTheOneSampleVersion()
    {
        // Measurements as near to each other as doubles are, so that limits and times meet in their last bits.
        var stay = new StayMeasurements(1);
        for (var (i, time) = (0, 100.0); i < 3000; i++)
        {
            stay.Add(0, time, i % 17);
            time = i % 3 == 0 ? Math.BitIncrement(time) : time + 3e-7;
        }

        AssertSameBits(new PrefixWalk(1), stay, [.. stay.Series(0).Times[..400].ToArray().Select(time => time - SubPeriods.Tolerance), 101], PrefixFeatureOptions.Default);
    }

    [Fact]
    public void Write_LimitThatRoundingMovesBack_FollowsIt()
    {
        // The first measurement lies so far back that the time since is rounded to 1e-10 hours, where times themselves go on in steps of 2e-11:
        // when the time since is rounded up, half of it is more than the step, and the limit, the end less half, falls. Times on the way are neighboring doubles around it.
        const double Begin = -1e6, End = 1e-3, Step = 2e-11;
        const int StepCount = 200;
        var stay = new StayMeasurements(1);
        stay.Add(0, Begin, 1);
        var time = (Begin / 2) + (End / 2) - SubPeriods.Tolerance - 1e-8;
        for (var i = 0; i < 400; i++, time = Math.BitIncrement(time))
            stay.Add(0, time, i % 17);
        for (var i = 0; i < StepCount; i++)
            stay.Add(0, End + (i * Step), i % 11);
        double[] ends = [.. stay.Series(0).Times[^StepCount..]];
        var limits = ends.Select(end => end - SubPeriods.LengthOf(Begin, end, 50) - SubPeriods.Tolerance).ToArray();
        Assert.InRange(limits.Zip(limits[1..]).Count(pair => pair.Second < pair.First), 10, StepCount);
        AssertSameBits(new PrefixWalk(1), stay, [.. ends.Select(end => end - SubPeriods.Tolerance)], PrefixFeatureOptions.Default);
    }

    [Fact]
    public void Write_MeasurementExactlyAtALimit_LiesOutside()
    {
        // Of 0 to 10 hours, the first half ends before 5 + tolerance and the last begins after 5 - tolerance.
        var (first, last) = (5 + SubPeriods.Tolerance, 5 - SubPeriods.Tolerance);
        var stay = new StayMeasurements(1);
        foreach (var time in new[] { 0, last, Math.BitIncrement(last), Math.BitDecrement(first), first, 10 })
            stay.Add(0, time, time);
        var features = Write(stay, 10);
        Assert.Equal([4, 4], [features[(3 * SixStatistics.Count) + 5], features[(6 * SixStatistics.Count) + 5]]);
        AssertSameBits(new PrefixWalk(1), stay, [10], PrefixFeatureOptions.Default);
    }

    [Fact]
    public void Write_SameHours_DoNotDependOnWhatFollowsThem()
    {
        var (whole, cut) = (StayDraws.Of(StayKind.Outliers, Hours, 5), new StayMeasurements(StayDraws.ChannelCount));
        for (var channel = 0; channel < whole.ChannelCount; channel++)
        {
            var series = whole.Series(channel);
            for (var i = 0; i < series.Count && series.Times[i] <= 40; i++)
                cut.Add(channel, series.Times[i], series.Values[i]);
        }

        Assert.Equal(Write(whole, 40), Write(cut, 40));
    }

    [Fact]
    public void Write_RandomStays_HaveTheCommittedDigest()
    {
        using var digest = new Digest();
        foreach (var kind in Enum.GetValues<StayKind>())
        {
            var walk = new PrefixWalk(StayDraws.ChannelCount);
            walk.Begin(StayDraws.Of(kind, 60, 11));
            var features = new float[walk.FeatureCount];
            for (var hour = 1; hour <= 60; hour++)
            {
                walk.Write(hour, features);
                // Of NaN, only that it is one.
                digest.Add<float>(features.Select(value => float.IsNaN(value) ? -1 : value).ToArray());
            }
        }

        Assert.Equal("42F176DB893AE889", digest.ToString());
    }

    [Fact]
    public void Write_ShorterPrefixThanBefore_Throws()
    {
        var walk = new PrefixWalk(StayDraws.ChannelCount);
        walk.Begin(StayDraws.Of(StayKind.Ties, 10, 1));
        var features = new float[walk.FeatureCount];
        walk.Write(5, features);
        walk.Write(5, features);
        Assert.Throws<ArgumentOutOfRangeException>(() => walk.Write(4, features));
        Assert.Throws<ArgumentOutOfRangeException>(() => walk.Write(double.NaN, features));
        walk.Begin(StayDraws.Of(StayKind.Ties, 10, 1));
        walk.Write(4, features);
    }

    [Fact]
    public void Write_NothingBegun_Throws() =>
        Assert.Contains("call Begin first", Assert.Throws<InvalidOperationException>(() => new PrefixWalk(1).Write(1, new float[42])).Message, StringComparison.Ordinal);

    [Fact]
    public void Begin_OtherNumberOfChannels_Throws() => Assert.Throws<ArgumentException>(() => new PrefixWalk(2).Begin(new StayMeasurements(1)));

    [Fact]
    public void Write_ShortDestination_Throws()
    {
        var walk = new PrefixWalk(1);
        walk.Begin(new StayMeasurements(1));
        Assert.Throws<ArgumentException>(() => walk.Write(1, new float[41]));
    }

    [Fact]
    public void Write_LongStaySecondTime_AllocatesNothing()
    {
        var (walk, stay) = (new PrefixWalk(StayDraws.ChannelCount), StayDraws.Of(StayKind.Decimals, Hours, 1));
        var features = new float[walk.FeatureCount];
        WalkAll();
        var before = GC.GetAllocatedBytesForCurrentThread();
        WalkAll();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void WalkAll()
        {
            walk.Begin(stay);
            for (var hour = 1; hour <= Hours; hour++)
                walk.Write(hour, features);
        }
    }

    private static float[] Write(StayMeasurements stay, double endTime)
    {
        var walk = new PrefixWalk(stay.ChannelCount);
        walk.Begin(stay);
        var features = new float[walk.FeatureCount];
        walk.Write(endTime, features);
        return features;
    }

    private static void AssertSameBits(PrefixWalk walk, StayMeasurements stay, double[] ends, PrefixFeatureOptions options)
    {
        var (expected, actual) = (new float[walk.FeatureCount], new float[walk.FeatureCount]);
        walk.Begin(stay);
        foreach (var end in ends)
        {
            PrefixFeatures.Compute(stay, end, expected, options);
            walk.Write(end, actual);
            Assert.Equal(expected, actual);
        }
    }
}
