using Engine.Compute;
using Engine.Data;
using Engine.Logistic;
using Engine.Numerics.Distances;
using Engine.Resampling;
using Engine.Tests.Support;

namespace Engine.Tests.Logistic;

public sealed class FitManyTests
{
    private const int LargeRowCount = 530_000;

    private static readonly Lazy<(SampleMatrix Samples, Labels Labels, RowMask Unit)> s_large = new(() => Problem(LargeRowCount, 4));

    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    public void FitMany_UnitsOfAGroup_EqualsFitsAlone(double ridge)
    {
        var (samples, labels, unit) = s_large.Value;
        var options = Units(unit, new() { RidgePenalty = ridge }, 1, 2, 5, 20, 0);
        var fits = LogisticRegression.FitMany(samples, labels, options);
        foreach (var (one, fit) in options.Zip(fits))
            AssertSame(LogisticRegression.Fit(samples, labels, one), fit);
    }

    [Fact]
    public void SharedPasses_UnitsOfAGroup_BringEveryModelToItsOptimum()
    {
        var (samples, labels, unit) = s_large.Value;
        var options = Units(unit, new(), 1, 2, 5, 20, 0);
        var rows = new Engine.Logistic.WeightedRows(samples, labels, options[0]);
        using var first = new NewtonSearch(rows, options[0]);
        first.Run();
        var fits = new LogisticFit?[5];
        fits[0] = first.ToFit();
        SharedPasses.Find(samples, labels, rows, options)!.Run(first.Place.Sums, fits);
        Assert.All(fits, fit => Assert.Equal(FitStatus.Converged, fit?.Status));
    }

    [Fact]
    public void FitMany_RowsFarFromAllOthers_EqualsFitsAlone()
    {
        Skip.WhereSumsAreSlow();
        // Their probabilities turn from 0 to 1 between two models, and with them the information of a whole direction: it has to be taken anew on the way.
        var (samples, labels, unit) = Problem(LargeRowCount, 24);
        for (var row = 0; row < LargeRowCount; row += 4999)
        {
            foreach (ref var value in samples.GetWritableRow(row))
                value *= 60;
        }

        var options = Units(unit, new() { RidgePenalty = 1 }, 1, 20, 30);
        foreach (var (one, fit) in options.Zip(LogisticRegression.FitMany(samples, labels, options)))
            AssertSame(LogisticRegression.Fit(samples, labels, one), fit);
    }

