using Engine.Compute;
using Engine.Gpu;
using Engine.Numerics.Distances;
using Engine.Tests.Compute;
using Engine.Tests.Support;

namespace Engine.Tests.Gpu;

/// <summary>What only a device with a driver of its own can show, CUDA or OpenCL; skipped, with the reason, where there is none.</summary>
public sealed class IlgpuDeviceTests
{
    [Theory]
    [InlineData(65534)]
    [InlineData(65535)]
    [InlineData(65536)]
    [InlineData(65537)]
    public void FindNearest_OnTheDevice_HasTheBitsOfTheProcessor(int rowCount)
    {
        using var gpu = Open();
        // OpenCL on a processor walks through a group thread by thread.
        var (queryCount, featureCount) = gpu.Device.Kind == GpuDeviceKind.OpenCL ? (100, 20) : (500, 76);
        var (reference, request) = (Tables.Normal(rowCount, featureCount, 1), new NeighborRequest(Tables.Normal(queryCount, featureCount, 2), 5));
        foreach (var metric in (Metric[])[Metric.L1, Metric.L2])
            Assert.Equal(Find(SimdBackend.Instance, metric), Find(gpu, metric));

        (string Indices, string Distances) Find(IComputeBackend backend, Metric metric)
        {
            using var index = backend.IndexNeighbors(reference, metric, null, ComputeOptions.Default);
            var (indices, distances) = (new long[queryCount * 5], new float[queryCount * 5]);
            index.FindNearest(request, indices, distances, ComputeOptions.Default);
            return (string.Join(' ', indices), string.Join(' ', distances.Select(BitConverter.SingleToInt32Bits)));
        }
    }

    [Fact]
    public void Interpolate_OnTheDevice_HasTheBitsOfTheProcessor()
    {
        using var gpu = Open();
        var (rows, neighbors) = (Values(3), Values(4));
        var factors = Values(5)[..1000].Select(Math.Abs).ToArray();
        var (expected, actual) = (new float[rows.Length], new float[rows.Length]);
        SimdBackend.Instance.Interpolate(rows, neighbors, factors, 80, expected);
        gpu.Interpolate(rows, neighbors, factors, 80, actual);
        Assert.Equal(expected.Select(BitConverter.SingleToInt32Bits), actual.Select(BitConverter.SingleToInt32Bits));

        static float[] Values(ulong seed) => Tables.Normal(1, 80_000, seed).Row(0);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(90)]
    public void Accumulate_OnTheDevice_IsWithinABoundOfTheProcessor(int featureCount)
    {
        using var gpu = Open();
        var block = IrlsBlock.Create(70_000, featureCount, hasIntercept: true, hasOffsets: true);
        var (expected, actual) = (new NormalEquations(block.CoefficientCount), new NormalEquations(block.CoefficientCount));
        block.Accumulate(SimdBackend.Instance, expected);
        block.Accumulate(gpu, actual);
        for (var i = 0; i < block.CoefficientCount; i++)
        {
            Assert.Equal(expected.Gradient[i], actual.Gradient[i], 1e-6);
            for (var j = 0; j <= i; j++)
                Assert.Equal(expected.Hessian[(i * expected.Stride) + j], actual.Hessian[(i * actual.Stride) + j], 1e-6);
        }
    }

    [Fact]
    public void AccumulateGradients_OnTheDevice_HasTheBitsOfTheProcessor()
    {
        using var gpu = Open();
        var block = IrlsBlock.Create(70_000, 20, hasIntercept: true, hasOffsets: false);
        double[][] models = [.. Enumerable.Range(1, 15).Select(model => block.Coefficients.Select(value => value * model / 8).ToArray())];
        Assert.Equal(Bits(SimdBackend.Instance), Bits(gpu));

        string[] Bits(IComputeBackend backend)
        {
            using var rows = backend.PrepareFit(new FitRequest(block.Samples, block.Labels) { Weights = block.Weights }, ComputeOptions.Default);
            var sums = models.Select(model => new NormalEquations(model.Length, hasHessian: false)).ToArray();
            rows.AccumulateGradients(models, sums);
            return [.. sums.Select(sum => string.Join(' ', sum.Gradient.Append(sum.LogLikelihood).Select(BitConverter.DoubleToInt64Bits)))];
        }
    }

    private static IGpuBackend Open()
    {
        var gpu = Accelerators.Devices().FirstOrDefault(device => device.Kind != GpuDeviceKind.CpuCheck);
        Skip.When(gpu is null, "no CUDA and no OpenCL device: `Bench devices` says why.");
        return Accelerators.OpenGpu($"{gpu.Index}");
    }
}
