using Bench.Cohorts.Channels;
using Bench.Comparisons.Arrays;
using Engine.Data;

namespace Engine.Tests.Bench.Comparisons.Arrays;

public sealed class HourlySummaryTests
{
    private const int StatisticCount = 6;
    private const int PartCount = 7;

    private static readonly Channel s_heartRate = BenchmarkChannels.Find("Heart Rate");
    private static readonly Channel s_eyes = BenchmarkChannels.Find("Glascow coma scale eye opening");

    [Fact]
    public void Write_ContinuousChannel_SummarizesEveryPart()
    {
        // Twelve hours, of which the prefix has ten: parts of 1, 3 and 5 hours at both ends.
        float[] rates = [1, 2, 4, 8, 16, 3, 5, 7, 9, 11, 100, 200];
        var summary = Summarize(rates, hours: 10);
        Range[] parts = [0..10, 0..1, 9..10, 0..3, 7..10, 0..5, 5..10];
        for (var part = 0; part < PartCount; part++)
        {
            var actual = summary.AsSpan(((s_heartRate.Index * PartCount) + part) * StatisticCount, StatisticCount).ToArray();
            AssertClose(Expected(rates[parts[part]], measured: Enumerable.Range(0, 10).Take(parts[part]).Count(IsMeasured)), actual);
        }
    }

    [Fact]
    public void Write_CategoricalChannel_CountsItsLevels()
    {
        var summary = Summarize([1, 2, 3, 4], hours: 4);
        // Hour h has level h; the channel was not measured.
        AssertClose([0, 3, 1.5f, MathF.Sqrt(1.25f), 0, 0], summary.AsSpan(s_eyes.Index * PartCount * StatisticCount, StatisticCount).ToArray());
    }

    private static float[] Summarize(float[] rates, int hours)
    {
        var samples = SampleMatrix.Create(rates.Length, BenchmarkChannels.ColumnCount);
        for (var hour = 0; hour < rates.Length; hour++)
        {
            var row = samples.GetWritableRow(hour);
            row[s_heartRate.FirstColumn] = rates[hour];
            row[BenchmarkChannels.ValueColumnCount + s_heartRate.Index] = IsMeasured(hour) ? 1 : 0;
            row[s_eyes.FirstColumn + (hour % s_eyes.ColumnCount)] = 1;
        }

        var summary = new float[HourlySummary.FeatureCount];
        new HourlySummary(new EpisodeStore(samples, [0, rates.Length])).Write(new PrefixSample(0, hours), summary);
        return summary;
    }

    private static float[] Expected(float[] part, int measured)
    {
        var mean = part.Average();
        var deviation = Math.Sqrt(part.Average(value => (value - mean) * (value - mean)));
        var skewness = deviation == 0 ? 0 : part.Average(value => Math.Pow((value - mean) / deviation, 3));
        return [part.Min(), part.Max(), mean, (float)deviation, (float)skewness, measured];
    }

    private static bool IsMeasured(int hour) => hour % 2 == 0;

    private static void AssertClose(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-5f);
    }
}
