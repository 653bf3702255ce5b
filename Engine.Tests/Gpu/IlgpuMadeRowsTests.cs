using Engine.Compute;
using Engine.Data;
using Engine.Numerics;
using Engine.Numerics.Distances;
using Engine.Resampling;
using Engine.Tests.Support;

namespace Engine.Tests.Gpu;

/// <summary>Rows that a plan makes between rows of a fit: made where these lie on the device, with the bits of the processor.</summary>
public sealed class IlgpuMadeRowsTests(IlgpuBackendTests.TestDevice device) : IClassFixture<IlgpuBackendTests.TestDevice>
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(300, 40, 5)]
    // Slabs of 2,048 rows: parents in three of them, made rows behind parents in one and alone in others.
    [InlineData(5000, 7001, 5)]
    [InlineData(2048, 2048, 16)]
    [InlineData(700, 3000, 33)]
    public void Fit_RowsMadeBetweenItsOwn_HasTheBitsOfRowsMadeByTheProcessor(int rowCount, int madeCount, int featureCount)
    {
        var samples = Tables.Normal(rowCount, featureCount, 5);
        AssertSameBits(device.Backend, samples, ResamplingPlan.Extend(rowCount, Draws(rowCount, madeCount), 1));
    }

    [Fact]
    public void Fit_NominalColumnsAndValuesThatOverflow_HasTheBitsOfRowsMadeByTheProcessor()
    {
        float[] values = [float.MaxValue, float.MinValue, 3e38f, -0f, 1, 0];
        var samples = SampleMatrix.Create(36, 9);
        for (var row = 0; row < 36; row++)
        {
            for (var column = 0; column < 9; column++)
                samples.GetWritableRow(row)[column] = column is 2 or 3 or 8 ? (row + column) % 2 : values[(row + (row / 6 * column)) % 6];
        }

        var schema = ColumnSchema.Continuous(9).WithMasks(2..4).WithMasks(8..9);
        var plan = ResamplingPlan.Extend(36, Draws(36, 500), 1, schema);
        // Coefficients of 0: what is compared are sums of the values themselves.
        AssertSameBits(device.Backend, samples, plan, coefficient: 0);
    }

    [Fact]
    public void Fit_RowsThatDoNotStay_AreMadeByTheProcessor()
    {
        var (samples, plan) = (Tables.Normal(3000, 5, 5), ResamplingPlan.Extend(3000, Draws(3000, 3000), 1));
        using var small = IlgpuBackendTests.TestDevice.Open(IlgpuBackendTests.TestDevice.Small with { SlabElements = 1 << 14, DeviceBytes = 400_000 });
        AssertSameBits(small, samples, plan, madeOn: SimdBackend.Instance);
    }

    [Fact]
    public void AtEndOf_RowsMadeBetweenOthers_AreNone()
    {
        var (samples, plan) = (Tables.Normal(50, 5, 5), ResamplingPlan.Extend(50, Draws(50, 9), 1));
        Assert.NotNull(InterpolatedRows.AtEndOf(JoinedRows.Join(samples, plan.SyntheticRows(samples))));
        Assert.Null(InterpolatedRows.AtEndOf(JoinedRows.Join(samples.SelectRows(new long[50]), plan.SyntheticRows(samples))));
        Assert.Null(InterpolatedRows.AtEndOf(JoinedRows.Join(samples, samples)));
        Assert.Null(InterpolatedRows.AtEndOf(plan.SyntheticRows(samples)));
        Assert.Null(InterpolatedRows.AtEndOf(samples));
    }

    private static SyntheticRow[] Draws(int rowCount, int count)
    {
        var draws = new RandomStream(83, 1);
        // Factors below 0 and above 1 as well, as gamma sampling has them.
        return [.. Enumerable.Range(0, count).Select(i => new SyntheticRow(
            (long)draws.Below((ulong)i, (ulong)rowCount), (long)draws.Below((ulong)i + 10_000, (ulong)rowCount), (float)draws.Normal((ulong)i + 20_000)))];
    }

    /// <summary>Compares gradients over rows made on a device with those of the processor; where no other is named, nothing but the device may make them.</summary>
    private static void AssertSameBits(IComputeBackend backend, SampleMatrix samples, ResamplingPlan plan, double coefficient = .5, IComputeBackend? madeOn = null)
    {
        var made = JoinedRows.Join(samples, plan.SyntheticRows(samples, new() { Backend = madeOn ?? new NoInterpolation() }));
        Assert.Equal(Bits(SimdBackend.Instance, JoinedRows.Join(samples, plan.SyntheticRows(samples)).Copy()), Bits(backend, made));

        string[] Bits(IComputeBackend summing, SampleMatrix rows)
        {
            using var fit = summing.PrepareFit(new FitRequest(rows, Enumerable.Range(0, (int)rows.RowCount).Select(row => (byte)(row % 3 == 0 ? 1 : 0)).ToArray()), ComputeOptions.Default);
            double[][] models = [.. Enumerable.Range(1, 2).Select(model => Enumerable.Range(0, rows.FeatureCount + 1).Select(column => coefficient * model / (column + 1)).ToArray())];
            var sums = models.Select(model => new NormalEquations(model.Length, hasHessian: false)).ToArray();
            fit.AccumulateGradients(models, sums);
            return [.. sums.Select(sum => string.Join(' ', sum.Gradient.Append(sum.LogLikelihood).Select(BitConverter.DoubleToInt64Bits)))];
        }
    }

    private sealed class NoInterpolation : IComputeBackend
    {
        public string Name => "none";

        public INeighborIndex IndexNeighbors(SampleMatrix reference, Metric metric, RowMask? rows, ComputeOptions options) => throw new NotSupportedException();

        public void Interpolate(ReadOnlySpan<float> rows, ReadOnlySpan<float> neighbors, ReadOnlySpan<float> factors, int stride, Span<float> destination) =>
            throw new NotSupportedException("rows are to be made on the device.");

        public IFitRows PrepareFit(FitRequest request, ComputeOptions options) => throw new NotSupportedException();
    }
}
