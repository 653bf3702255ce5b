using Engine.Collectives;
using Engine.Compute;
using Engine.Compute.Irls;
using Engine.Compute.Search;
using Engine.Data;
using Engine.Logistic;
using Engine.Metrics;
using Engine.Neighbors;
using Engine.Numerics.Distances;
using Engine.Resampling;
using Engine.Tests.Support;

namespace Engine.Tests.Lifetimes;

public sealed class DisposalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void EveryDisposable_EveryMember_ThrowsAfterDispose()
    {
        var seen = Cases().Select(one => one.AssertUsesEndWithDispose()).ToHashSet();
        // A new disposable type needs a case here.
        Assert.Empty(DisposableCase.TypesIn(typeof(SampleMatrix).Assembly).Except(seen));
    }

    [Theory]
    [InlineData(Metric.L1)]
    [InlineData(Metric.L2)]
    public void Search_DisposedOnTheWay_EndsWithTheRightAnswer(Metric metric)
    {
        var samples = Tables.Of(DataKind.LowRank, 3_000, 20, seed: 3);
        using var other = NearestNeighbors.Build(samples, metric);
        var expected = other.SearchSelf(4);
        for (var repeat = 0; repeat < 5; repeat++)
        {
            var search = NearestNeighbors.Build(samples, metric);
            // Memory that is given back too early is soon somebody else's.
            var disposing = new Once(() =>
            {
                search.Dispose();
                for (var i = 0; i < 3; i++)
                    NearestNeighbors.Build(Tables.Integers(3_000, 20, 5, seed: (ulong)i), metric).Dispose();
            });
            var found = search.SearchSelf(4, new() { Progress = disposing });
            Assert.Equal(expected.Indices, found.Indices);
            Assert.Equal(expected.Distances, found.Distances);
            Assert.Throws<ObjectDisposedException>(() => search.SearchSelf(4));
        }
    }

    [Theory]
    [InlineData(16)]
    [InlineData(20)]
    public void Search_MapDisposedOnTheWay_EndsWithTheRightAnswerOrSaysSo(int featureCount)
    {
        var path = _folder.File("rows.npy");
        var samples = Tables.Of(DataKind.LowRank, 2_000, featureCount, seed: 4);
        NpyFile.Write(path, samples);
        using var other = NearestNeighbors.Build(samples, Metric.L2);
        var expected = other.SearchSelf(3);
        for (var repeat = 0; repeat < 5; repeat++)
        {
            var mapped = SampleMatrix.Map(path);
            using var search = NearestNeighbors.Build(mapped, Metric.L2);
            NeighborTable? found = null;
            var error = Record.Exception(() => found = search.SearchSelf(3, new() { Progress = new Once(mapped.Dispose) }));
            Assert.True(error is null or ObjectDisposedException, $"{error}");
            Assert.True(found is null || found.Indices.Span.SequenceEqual(expected.Indices.Span));
            Assert.Throws<ObjectDisposedException>(() => search.SearchSelf(3));
        }
    }

    [Fact]
    public void View_DisposedItself_LeavesWhatItReads()
    {
        var samples = Tables.Normal(10, 3, seed: 1);
        var view = samples.SelectRows(new long[] { 4, 2 });
        var other = samples.SelectColumns([1]);
        view.Dispose();
        Assert.Throws<ObjectDisposedException>(() => view.Row(0));
        Assert.Equal(samples.Row(4)[1], other.Row(4)[0]);
        samples.Dispose();
        Assert.Throws<ObjectDisposedException>(() => other.Row(4));
    }

    [Fact]
    public void AnyOperation_MatrixDisposed_Throws()
    {
        var samples = Tables.Normal(40, 3, seed: 1);
        var labels = Labels.From(Enumerable.Range(0, 40).Select(i => i % 3 == 0 ? 1 : 0).ToArray());
        var fit = LogisticRegression.Fit(samples, labels);
        var scaler = FeatureScaler.Fit(samples, Imputation.Mean, TestContext.Current.CancellationToken);
        samples.Dispose();
        Assert.Throws<ObjectDisposedException>(() => LogisticRegression.Fit(samples, labels));
        Assert.Throws<ObjectDisposedException>(() => fit.PredictProbability(samples, new float[40]));
        Assert.Throws<ObjectDisposedException>(() => FeatureScaler.Fit(samples, Imputation.Mean, TestContext.Current.CancellationToken));
        Assert.Throws<ObjectDisposedException>(() => scaler.Transform(samples).Copy());
        Assert.Throws<ObjectDisposedException>(() => NearestNeighbors.Build(samples, Metric.L1));
        Assert.Throws<ObjectDisposedException>(() => NpyFile.Write(_folder.File("gone.npy"), samples));
        Assert.Throws<ObjectDisposedException>(() => new Smote { Seed = 1, NeighborCount = 2 }.Plan(samples, labels));
    }

    private static FitRequest Request()
    {
        var samples = Tables.Normal(300, 3, seed: 1);
        return new FitRequest(samples, Enumerable.Range(0, 300).Select(i => (byte)(i % 2)).ToArray());
    }

    private List<DisposableCase> Cases()
    {
        var path = _folder.File("mapped.npy");
        NpyFile.Write(path, Tables.Normal(300, 16, seed: 1));
        return
        [
            OfMatrix("owned", () => SampleMatrix.Create(20, 3)),
            OfMatrix("wrapped", () => SampleMatrix.Wrap(new float[20 * 16], 20, 16)),
            OfMatrix("mapped", () => SampleMatrix.Map(path)),
            OfMatrix("rows of another", () => SampleMatrix.Create(20, 3).SelectRows(new long[] { 3, 4 })),
            OfMatrix("of ranks", () => SampleMatrix.Create(20, 3).DivideAmongRanks(OneProcess.Instance)),
            OfMatrix("at places of a larger one", () => SampleMatrix.OfHeldRows(SampleMatrix.Create(20, 3), Enumerable.Range(0, 20).Select(static row => (long)row).ToArray(), 20)),
            OfMatrix("columns of another", () => SampleMatrix.Create(20, 3).SelectColumns([1])),
            .. new[] { Metric.L1, Metric.L2 }.Select(OfNeighbors),
            .. new[] { Metric.L1, Metric.L2 }.Select(OfIndex),
            DisposableCase.Of<SpreadIndex>(
                "index of ranks",
                () => new SpreadIndex(Tables.Normal(80, 5, seed: 1).DivideAmongRanks(OneProcess.Instance), Metric.L2, new()),
                ("FindNearest", index => index.FindNearest(new NeighborRequest(index.Reference, 1), new long[80], new float[80], ComputeOptions.Default)),
                ("CountNearer", index => index.CountNearer(new NearerRequest(index.Reference, new long[80], new float[80], new long[80]), new int[80], ComputeOptions.Default)),
                ("FindWithin", index => index.FindWithin(new RadiusRequest(index.Reference, 1), (_, _, _) => { }, ComputeOptions.Default))),
            DisposableCase.Of(
                "writer of rows",
                () => new NpyWriter(_folder.File("written.npy"), 1, 2),
                ("Write", writer => writer.Write([1, 2])),
                ("Complete", writer => writer.Complete())),
            DisposableCase.Of<SlabIndex>(
                "index of slabs",
                () => (SlabIndex)SlabIndex.Build(SimdBackend.Instance, Tables.Normal(3_000, 5, seed: 1), Metric.L2, null, new() { MemoryLimit = 400_000 }),
                ("FindNearest", index => index.FindNearest(new NeighborRequest(index.Reference, 1), new long[3_000], new float[3_000], ComputeOptions.Default)),
                ("CountNearer", index => index.CountNearer(new NearerRequest(index.Reference, new long[3_000], new float[3_000], new long[3_000]), new int[3_000], ComputeOptions.Default)),
                ("FindWithin", FindWithinIfMemoryAllows)),
            DisposableCase.Of<SimdFitRows>(
                "rows of a fit",
                () => (SimdFitRows)SimdBackend.Instance.PrepareFit(Request(), ComputeOptions.Default),
                ("Accumulate", rows => rows.Accumulate(new double[4], new NormalEquations(4))),
                ("Predict", rows => rows.Predict([new double[4]], static (_, _, _, _) => { })),
                ("AccumulateGradients", rows => rows.AccumulateGradients([new double[4]], [new NormalEquations(4, hasHessian: false)]))),
            DisposableCase.Of<RankingCurve>(
                "curve",
                () => RankingCurve.From([.1f, .2f, .7f], [0, 1, 1]),
                ("Scores", curve => _ = curve.Scores.Length),
                ("Positives", curve => _ = curve.Positives.Length),
                ("Negatives", curve => _ = curve.Negatives.Length),
                ("TryComputeAuroc", curve => curve.TryComputeAuroc(out _)),
                ("TryComputeAveragePrecision", curve => curve.TryComputeAveragePrecision(1, out _)),
                ("TryComputeTrapezoidPr", curve => curve.TryComputeTrapezoidPr(0, out _)),
                ("TryComputeBrier", curve => curve.TryComputeBrier(out _)),
                ("TryComputeLogLoss", curve => curve.TryComputeLogLoss(out _)),
                ("TryComputeLogLossFromLogOdds", curve => curve.TryComputeLogLossFromLogOdds(out _))),
            DisposableCase.Of<SubgroupCurves>(
                "curves of groups",
                () => SubgroupCurves.Sort([.1f, .2f, .7f], Labels.From([0, 1, 1]), Subgroups.From(["a", "b", "a"])),
                ("Read", curves => curves.Read("a").Dispose()),
                ("ReadAll", curves => curves.ReadAll().Dispose())),
        ];
    }

    private static DisposableCase OfMatrix(string name, Func<SampleMatrix> create) => DisposableCase.Of(
        $"{name} matrix",
        create,
        ("SelectRows", matrix => matrix.SelectRows(new long[] { 0 })),
        ("SelectColumns", matrix => matrix.SelectColumns([0])),
        ("DivideAmongRanks", matrix => matrix.DivideAmongRanks(OneProcess.Instance)),
        ("Copy", matrix => matrix.Copy()),
        ("GetWritableRow", matrix => WriteIfOwned(matrix)),
        ("CopyRow", matrix => matrix.Row(1)),
        ("CopyRows", matrix => matrix.CopyRows(0, 0, [])),
        ("ReadBlock", matrix => _ = matrix.ReadBlock(0, new float[matrix.BlockScratchLength]).RowCount),
        ("Digest", static matrix => matrix.Digest()),
        ("EnsureFinite", matrix => matrix.EnsureFinite("rows")));

    private static void WriteIfOwned(SampleMatrix matrix)
    {
        try
        {
            _ = matrix.GetWritableRow(0).Length;
        }
        catch (InvalidOperationException error) when (error is not ObjectDisposedException)
        {
            // A view, a map or the caller's memory: never written to.
        }
    }

    private static void FindWithinIfMemoryAllows(SlabIndex index)
    {
        try
        {
            index.FindWithin(new RadiusRequest(index.Reference, 1), (_, _, _) => { }, ComputeOptions.Default);
        }
        catch (InsufficientMemoryException)
        {
            // Never in slabs.
        }
    }

    private static DisposableCase OfNeighbors(Metric metric) => DisposableCase.Of(
        $"neighbors in {metric}",
        () => NearestNeighbors.Build(Tables.Normal(80, 5, seed: 1), metric),
        ("Search", search => search.Search(Tables.Normal(4, 5, seed: 2), 2)),
        ("SearchSelf", search => search.SearchSelf(2)),
        ("SearchWithin", search => search.SearchWithin(Tables.Normal(4, 5, seed: 2), 1)),
        ("CountWithin", search => search.CountWithin(Tables.Normal(4, 5, seed: 2), 1, new long[4])));

    private static DisposableCase OfIndex(Metric metric) => DisposableCase.Of<SimdNeighborIndex>(
        $"index in {metric}",
        () => (SimdNeighborIndex)SimdBackend.Instance.IndexNeighbors(Tables.Normal(80, 5, seed: 1), metric, null, ComputeOptions.Default),
        ("FindNearest", index => index.FindNearest(new NeighborRequest(index.Reference, 1), new long[80], new float[80], ComputeOptions.Default)),
        ("CountNearer", index => index.CountNearer(new NearerRequest(index.Reference, new long[80], new float[80], new long[80]), new int[80], ComputeOptions.Default)),
        ("FindWithin", index => index.FindWithin(new RadiusRequest(index.Reference, 1), (_, _, _) => { }, ComputeOptions.Default)));

    /// <summary>Does something at the first report.</summary>
    private sealed class Once(Action action) : IProgress<long>
    {
        private int _done;

        public void Report(long value)
        {
            if (Interlocked.Exchange(ref _done, 1) == 0)
                action();
        }
    }
}
