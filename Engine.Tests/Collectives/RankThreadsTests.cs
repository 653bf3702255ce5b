using Engine.Collectives;
using Engine.Tests.Support;

namespace Engine.Tests.Collectives;

public sealed class RankThreadsTests
{
    // A lost rank would be waited for for ever; a minute is far beyond what these take.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    public static TheoryData<int> Sizes => Ranks.Sizes;

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Run_AnyNumberOfRanks_KeepsTheContract(int size)
    {
        var seen = new int[size];
        RankThreads.Run(size, collective =>
        {
            Assert.Equal(size, collective.Size);
            Interlocked.Increment(ref seen[collective.Rank]);
            CollectiveContract.Check(collective);
        });
        Assert.All(seen, times => Assert.Equal(1, times));
    }

    [Fact]
    public void OneProcess_ByItself_KeepsTheContract() => CollectiveContract.Check(OneProcess.Instance);

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Run_OneRankFails_ThrowsItsErrorAndDoesNotHang(int failing)
    {
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => Task.Run(
            () => RankThreads.Run(3, collective =>
            {
                collective.Barrier();
                if (collective.Rank == failing)
                    throw new InvalidDataException("unreadable");
                collective.Broadcast(new byte[4], failing);
            }),
            TestContext.Current.CancellationToken).WaitAsync(s_patience, TestContext.Current.CancellationToken));
        Assert.Equal("unreadable", error.Message);
    }

    [Fact]
    public async Task Run_OneRankEndsEarly_DoesNotHang()
    {
        var run = Task.Run(
            () => RankThreads.Run(2, collective =>
            {
                if (collective.Rank == 0)
                    collective.Broadcast(new byte[4], 1);
            }),
            TestContext.Current.CancellationToken);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => run.WaitAsync(s_patience, TestContext.Current.CancellationToken));
        Assert.Contains("every rank must make the same calls", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_LengthsDiffer_SaysWhoSendsWhat()
    {
        var error = Assert.Throws<InvalidOperationException>(() => RankThreads.Run(2, collective => collective.Broadcast(new byte[4 + collective.Rank], 0)));
        Assert.Contains("rank 1 expects 5 bytes of rank 0, which sends 4", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_NoRank_NamesTheLimit() =>
        Assert.Contains("allowed is 1 or more", Assert.Throws<ArgumentOutOfRangeException>(() => RankThreads.Run(0, _ => { })).Message, StringComparison.Ordinal);

    [Fact]
    public void Measured_GatherAndBroadcast_CountsWhatARankReceives() => RankThreads.Run(3, inner =>
    {
        var collective = new MeasuredCollective(inner);
        CollectiveContract.Check(collective);
        var (received, calls) = (collective.BytesReceived, collective.Calls);
        collective.AllGather(new byte[10], new byte[30]);
        collective.Broadcast(new byte[100], 1);
        collective.Barrier();
        Assert.Equal((20 + (inner.Rank == 1 ? 0 : 100), 3), (collective.BytesReceived - received, collective.Calls - calls));
    });
}
