using Bench.Cohorts.Channels;
using Bench.Cohorts.Mimic3;
using Engine.Data;
using Engine.Tests.Bench.Cohorts.Mimic3;

namespace Engine.Tests.Bench.Cohorts.Channels;

public sealed class HourlyDiscretizerTests
{
    private static readonly Channel s_heartRate = BenchmarkChannels.Find("Heart Rate");
    private static readonly Channel s_eyeOpening = BenchmarkChannels.Find("Glascow coma scale eye opening");

    [Fact]
    public void Write_RealMortalityStays_EqualGoldenToTheLastBit()
    {
        var discretizer = new HourlyDiscretizer();
        var stays = Mimic3Demo.ReadGoldenHours("ihm_discretized_48x76.csv.gz");
        Assert.Equal(57, stays.Count);
        foreach (var (split, stay, golden) in stays)
        {
            discretizer.Begin(48);
            TimeSeriesFile.Read(Path.Combine(Mimic3Demo.Folder, "in-hospital-mortality", split == "test" ? "test" : "train", stay), discretizer, lastTime: 48);
            var hours = Write(discretizer, 48);
            for (var hour = 0; hour < 48; hour++)
                Assert.Equal(golden[hour], hours[hour]);
        }
    }

    [Theory]
    [InlineData(-1e-6, 0)]
    [InlineData(0.0, 0)]
    [InlineData(0.999, 0)]
    [InlineData(1.0, 0)]
    [InlineData(1.0000009, 0)]
    [InlineData(1.0000011, 1)]
    [InlineData(2.0, 1)]
    [InlineData(3.0, 2)]
    public void Add_AnyTime_FallsIntoTheHourThatEndsAtOrAfterIt(double time, int expectedHour)
    {
        var hours = Discretize(3, discretizer => discretizer.Add(time, s_heartRate, 123));
        var mask = BenchmarkChannels.ValueColumnCount + s_heartRate.Index;
        Assert.Equal(Enumerable.Range(0, 3).Select(hour => hour == expectedHour ? 1f : 0f), hours.Select(row => row[mask]));
        Assert.Equal(Enumerable.Range(0, 3).Select(hour => hour >= expectedHour ? 123f : 86f), hours.Select(row => row[s_heartRate.FirstColumn]));
    }

    [Theory]
    [InlineData(3.0000011)]
    [InlineData(1e300)]
    public void Add_PastTheLastHour_IsIgnored(double time) =>
        Assert.Equal(Discretize(3, static _ => { }), Discretize(3, discretizer => discretizer.Add(time, s_heartRate, 123)));

    [Fact]
    public void Add_SeveralInAnHour_LastWins()
    {
        var hours = Discretize(1, discretizer =>
        {
            discretizer.Add(0.2, s_heartRate, 100);
            discretizer.Add(0.4, s_heartRate, 90);
        });
        Assert.Equal(90, hours[0][s_heartRate.FirstColumn]);
    }

    [Fact]
    public void AddLevel_LevelNone_IsOneHotAndMeasured()
    {
        var hours = Discretize(2, discretizer => discretizer.AddLevel(1.5, s_eyeOpening, s_eyeOpening.LevelOf("None")));
        Assert.Equal([0, 0, 0, 1, 0, 0, 0, 0], hours[0].AsSpan(s_eyeOpening.FirstColumn, 8));
        Assert.Equal([0, 0, 0, 0, 1, 0, 0, 0], hours[1].AsSpan(s_eyeOpening.FirstColumn, 8));
        Assert.Equal(1, hours[1][BenchmarkChannels.ValueColumnCount + s_eyeOpening.Index]);
    }

    [Fact]
    public void Begin_AfterAnotherStay_ForgetsIt()
    {
        var discretizer = new HourlyDiscretizer();
        discretizer.Begin(5);
        discretizer.Add(0.5, s_heartRate, 40);
        discretizer.Begin(5);
        Assert.Equal(Discretize(5, static _ => { }), Write(discretizer, 5));
    }

    [Fact]
    public void Write_PrefixOfWholeHours_EqualsTheFirstRowsOfTheWholeStay()
    {
        foreach (var file in Mimic3Demo.StayFiles(Mimic3Task.Decompensation).Take(10))
        {
            var whole = DiscretizeFile(file, 80);
            foreach (var hours in new[] { 1, 2, 5, 24, 47, 79 })
                Assert.Equal(whole.Take(hours), DiscretizeFile(file, hours));
        }
    }

    [Fact]
    public void Write_Normalizer_ChangesTheTwelveContinuousColumnsOnly()
    {
        var normalizer = HourlyNormalizer.Published(Mimic3Task.Decompensation);
        var discretizer = new HourlyDiscretizer();
        discretizer.Begin(1);
        discretizer.AddLevel(0.5, s_eyeOpening, 2);
        var raw = Write(discretizer, 1)[0];
        var normalized = SampleMatrix.Create(1, BenchmarkChannels.ColumnCount);
        discretizer.Write(normalized, 0, normalizer);
        var changed = Enumerable.Range(0, 76).Where(column => normalized.GetWritableRow(0)[column] != raw[column]);
        Assert.Equal([2, 3, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58], changed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(8785)]
    public void Begin_HoursOutOfRange_Throws(int hours) => Assert.Throws<ArgumentOutOfRangeException>(() => new HourlyDiscretizer().Begin(hours));

    [Theory]
    [InlineData(-0.5, 80.0)]
    [InlineData(double.NaN, 80.0)]
    [InlineData(0.5, double.NaN)]
    [InlineData(0.5, 1e31)]
    [InlineData(0.5, double.NegativeInfinity)]
    public void Add_TimeOrValueOutOfRange_Throws(double time, double value)
    {
        var discretizer = new HourlyDiscretizer();
        discretizer.Begin(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => discretizer.Add(time, s_heartRate, value));
    }

    [Fact]
    public void Add_CategoricalChannel_Throws()
    {
        var discretizer = new HourlyDiscretizer();
        discretizer.Begin(1);
        Assert.Throws<ArgumentException>(() => discretizer.Add(0, s_eyeOpening, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => discretizer.AddLevel(0, s_eyeOpening, 8));
        Assert.Throws<ArgumentOutOfRangeException>(() => discretizer.AddLevel(0, s_heartRate, 0));
    }

    private static float[][] DiscretizeFile(string file, int hours) =>
        Discretize(hours, discretizer => TimeSeriesFile.Read(file, discretizer, HourlyDiscretizer.MaximumHours));

    private static float[][] Discretize(int hours, Action<HourlyDiscretizer> add)
    {
        var discretizer = new HourlyDiscretizer();
        discretizer.Begin(hours);
        add(discretizer);
        return Write(discretizer, hours);
    }

    private static float[][] Write(HourlyDiscretizer discretizer, int hours)
    {
        // Values left from before must not shine through.
        var matrix = SampleMatrix.Create(hours, BenchmarkChannels.ColumnCount);
        for (var hour = 0; hour < hours; hour++)
            matrix.GetWritableRow(hour).Fill(float.NaN);
        discretizer.Write(matrix, 0);
        return [.. Enumerable.Range(0, hours).Select(hour => matrix.GetWritableRow(hour).ToArray())];
    }
}
