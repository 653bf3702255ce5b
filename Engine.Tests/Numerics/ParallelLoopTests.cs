using System.Runtime.CompilerServices;
using Engine.Compute;
using Engine.Neighbors;
using Engine.Numerics;
using Engine.Numerics.Distances;
using Engine.Tests.Support;

namespace Engine.Tests.Numerics;

public sealed class ParallelLoopTests
{
    public static TheoryData<string> Shapes => ["ints", "longs", "ints with own", "longs with own", "side by side"];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void AnyShape_OneIndexFails_ThrowsItsErrorWithItsStack(string shape)
    {
        foreach (var threads in new[] { 1, 2, 7 })
        {
            var error = Assert.Throws<InvalidDataException>(() => Run(shape, Threads(threads), index => FailAt(3, index)));
            Assert.Equal("index 3", error.Message);
            Assert.Contains(nameof(FailAt), error.StackTrace, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AnyShape_OthersAreStoppedBecauseOfTheError_TheErrorIsTold()
    {
        // Both fail for certain: each waits for the other.
        using var both = new Barrier(2);
        Assert.Throws<InvalidDataException>(() => Run("side by side", Threads(7), index =>
        {
            if (index is not (0 or 3))
                return;
            both.SignalAndWait(TimeSpan.FromSeconds(30));
            if (index == 0)
                throw new OperationCanceledException("stopped by the other");
            FailAt(3, index);
        }));
    }

    [Fact]
    public void AnyShape_OwnAggregateOfTheBody_IsNotTakenApart() => Assert.Throws<AggregateException>(() =>
        Run("ints", Threads(2), index => throw new AggregateException(new InvalidDataException("inside"))));

    [Theory]
    [MemberData(nameof(Shapes))]
    public void AnyShape_Cancelled_ThrowsCancelled(string shape)
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => Run(shape, new ParallelOptions { CancellationToken = source.Token }, _ => { }));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1 << 29)]
    [InlineData(1 << 30)]
    [InlineData(int.MaxValue)]
    public void WorkersOf_AnyLimit_IsAtLeastOneAndNeverAbove(int limit) =>
        Assert.InRange(ParallelLoop.WorkersOf(new ParallelOptions { MaxDegreeOfParallelism = limit }), 1, Math.Min(limit, 1 << 20));

    [Theory]
    [InlineData(Metric.L1)]
    [InlineData(Metric.L2)]
    public void Search_ProgressThrows_ItsErrorArrives(Metric metric)
    {
        using var search = NearestNeighbors.Build(Tables.Normal(500, 6, seed: 1), metric);
        Assert.Throws<InvalidDataException>(() => search.SearchSelf(3, new() { Progress = new ThrowingProgress() }));
    }

    [Theory]
    [InlineData(1 << 28)]
    [InlineData(1 << 30)]
    [InlineData(int.MaxValue)]
    public void Search_AnyNumberOfThreads_FindsTheSame(int threads)
    {
        var samples = Tables.Normal(300, 5, seed: 2);
        using var search = NearestNeighbors.Build(samples, Metric.L2, new() { Compute = new() { MaxDegreeOfParallelism = threads } });
        var options = new ComputeOptions { MaxDegreeOfParallelism = threads };
        Assert.Equal(search.SearchSelf(3).Indices, search.SearchSelf(3, options).Indices);
        var expected = (Indices: new long[900], Squares: new double[900]);
        var actual = (Indices: new long[900], Squares: new double[900]);
        FarthestNeighbors.Search(samples, samples, 3, expected.Indices, expected.Squares, ComputeOptions.Default);
        FarthestNeighbors.Search(samples, samples, 3, actual.Indices, actual.Squares, options);
        Assert.Equal(expected.Indices, actual.Indices);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-2)]
    public void ComputeOptions_NoThread_Throws(int threads) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ComputeOptions { MaxDegreeOfParallelism = threads });

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void FailAt(long failing, long index)
    {
        if (index == failing)
            throw new InvalidDataException($"index {index}");
    }

    private static ParallelOptions Threads(int threads) => new() { MaxDegreeOfParallelism = threads };

    private static void Run(string shape, ParallelOptions options, Action<long> body)
    {
        const int Count = 40;
        switch (shape)
        {
            case "ints":
                ParallelLoop.For(0, Count, options, (int index) => body(index));
                break;
            case "longs":
                ParallelLoop.For(0L, Count, options, body);
                break;
            case "ints with own":
                ParallelLoop.For(0, Count, options, () => 0, (int index, ParallelLoopState _, int own) => Own(index, own), static _ => { });
                break;
            case "longs with own":
                ParallelLoop.For(0L, Count, options, () => 0, (long index, ParallelLoopState _, int own) => Own(index, own), static _ => { });
                break;
            default:
                ParallelLoop.Invoke(options, [.. Enumerable.Range(0, 4).Select(index => (Action)(() => body(index)))]);
                break;
        }

        int Own(long index, int own)
        {
            body(index);
            return own;
        }
    }

    private sealed class ThrowingProgress : IProgress<long>
    {
        public void Report(long value) => throw new InvalidDataException("no more");
    }
}
