using Engine.Compute;
using Engine.Data;
using Engine.Gpu;
using Engine.Gpu.Ilgpu;
using Engine.Logistic;
using Engine.Numerics.Distances;
using Engine.Tests.Compute;
using Engine.Tests.Support;

namespace Engine.Tests.Gpu;

/// <summary>The contract on ILGPU's CPU accelerator, or on the device that ENGINE_TEST_DEVICE names, with limits so small that slabs, batches, steps and overflows all occur.</summary>
public sealed class IlgpuBackendTests : ComputeBackendContract, IClassFixture<IlgpuBackendTests.TestDevice>
{
    private readonly TestDevice _device;

    public IlgpuBackendTests(TestDevice device) => _device = device;

    protected override IComputeBackend Backend => _device.Backend;

    // ILGPU's CPU accelerator and OpenCL on the processor take a minute for what the processor's own code takes a second.
    protected override IEnumerable<int> Lengths => [1, 2, 3, 7, 8, 15, 16, 17, 31, 32, 33, 40, 64, 76, 127, 128, 129, 255, 256, 257];

    protected override int HardRowCount => 800;

    protected override int ManyColumnsRowCount => 400;

    protected override int[] WideFeatureCounts => [3];

    protected override int[] WideNeighborCounts => [4];

    [Fact]
    public void Accumulate_RowsThatDoNotStayOnTheDevice_HasTheBitsOfThoseThatDo()
    {
        // Five slabs of 1,024 rows, of which two have room.
        var block = IrlsBlock.Create(5000, 5, hasIntercept: true, hasOffsets: true);
        var (stay, move) = (new NormalEquations(6), new NormalEquations(6));
        block.Accumulate(Backend, stay);
        using var small = TestDevice.Open(TestDevice.Small with { SlabElements = 1 << 14, DeviceBytes = 400_000 });
        block.Accumulate(small, move);
        AssertSameBits(stay, move);
    }

    [Fact]
    public void Fit_OnTheDevice_FindsTheOptimumOfTheProcessor()
    {
        var block = IrlsBlock.Create(1500, 5, hasIntercept: true, hasOffsets: true);
        var options = new LogisticOptions { SampleWeights = block.Weights, Offsets = block.Offsets };
        var expected = LogisticRegression.Fit(block.Samples, Labels.From(block.Labels), options);
        var actual = LogisticRegression.Fit(block.Samples, Labels.From(block.Labels), options with { Compute = new() { Backend = Backend } });
        Assert.Equal(FitStatus.Converged, actual.Status);
        for (var i = 0; i < 6; i++)
        {
            Assert.Equal(expected.Coefficients[i], actual.Coefficients[i], 1e-10);
            Assert.Equal(expected.StandardErrorOf(i), actual.StandardErrorOf(i), 1e-10);
        }

        Assert.Equal(1, actual.Deviance / expected.Deviance, 1e-12);
    }

    [Fact]
    public void PrepareFit_DeviceTooSmall_SaysWhatWouldFit()
    {
        var block = IrlsBlock.Create(5000, 5, hasIntercept: true, hasOffsets: true);
        using var small = TestDevice.Open(TestDevice.Small with { SlabElements = 1 << 14, DeviceBytes = 100_000 });
        var error = Assert.Throws<DeviceMemoryException>(() => block.Accumulate(small, new NormalEquations(6)));
        Assert.Contains("2 slabs of 1,024 rows needs", error.Message, StringComparison.Ordinal);
        Assert.Contains("rows of 5 features would fit", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void IndexNeighbors_DeviceTooSmall_SaysWhatWouldFit()
    {
        using var small = TestDevice.Open(TestDevice.Small with { DeviceBytes = 10_000 });
        var error = Assert.Throws<DeviceMemoryException>(() => small.IndexNeighbors(Tables.Normal(5000, 5, 1), Metric.L2, null, ComputeOptions.Default));
        Assert.Contains("rows of 5 features would fit", error.Message, StringComparison.Ordinal);
    }

    public sealed class TestDevice : IDisposable
    {
        private static readonly string? s_wanted = Environment.GetEnvironmentVariable("ENGINE_TEST_DEVICE");

        internal static IlgpuLimits Small { get; } = new() { QueriesPerBatch = 300, SlabElements = 1 << 15, PairCount = 30_000, FirstStep = 30, DeviceBytes = 1 << 30 };

        /// <summary>Gets the limits of the contract: on a device named for it another compiler is checked, and small steps would only be many launches.</summary>
        private static IlgpuLimits Limits => string.IsNullOrEmpty(s_wanted) ? Small : Small with { SlabElements = 1 << 17, PairCount = 1 << 20, FirstStep = 256 };

        public IGpuBackend Backend { get; } = Open(Limits);

        internal static IGpuBackend Open(IlgpuLimits limits) => DeviceList.Open(Chosen(), limits);

        private static GpuDevice Chosen() => s_wanted is { Length: > 0 } wanted
            ? GpuDevice.Choose(Accelerators.Devices(), wanted, "ENGINE_TEST_DEVICE asks for one.")
            : Accelerators.Devices().Single(device => device.Kind == GpuDeviceKind.CpuCheck);

        public void Dispose() => Backend.Dispose();
    }
}