    [Fact]
    public void FitMany_FirstModelRepeatsRowsWithWeights_EqualsFitsAlone()
    {
        var (samples, labels, unit) = s_large.Value;
        var weights = Enumerable.Range(0, labels.Count).Select(row => row % 7 == 0 ? 0 : 0.5 + (row % 3)).ToArray();
        var options = Units(unit, new() { SampleWeights = weights }, 3, 1, 6);
        foreach (var (one, fit) in options.Zip(LogisticRegression.FitMany(samples, labels, options)))
            AssertSame(LogisticRegression.Fit(samples, labels, one), fit);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void FitMany_AnyThreadCount_SameBits(int threads)
    {
        var (samples, labels, unit) = s_large.Value;
        var expected = Fit(-1);
        foreach (var (one, other) in expected.Zip(Fit(threads)))
            Assert.Equal(one.Coefficients, other.Coefficients);

        IReadOnlyList<LogisticFit> Fit(int degree) =>
            LogisticRegression.FitMany(samples, labels, Units(unit, new() { Compute = new ComputeOptions { MaxDegreeOfParallelism = degree } }, 1, 4, 12));
    }

    [Fact]
    public void FitMany_Results_HaveTheCommittedDigest()
    {
        var (samples, labels, unit) = s_large.Value;
        using var digest = new Digest();
        foreach (var fit in LogisticRegression.FitMany(samples, labels, Units(unit, new(), 1, 2, 3, 10)))
            digest.Add(fit.Coefficients);
        Assert.Equal("B4C016D577AA993E", digest.ToString());
    }

    [Fact]
    public void FitMany_OnABackendThatHoldsRows_SharesPassesAndLetsGoOfThem()
    {
        var (samples, labels, unit) = s_large.Value;
        var backend = new HoldingBackend();
        var options = Units(unit, new() { Compute = new ComputeOptions { Backend = backend } }, 1, 2, 5);
        var fits = LogisticRegression.FitMany(samples, labels, options);
        Assert.Equal(0, backend.HeldCount);
        // Those of the fit, of its sample, of the passes, of their sample, and of what each other model weighs otherwise.
        Assert.InRange(backend.PreparedCount, 1, 8);
        foreach (var (one, fit) in options.Zip(fits))
            AssertSame(LogisticRegression.Fit(samples, labels, one), fit);
        Assert.Equal(0, backend.HeldCount);
    }

    [Fact]
    public void Fit_ColumnsHardToTellApartOnABackendThatHoldsRows_LetsGoOfThem()
    {
        var (samples, labels) = SmallFits.Problem(400, 2, 84);
        var (first, second) = (SmallFits.Column(samples, 0), SmallFits.Column(samples, 1));
        var table = SmallFits.Table(first, second, [.. second.Select(value => 2000 + value)], [.. first.Select((value, row) => value + (1e-6 * second[row]))]);
        var backend = new HoldingBackend();
        var options = new LogisticOptions { Compute = new ComputeOptions { Backend = backend } };
        LogisticRegression.Fit(table, labels, options);
        LogisticRegression.FitFirth(table, labels, options);
        Assert.InRange(backend.PreparedCount, 2, 20);
        Assert.Equal(0, backend.HeldCount);
    }

    [Fact]
    public void FitMany_ModelsThatCannotShare_EqualsFitsAlone()
    {
        var (samples, labels, unit) = Problem(3_000, 5);
        LogisticOptions[] options =
        [
            new(),
            new() { HasIntercept = false },
            new() { Offsets = Enumerable.Range(0, 3_000).Select(row => 0.01 * (row % 5)).ToArray() },
            new() { Plan = new Smote { Seed = 3 }.Plan(samples, labels) },
            new() { Plan = ResamplingPlan.Keep(3_000, [.. Enumerable.Range(0, 2_000).Select(row => (long)row)]) },
            new() { Plan = ResamplingPlan.Repeat(unit, 9), RidgePenalty = 2 },
        ];
        foreach (var (one, fit) in options.Zip(LogisticRegression.FitMany(samples, labels, options)))
            AssertSame(LogisticRegression.Fit(samples, labels, one), fit);
    }

    [Fact]
    public void FitMany_ModelsThatCannotShareBesideOnesThatCan_EqualsFitsAlone()
    {
        var (samples, labels, unit) = s_large.Value;
        LogisticOptions[] options =
        [
            new(),
            new() { Plan = ResamplingPlan.Repeat(unit, 3) },
            new() { SampleWeights = Enumerable.Range(0, LargeRowCount).Select(row => 1.0 + (row % 3)).ToArray() },
            new() { Plan = ResamplingPlan.Extend(LargeRowCount, [.. Enumerable.Range(0, 5_000).Select(row => new SyntheticRow(row, row + 1, 0.5f))], 1) },
        ];
        foreach (var (one, fit) in options.Zip(LogisticRegression.FitMany(samples, labels, options)))
            AssertSame(LogisticRegression.Fit(samples, labels, one), fit);
    }

    [Fact]
    public void FitMany_AfterAFitThatIsNoOptimum_StartsAsAlone()
    {
        var (samples, labels) = SmallFits.Problem(300, 2, 83);
        var fits = LogisticRegression.FitMany(samples, labels, [new() { MaxIterations = 1 }, new()]);
        Assert.Equal(FitStatus.IterationLimit, fits[0].Status);
        var alone = LogisticRegression.Fit(samples, labels);
        Assert.Equal((alone.Status, alone.Iterations), (fits[1].Status, fits[1].Iterations));
        Assert.Equal(alone.Coefficients, fits[1].Coefficients);
    }

    [Fact]
    public void FitMany_BadInput_SaysWhatIsWrong()
    {
        var (samples, labels, _) = Problem(60, 2);
        Assert.Contains("no model", Assert.Throws<ArgumentException>(() => LogisticRegression.FitMany(samples, labels, [])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => LogisticRegression.FitMany(samples, labels, [new(), new() { RidgePenalty = -1 }]));
        var oneClass = new LogisticOptions { Plan = ResamplingPlan.Repeat(labels.ToMask(1), 0) };
        Assert.Contains("class 1", Assert.Throws<ArgumentException>(() => LogisticRegression.FitMany(samples, labels, [new(), oneClass])).Message, StringComparison.Ordinal);
    }

    private static (SampleMatrix Samples, Labels Labels, RowMask Unit) Problem(int rowCount, int featureCount)
    {
        var samples = Tables.Normal(rowCount, featureCount, 41);
        var noise = Tables.Normal(rowCount, 1, 42);
        var labels = Labels.From([.. Enumerable.Range(0, rowCount).Select(row => samples.Row(row)[0] + (2 * noise.Row(row)[0]) > 4)]);
        return (samples, labels, labels.ToMask(1).And(RowMask.From(rowCount, row => samples.Row(row)[1] > 1)));
    }

    private static LogisticOptions[] Units(RowMask unit, LogisticOptions options, params int[] units) =>
        [.. units.Select(count => options with { Plan = ResamplingPlan.Repeat(unit, count) })];

    // Two fits end within 1e-8 standard errors of the same optimum; the rest is room for rounding.
    private static void AssertSame(LogisticFit expected, LogisticFit actual)
    {
        Assert.Equal(expected.Status, actual.Status);
        for (var i = 0; i < expected.Coefficients.Length; i++)
        {
            Assert.Equal(expected.Coefficients[i], actual.Coefficients[i], 3e-8 * expected.StandardErrorOf(i));
            Assert.Equal(expected.StandardErrorOf(i), actual.StandardErrorOf(i), 1e-7 * expected.StandardErrorOf(i));
        }

        Assert.Equal(expected.LogLikelihood, actual.LogLikelihood, 1e-11 * Math.Abs(expected.LogLikelihood));
        Assert.Equal(expected.NullDeviance, actual.NullDeviance, 1e-11 * expected.NullDeviance);
    }

    /// <summary>The processor, seen as a device that holds rows and has no passes of many models.</summary>
    private sealed class HoldingBackend : IComputeBackend
    {
        public int PreparedCount { get; private set; }

        public int HeldCount { get; private set; }

        public string Name => "holding";

        public INeighborIndex IndexNeighbors(SampleMatrix reference, Metric metric, RowMask? rows, ComputeOptions options) => throw new NotSupportedException();

        public void Interpolate(ReadOnlySpan<float> rows, ReadOnlySpan<float> neighbors, ReadOnlySpan<float> factors, int stride, Span<float> destination) =>
            throw new NotSupportedException();

        public IFitRows PrepareFit(FitRequest request, ComputeOptions options)
        {
            PreparedCount++;
            HeldCount++;
            return new HeldRows(this, SimdBackend.Instance.PrepareFit(request, options));
        }

        private sealed class HeldRows(HoldingBackend backend, IFitRows rows) : IFitRows
        {
            private bool _isDisposed;

            public void Accumulate(ReadOnlySpan<double> coefficients, NormalEquations sums) => rows.Accumulate(coefficients, sums);

            public void Dispose()
            {
                if (!_isDisposed)
                    backend.HeldCount--;
                _isDisposed = true;
                rows.Dispose();
            }
        }
    }
}
