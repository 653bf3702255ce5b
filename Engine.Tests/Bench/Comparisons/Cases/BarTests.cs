using Bench.Comparisons.Cases;
using Bench.Comparisons.Checks;
using Bench.Comparisons.Measurement;

namespace Engine.Tests.Bench.Comparisons.Cases;

public sealed class BarTests
{
    private const long DataBytes = 100 << 20;

    private static readonly Bar s_threeTimesTheTrees = Bar.TimesAsFast(3, ["oak", "fir"], "best tree");

    [Theory]
    [InlineData(6.5, 9.0, Verdict.Met, "3.25x oak")]
    [InlineData(9.0, 5.0, Verdict.Missed, "2.50x fir")]
    public void TimesAsFast_AllMeasured_ComparesWithTheFastest(double oak, double fir, Verdict verdict, string measured) =>
        AssertOutcome(s_threeTimesTheTrees, verdict, measured, Took("oak", oak), Took("fir", fir));

    [Fact]
    public void TimesAsFast_OneNotMeasured_IsNeverMet()
    {
        var absent = new Contender("fir", ContenderStatus.TimedOut, "not done in 5 s");
        AssertOutcome(s_threeTimesTheTrees, Verdict.Unknown, "fir: not done in 5 s", Took("oak", 100), absent);
        AssertOutcome(s_threeTimesTheTrees, Verdict.Unknown, "fir: not asked for", Took("oak", 100));
        AssertOutcome(s_threeTimesTheTrees, Verdict.Missed, "2.00x oak", Took("oak", 4), absent);
    }

    [Theory]
    [InlineData(2, Verdict.Met)]
    [InlineData(1.9, Verdict.Missed)]
    public void WithinSeconds_Limit_IsIncluded(double limit, Verdict verdict) => AssertOutcome(Bar.WithinSeconds(limit), verdict, "2.0 s");

    [Theory]
    [InlineData(1.0, Verdict.Met, "2.00x")]
    [InlineData(0.5, Verdict.Missed, "4.00x")]
    public void WithinTimes_Limit_IsIncluded(double one, Verdict verdict, string measured) =>
        AssertOutcome(Bar.WithinTimes(2, "one fit"), verdict, measured, Took("one fit", one));

    [Fact]
    public void WithinTimes_UnitNotMeasured_IsNotKnown() => AssertOutcome(Bar.WithinTimes(2, "one fit"), Verdict.Unknown, "not measured");

    [Theory]
    [InlineData(50 << 20, DataBytes, Verdict.Met, "50.0 %")]
    [InlineData(51 << 20, DataBytes, Verdict.Missed, "51.0 %")]
    [InlineData(1 << 20, 30 << 20, Verdict.Unknown, "data too small to tell")]
    [InlineData(null, DataBytes, Verdict.Unknown, "this system does not tell the peak")]
    public void WithinMemory_Growth_IsJudgedWhereItSaysSomething(int? growth, long dataBytes, Verdict verdict, string measured)
    {
        var outcome = Bar.WithinMemory(0.5).Judge(Measured() with { DataBytes = dataBytes, Engine = Took(Contender.Engine, 2) with { PeakGrowthBytes = growth } });
        Assert.Equal((verdict, measured), (outcome.Verdict, outcome.Measured));
    }

    [Theory]
    [InlineData(0.75, Verdict.Met)]
    [InlineData(0.76, Verdict.Missed)]
    public void ShareOfRoof_Share_IsIncluded(double share, Verdict verdict) =>
        AssertOutcome(Bar.ShareOfRoof(share, RoofName.MultiplyAdds), verdict, "75 % (30.0 of 40.0 G/s)");

    [Fact]
    public void ShareOfRoof_NoSuchRate_IsNotKnown() =>
        AssertOutcome(Bar.ShareOfRoof(0.5, RoofName.MemoryBandwidth), Verdict.Unknown, "not measured");

    [Theory]
    [InlineData(2.04, Verdict.Met, "2.0 %")]
    [InlineData(1.5, Verdict.Met, "-25.0 %")]
    [InlineData(2.05, Verdict.Missed, "2.5 %")]
    public void AddsSeconds_Share_IsIncluded(double seconds, Verdict verdict, string measured)
    {
        var bar = Bar.AddsSeconds(0.0201, "from far", "from near");
        AssertOutcome(bar, verdict, measured, Took("from far", seconds), Took("from near", 2));
        AssertOutcome(bar, Verdict.Unknown, "not measured", Took("from near", 2));
        AssertOutcome(bar, Verdict.Unknown, "not measured", Took("from far", 2));
    }

    [Theory]
    [InlineData(13 << 20, DataBytes, Verdict.Met, "3.0 %")]
    [InlineData(16 << 20, DataBytes, Verdict.Missed, "6.0 %")]
    [InlineData(1 << 20, 30 << 20, Verdict.Unknown, "data too small to tell")]
    [InlineData(null, DataBytes, Verdict.Unknown, "the peak is not known")]
    public void AddsMemory_Growth_IsBeyondTheEngines(int? growth, long dataBytes, Verdict verdict, string measured)
    {
        var engine = Took(Contender.Engine, 2) with { PeakGrowthBytes = 10 << 20 };
        var outcome = Bar.AddsMemory(0.05, "other way").Judge(Measured(Took("other way", 2) with { PeakGrowthBytes = growth }) with { DataBytes = dataBytes, Engine = engine });
        Assert.Equal((verdict, measured), (outcome.Verdict, outcome.Measured));
    }

    private static void AssertOutcome(Bar bar, Verdict verdict, string measured, params Contender[] rivals) =>
        Assert.Equal(new BarOutcome(bar.Text, verdict, measured), bar.Judge(Measured(rivals)));

    private static CaseResult Measured(params Contender[] rivals) => new("case", "work", "data", 1)
    {
        DataBytes = DataBytes,
        Engine = Took(Contender.Engine, 2) with { PeakGrowthBytes = 0 },
        Rivals = rivals,
        Rates = [new RateUnderRoof(RoofName.MultiplyAdds, 30e9, 40e9, "G/s")],
    };

    private static Contender Took(string name, double seconds) => new(name, ContenderStatus.Measured) { Repetitions = [[seconds]] };

    [Fact]
    public void Judge_WrongResult_MeetsNothing() => Assert.Equal(
        new BarOutcome("<= 9 s", Verdict.Missed, "the result is wrong"), Bar.WithinSeconds(9).Judge(Measured() with { Checks = [CheckResult.Of("rows", 1, "one is off")] }));
}
