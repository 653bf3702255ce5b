using Engine.Collectives;
using Engine.Numerics;
using Engine.Tests.Support;

namespace Engine.Tests.Numerics;

public sealed class BlockReductionTests
{
    private const int BlocksPerRun = 64;
    private const int BlocksPerSpan = 64 * BlocksPerRun;

    private static readonly int[] s_spans = [1, 640, BlocksPerSpan - 1, BlocksPerSpan, BlocksPerSpan + 1, 3 * BlocksPerSpan, (5 * BlocksPerSpan) + (7 * BlocksPerRun) + 3];

    // A lost wake-up would wait for ever; a minute is far beyond the milliseconds that these sums take.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    public static TheoryData<int> ThreadCounts => [-1, 1, 2, 3, 7, 32];

    [Theory]
    [MemberData(nameof(ThreadCounts))]
    public void Sum_AnyNumberOfThreads_EqualsRunsAddedInOrder(int threads)
    {
        foreach (var blockCount in new[] { 0, 1, 63, 64, 65, 128, 129, 1000, 6401 })
            Assert.Equal(BitConverter.DoubleToInt64Bits(InOrder(blockCount)), BitConverter.DoubleToInt64Bits(Sum(blockCount, threads)));
    }

    [Theory]
    [MemberData(nameof(ThreadCounts))]
    public void Sum_OverSpans_EqualsSpansAddedInOrder(int threads)
    {
        foreach (var blockCount in s_spans)
        {
            var total = new OneSum();
            SumOf(share: null, blockCount, threads, total);
            Assert.Equal(BitConverter.DoubleToInt64Bits(SpansInOrder(blockCount)), BitConverter.DoubleToInt64Bits(total.Value));
        }
    }

    [Theory]
    [MemberData(nameof(Ranks.Sizes), MemberType = typeof(Ranks))]
    public void Sum_BlocksOfRanks_EqualsSpansAddedInOrderOnEveryRank(int size)
    {
        foreach (var blockCount in s_spans)
        {
            var expected = BitConverter.DoubleToInt64Bits(SpansInOrder(blockCount));
            // As even as can be; by halves of spans; so that spans begin, end and pass in the middle of segments.
            foreach (var division in new Func<ICollective, IEnumerable<BlockSegment>>[]
            {
                collective => BlockReduction.Divide(collective, 0, blockCount),
                _ => InTurns(size, blockCount, static _ => 32),
                _ => InTurns(size, blockCount, static turn => 17 * (turn + 1)),
            })
            {
                RankThreads.Run(size, collective =>
                {
                    var total = new OneSum();
                    var segments = division(collective);
                    SumOf(new RankShare(collective, [.. segments], isReadableByAll: true), blockCount, threads: 2, total);
                    Assert.Equal(expected, BitConverter.DoubleToInt64Bits(total.Value));
                });
            }
        }
    }

    [Theory]
    [MemberData(nameof(ThreadCounts))]
    public void Sum_EarlierRunsSlower_StillMergesInOrder(int threads)
    {
        var merged = new List<long>();
        BlockReduction.Sum<List<long>>(
            6 * BlocksPerRun,
            Options(threads),
            () => [],
            partial => partial.Clear(),
            (partial, block) =>
            {
                if (block % (2 * BlocksPerRun) == 0)
                    Thread.Sleep(10);
                partial.Add(block);
            },
            merged.AddRange);
        Assert.Equal(Enumerable.Range(0, 6 * BlocksPerRun).Select(block => (long)block), merged);
    }

    [Fact]
    public async Task Sum_SecondRunIsDoneFirst_WaitsForTheFirst()
    {
        using var secondIsDone = new ManualResetEventSlim();
        var merged = new List<long>();
        await WithinPatience(() => BlockReduction.Sum<List<long>>(
            2 * BlocksPerRun,
            Options(2),
            () => [],
            partial => partial.Clear(),
            (partial, block) =>
            {
                if (block == 0)
                {
                    secondIsDone.Wait(TestContext.Current.CancellationToken);
                    // The other thread has as good as all of this time to add up what it has.
                    Thread.Sleep(50);
                }

                partial.Add(block);
                if (block == (2 * BlocksPerRun) - 1)
                    secondIsDone.Set();
            },
            merged.AddRange));
        Assert.Equal(Enumerable.Range(0, 2 * BlocksPerRun).Select(block => (long)block), merged);
    }

