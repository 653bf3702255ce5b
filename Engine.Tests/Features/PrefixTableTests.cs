using Engine.Data;
using Engine.Features;
using Engine.Tests.Support;

namespace Engine.Tests.Features;

public sealed class PrefixTableTests
{
    private static readonly StayMeasurements[] s_stays = [.. Enum.GetValues<StayKind>().Select(kind => StayDraws.Of(kind, 50, 2))];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(-1)]
    public void Write_PrefixesInAnyOrder_EachRowIsThatOfItsPrefixAndEachStayIsReadOnce(int threads)
    {
        var prefixes = Prefixes();
        var source = new MemoryStays(s_stays);
        var destination = SampleMatrix.Create(prefixes.Length, PrefixFeatures.CountFor(StayDraws.ChannelCount));
        PrefixTable.Write(source, prefixes, destination, Options(threads));
        var expected = new float[destination.FeatureCount];
        for (var row = 0; row < prefixes.Length; row++)
        {
            PrefixFeatures.Compute(s_stays[prefixes[row].Stay], prefixes[row].Hours, expected);
            Assert.Equal(expected, destination.Row(row));
        }

        Assert.Equal(Enumerable.Range(0, s_stays.Length).Select(stay => stay == 3 ? 0 : 1), source.Reads);
    }

    [Fact]
    public void Write_NoPrefixes_ReadsNothing()
    {
        var source = new MemoryStays(s_stays);
        PrefixTable.Write(source, [], SampleMatrix.Create(0, PrefixFeatures.CountFor(StayDraws.ChannelCount)), Options());
        Assert.Equal(0, source.Reads.Sum());
    }

    [Fact]
    public void Write_Progress_EndsAtTheNumberOfPrefixesAndNeverRunsBackwards()
    {
        var prefixes = Prefixes();
        var reports = new List<long>();
        var options = Options();
        options = options with { Compute = options.Compute with { Progress = new Recorder(reports) } };
        PrefixTable.Write(new MemoryStays(s_stays), prefixes, SampleMatrix.Create(prefixes.Length, PrefixFeatures.CountFor(StayDraws.ChannelCount)), options);
        Assert.Equal(prefixes.Length, reports[^1]);
        Assert.Equal(reports.Order(), reports);
    }

    [Fact]
    public void Write_Cancelled_StopsWithinAStayOfEachThread()
    {
        var prefixes = Prefixes();
        using var cancellation = new CancellationTokenSource();
        var source = new MemoryStays(s_stays) { OnRead = _ => cancellation.Cancel() };
        var options = new PrefixFeatureOptions { Compute = new() { CancellationToken = cancellation.Token, MaxDegreeOfParallelism = 1 } };
        Assert.Throws<OperationCanceledException>(() =>
            PrefixTable.Write(source, prefixes, SampleMatrix.Create(prefixes.Length, PrefixFeatures.CountFor(StayDraws.ChannelCount)), options));
        Assert.Equal(1, source.Reads.Sum());
    }

    [Fact]
    public void Write_SourceFails_TellsWhy()
    {
        var prefixes = Prefixes();
        var error = Assert.Throws<InvalidDataException>(() => PrefixTable.Write(
            new MemoryStays(s_stays) { BadStay = 2 }, prefixes, SampleMatrix.Create(prefixes.Length, PrefixFeatures.CountFor(StayDraws.ChannelCount)), Options()));
        Assert.Equal("stay 2 is bad.", error.Message);
    }

    [Theory]
    [InlineData(-1, 5)]
    [InlineData(12, 5)]
    [InlineData(0, -1)]
    public void Write_PrefixOfNoStay_Throws(int stay, int hours) => Assert.Throws<ArgumentOutOfRangeException>(() =>
        PrefixTable.Write(new MemoryStays(s_stays), [new PrefixSample(stay, hours)], SampleMatrix.Create(1, PrefixFeatures.CountFor(StayDraws.ChannelCount)), Options()));

    [Theory]
    [InlineData(1, 209)]
    [InlineData(0, 210)]
    public void Write_DestinationOfAnotherShape_Throws(int rowCount, int featureCount) => Assert.Throws<ArgumentException>(() =>
        PrefixTable.Write(new MemoryStays(s_stays), [new PrefixSample(0, 5)], SampleMatrix.Create(rowCount, featureCount), Options()));

    private static PrefixFeatureOptions Options(int threads = -1) =>
        new() { Compute = new() { MaxDegreeOfParallelism = threads, CancellationToken = TestContext.Current.CancellationToken } };

    // From both ends in turn; stay 3 has none, and one prefix occurs twice.
    private static PrefixSample[] Prefixes()
    {
        PrefixSample[] all =
        [
            .. from hours in Enumerable.Range(0, 52) from stay in Enumerable.Range(0, s_stays.Length) where stay != 3 select new PrefixSample(stay, hours),
            new PrefixSample(1, 7),
        ];
        return [.. all.Select((_, i) => i % 2 == 0 ? all[i / 2] : all[^((i / 2) + 1)])];
    }

    private sealed class Recorder(List<long> reports) : IProgress<long>
    {
        public void Report(long value) => reports.Add(value);
    }
}
