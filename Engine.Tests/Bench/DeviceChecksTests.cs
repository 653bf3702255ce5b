using Bench.Devices;
using Engine.Compute;
using Engine.Data;
using Engine.Numerics.Distances;
using Engine.Prognosis;

namespace Engine.Tests.Bench;

/// <summary>What <c>check-device</c> checks, with the processor in the place of a device.</summary>
public sealed class DeviceChecksTests
{
    [Fact]
    public void Checks_DeviceThatIsRight_AreKept() => Assert.All(All(SimdBackend.Instance), check =>
    {
        Assert.True(check.IsKept);
        Assert.DoesNotContain("NOT", check.Describe(), StringComparison.Ordinal);
        Assert.True(check.DeviceSeconds > 0 && check.ProcessorSeconds > 0 && check.TimesAsLong > 0);
        Assert.False(check.GigabytesPerSecond <= 0 || check.GigaoperationsPerSecond <= 0);
    });

    [Fact]
    public void Checks_DeviceThatIsWrongInTheLastDigits_AreNotKept() => Assert.All(All(new WrongBackend()), check =>
    {
        Assert.False(check.IsKept);
        Assert.Contains("NOT", check.Describe(), StringComparison.Ordinal);
    });

    [Fact]
    public void NetworkChecks_TheManagedNetworks_AreKept()
    {
        var checks = new NetworkChecks(static managed => managed);
        Assert.All([checks.Perceptron(64, batchSize: 32), checks.Lstm(24, batchSize: 8)], static check => Assert.True(check.IsKept));
    }

    [Fact]
    public void NetworkChecks_NetworksOfOtherSteps_AreNotKept()
    {
        var checks = new NetworkChecks(static managed => managed switch
        {
            Mlp mlp => mlp with { Training = mlp.Training with { LearningRate = 0.05 } },
            Lstm lstm => lstm with { Training = lstm.Training with { LearningRate = 0.05 } },
            _ => managed,
        });
        Assert.All([checks.Perceptron(64, batchSize: 32), checks.Lstm(24, batchSize: 8)], static check => Assert.False(check.IsKept));
    }

    private static IEnumerable<DeviceCheck> All(IComputeBackend device)
    {
        var checks = new DeviceChecks(device, ComputeOptions.Default);
        return [checks.Neighbors(600, 40, Metric.L2), checks.Neighbors(600, 40, Metric.L1), checks.Interpolation(600), .. checks.FitPasses(600), checks.SharedPasses(600), checks.FitOfMadeRows(600), checks.ManyFits(600)];
    }

    /// <summary>The processor with small errors.</summary>
    private sealed class WrongBackend : IComputeBackend
    {
        public string Name => "wrong";

        public INeighborIndex IndexNeighbors(SampleMatrix reference, Metric metric, RowMask? rows, ComputeOptions options)
        {
            var moved = reference.Copy();
            for (var row = 0L; row < moved.RowCount; row++)
                moved.GetWritableRow(row)[0] += 1e-4f;
            return SimdBackend.Instance.IndexNeighbors(moved, metric, rows, options);
        }

        public void Interpolate(ReadOnlySpan<float> rows, ReadOnlySpan<float> neighbors, ReadOnlySpan<float> factors, int stride, Span<float> destination)
        {
            SimdBackend.Instance.Interpolate(rows, neighbors, factors, stride, destination);
            destination[^20] = MathF.BitIncrement(destination[^20]);
        }

        public IFitRows PrepareFit(FitRequest request, ComputeOptions options) => new WrongRows(SimdBackend.Instance.PrepareFit(request, options));

        private sealed class WrongRows(IFitRows rows) : IFitRows
        {
            public void Accumulate(ReadOnlySpan<double> coefficients, NormalEquations sums)
            {
                rows.Accumulate(coefficients, sums);
                sums.Gradient[3] += 1e-5;
            }

            public void Dispose() => rows.Dispose();
        }
    }
}