    [Theory]
    [MemberData(nameof(ThreadCounts))]
    public void Sum_Partials_AreOneAThreadAtMost(int threads)
    {
        var created = 0;
        BlockReduction.Sum(100 * BlocksPerRun, Options(threads), () => Interlocked.Increment(ref created), _ => { }, (_, _) => { }, _ => { });
        Assert.InRange(created, 1, threads > 0 ? threads : Environment.ProcessorCount);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(7, 0)]
    [InlineData(7, 500)]
    [InlineData(7, 639)]
    public async Task Sum_BlockFails_ThrowsItsErrorAndDoesNotHang(int threads, long failingBlock)
    {
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => WithinPatience(() => Sum(640, threads, block =>
        {
            if (block == failingBlock)
                throw new InvalidDataException("unreadable");
        })));
        Assert.Equal("unreadable", error.Message);
    }

    [Fact]
    public async Task Sum_BlockFailsWhileALaterRunWaitsForItsTurn_DoesNotHang()
    {
        using var secondIsDone = new ManualResetEventSlim();
        await Assert.ThrowsAsync<InvalidDataException>(() => WithinPatience(() => Sum(2 * BlocksPerRun, 2, block =>
        {
            if (block == 0)
            {
                secondIsDone.Wait(TestContext.Current.CancellationToken);
                // Long enough for the other thread to wait.
                Thread.Sleep(50);
                throw new InvalidDataException("unreadable");
            }

            if (block == (2 * BlocksPerRun) - 1)
                secondIsDone.Set();
        })));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public async Task Sum_MergeFails_ThrowsItsErrorAndDoesNotHang(int threads)
    {
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => WithinPatience(() =>
            BlockReduction.Sum(640, Options(threads), () => 0, _ => { }, (_, _) => { }, _ => throw new InvalidDataException("full"))));
        Assert.Equal("full", error.Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public async Task Sum_CancelledMidway_ReadsNoFurtherBlock(int threads)
    {
        using var source = new CancellationTokenSource();
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = source.Token };
        var afterwards = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => WithinPatience(() => Sum(6400, options, block =>
        {
            if (source.IsCancellationRequested)
                Interlocked.Increment(ref afterwards);
            if (block == 100)
                source.Cancel();
        })));
        // Other threads may have been about to read one.
        Assert.InRange(afterwards, 0, threads - 1);
    }

    [Fact]
    public void Sum_AlreadyCancelled_ThrowsWithoutReadingABlock()
    {
        var options = new ParallelOptions { CancellationToken = new CancellationToken(canceled: true) };
        Assert.ThrowsAny<OperationCanceledException>(() => Sum(640, options, block => Assert.Fail($"block {block} was read")));
    }

    private static void SumOf(RankShare? share, int blockCount, int threads, OneSum total) =>
        BlockReduction.Sum(share, blockCount, Options(threads), static () => new OneSum(), static partial => partial, static (partial, block) => partial.Value += Term(block), total);

    /// <summary>Gives segments to ranks in turns.</summary>
    private static IEnumerable<BlockSegment> InTurns(int size, long blockCount, Func<int, long> runsOf)
    {
        var (first, turn) = (0L, 0);
        for (; first < blockCount; turn++)
        {
            var end = Math.Min(blockCount, first + (runsOf(turn) * BlocksPerRun));
            yield return new BlockSegment(turn % size, first, end);
            first = end;
        }
    }

    private static Task WithinPatience(Action work) => Task.Run(work, TestContext.Current.CancellationToken).WaitAsync(s_patience, TestContext.Current.CancellationToken);

    private static ParallelOptions Options(int threads) => new() { MaxDegreeOfParallelism = threads, CancellationToken = TestContext.Current.CancellationToken };

    private static double Sum(int blockCount, int threads, Action<long>? onBlock = null) => Sum(blockCount, Options(threads), onBlock);

    private static double Sum(int blockCount, ParallelOptions options, Action<long>? onBlock)
    {
        var total = 0.0;
        BlockReduction.Sum(
            blockCount,
            options,
            () => new double[1],
            Array.Clear,
            (partial, block) =>
            {
                onBlock?.Invoke(block);
                partial[0] += Term(block);
            },
            partial => total += partial[0]);
        return total;
    }

    private static double InOrder(int blockCount)
    {
        var total = 0.0;
        for (var run = 0; run < blockCount; run += BlocksPerRun)
        {
            var partial = 0.0;
            for (var block = run; block < Math.Min(blockCount, run + BlocksPerRun); block++)
                partial += Term(block);
            total += partial;
        }

        return total;
    }

    private static double SpansInOrder(int blockCount)
    {
        var total = 0.0;
        for (var span = 0; span < blockCount; span += BlocksPerSpan)
        {
            var sum = 0.0;
            for (var run = span; run < Math.Min(blockCount, span + BlocksPerSpan); run += BlocksPerRun)
            {
                var partial = 0.0;
                for (var block = run; block < Math.Min(blockCount, run + BlocksPerRun); block++)
                    partial += Term(block);
                sum += partial;
            }

            total += sum;
        }

        return total;
    }

    // Magnitudes from 1e-8 to 1e8 and both signs: any other order of addition gives other bits.
    private static double Term(long block) => Math.Pow(10, (block * 7 % 17) - 8) * (block % 2 == 0 ? 1 : -1) / 3;

    private sealed class OneSum : ISums<OneSum>
    {
        public double Value { get; set; }

        public int SentLength => 1;

        public void Clear() => Value = 0;

        public void Add(OneSum later) => Value += later.Value;

        public void Write(Span<double> sent) => sent[0] = Value;

        public void Read(ReadOnlySpan<double> sent) => Value = sent[0];
    }
}
