using Bench.Cohorts;
using Bench.Cohorts.Channels;
using Bench.Cohorts.Mimic3;
using Bench.Cohorts.Simulated;
using Engine.Data;

namespace Engine.Tests.Bench.Cohorts.Simulated;

/// <summary>The simulated hours against the published statistics of the decompensation task.</summary>
public sealed class CalibrationTests
{
    private const long TrainingRows = 60_000;

    // Chance: of 76 columns none should lie five standard errors off. Fit: constants were fitted on fourteen million hours, to 2 % of a standard deviation or 5 %
    // of a share.
    private const double StandardErrors = 5;
    private const double FitOfMean = 0.02;
    private const double FitOfShare = 0.05;
    private const double FitOfDeviation = 0.06;

    private static readonly HourlyNormalizer s_published = HourlyNormalizer.Published(Mimic3Task.Decompensation);
    private static readonly EpisodeStore s_episodes = DecompensationSimulator.Simulate(2024, TrainingRows).Episodes!;

    public static TheoryData<string> ContinuousNames => [.. BenchmarkChannels.All.Where(channel => !channel.IsCategorical).Select(channel => channel.Name)];

    public static TheoryData<string> ShareNames => [.. BenchmarkChannels.ColumnNames.Where(name => name.Contains("->", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(ShareNames))]
    public void Simulate_MaskOrLevel_HasPublishedShare(string name)
    {
        var column = BenchmarkChannels.ColumnNames.IndexOf(name);
        var statistics = HourStatistics.Of(s_episodes, column, static _ => true);
        var published = s_published.Means[column];
        // A share near 1 is as well fitted as the rest of it is.
        var fit = FitOfShare * Math.Min(published, 1 - published);
        Assert.Equal(published, statistics.Mean, (StandardErrors * statistics.StandardError) + fit);
    }

    [Theory]
    [MemberData(nameof(ContinuousNames))]
    public void Simulate_ContinuousColumn_HasPublishedMoments(string name)
    {
        var channel = ContinuousChannels.ByIndex[BenchmarkChannels.Find(name).Index]!;
        var column = channel.Channel.FirstColumn;
        var ordinary = HourStatistics.Of(s_episodes, column, value => IsOrdinary(channel, value));

        // A cohort of this size may hold no slip of the pen, or one too many, and a slip outweighs everything. So the moments are those of the ordinary values,
        // which are many, mixed with the slips that are expected, each as long as any other value is kept.
        var observed = ObservedShare(channel);
        var slips = channel.SlipRate * observed;
        var zeros = channel.ZeroRate * observed;
        var rest = 1 - slips - zeros;
        var mean = (rest * ordinary.Mean) + (slips * channel.SlipValue);
        var ordinarySquare = (ordinary.Mean * ordinary.Mean) + (ordinary.StandardDeviation * ordinary.StandardDeviation);
        var square = (rest * ordinarySquare) + (slips * channel.SlipValue * channel.SlipValue);

        var published = s_published.StandardDeviations[column];
        Assert.Equal(s_published.Means[column], mean, (StandardErrors * ordinary.StandardError) + (FitOfMean * ordinary.StandardDeviation));
        // Where there are no slips the deviation itself is a sample's: of about 700 stays, a few of them very long.
        Assert.Equal(published, Math.Sqrt(square - (mean * mean)), (slips > 0 ? FitOfDeviation : 3 * FitOfDeviation) * published);
    }

    [Fact]
    public void PlanRows_PublishedSize_HasPublishedPositivesAndStays()
    {
        var plans = DecompensationSimulator.PlanRows(2024, DecompensationSimulator.PublishedTrainingRows);
        double samples = plans.Sum(plan => (long)plan.SampleCount);
        var positives = plans.Sum(plan => Enumerable.Range(StayPlan.FirstSampleHour, plan.SampleCount).Sum(hours => plan.LabelAt(hours)));
        Assert.InRange(positives / samples, 0.020, 0.022);
        Assert.InRange(plans.Count, 41_902 * 0.95, 41_902 * 1.05);
    }

    [Theory]
    // Stays and deaths of the 14,681 training stays of the double prioritized study.
    [InlineData(Cohort.Everyone, 14_681, 1_987)]
    [InlineData("male", 8_059, 1_073)]
    [InlineData("female", 6_622, 914)]
    [InlineData("white", 10_370, 1_361)]
    [InlineData("black", 1_407, 126)]
    [InlineData("hispanic", 471, 40)]
    [InlineData("asian", 348, 52)]
    [InlineData("<30", 587, 39)]
    [InlineData("30s", 671, 57)]
    [InlineData("40s", 1_488, 144)]
    [InlineData("50s", 2_472, 258)]
    [InlineData("60s", 3_126, 373)]
    [InlineData("70s", 3_131, 483)]
    [InlineData("80s", 2_441, 469)]
    [InlineData("90+", 765, 164)]
    public void Draw_ManyStays_HavePublishedGroupSharesAndDeathRates(string group, int publishedStays, int publishedDeaths)
    {
        const int Stays = 100_000;
        const double AllPublishedStays = 14_681;
        var plans = Enumerable.Range(0, Stays).Select(number => StayPlanner.Draw(7, CohortSplit.Train, number)).ToArray();
        var members = DemographicGroups.Build([.. plans.Select(plan => plan.Patient)], [.. Enumerable.Range(0, Stays)])[group];
        var deaths = plans.Where((plan, stay) => plan.DiesInHospital && members[stay]).Count();
        AssertShare(publishedStays / AllPublishedStays, members.Count, Stays);
        AssertShare(publishedDeaths / (double)publishedStays, deaths, members.Count);
    }

    private static void AssertShare(double published, int count, int all) =>
        Assert.Equal(published, count / (double)all, StandardErrors * Math.Sqrt(Math.Max(1e-9, published * (1 - published)) / all));

    // Float32 of a value shared with slips of a million carries an error of a few thousandths; limits give way by as much.
    private static bool IsOrdinary(ContinuousChannel channel, double value) => value >= channel.Lowest * 0.999 && value <= channel.Highest * 1.001;

    /// <summary>Returns the share of hours at or after the first observation of the channel.</summary>
    private static double ObservedShare(ContinuousChannel channel)
    {
        var mask = HourStatistics.RawColumn(s_episodes, BenchmarkChannels.ValueColumnCount + channel.Channel.Index);
        var observed = 0.0;
        for (int stay = 0, hour = 0; stay < s_episodes.StayCount; stay++)
        {
            var seen = false;
            for (var end = hour + s_episodes.HoursOf(stay); hour < end; hour++)
            {
                seen |= mask[hour] > 0;
                observed += seen ? 1 : 0;
            }
        }

        return observed / mask.Length;
    }
}
