using Engine.Compute;
using Engine.Gpu;
using Engine.Tests.Compute;

namespace Engine.Tests.Gpu;

/// <summary>Passes that many models share: the bits of the processor, whatever lies where.</summary>
public sealed class IlgpuGradientTests(IlgpuBackendTests.TestDevice device) : IClassFixture<IlgpuBackendTests.TestDevice>
{
    [Theory]
    [InlineData(1, 3, 1)]
    [InlineData(63, 16, 2)]
    [InlineData(257, 17, 9)]
    [InlineData(5000, 5, 3)]
    // Three runs of 16,384 rows, which begin and end within slabs.
    [InlineData(40_001, 4, 15)]
    public void AccumulateGradients_AnySize_HasTheBitsOfTheProcessor(int rowCount, int featureCount, int modelCount)
    {
        var block = IrlsBlock.Create(rowCount, featureCount, hasIntercept: true, hasOffsets: false);
        foreach (var weights in Weights(block))
            AssertBitsOfTheProcessor(device.Backend, new FitRequest(block.Samples, block.Labels) { Weights = weights }, Models(block, modelCount));
    }

    [Fact]
    public void AccumulateGradients_SeveralSpans_HasTheBitsOfTheProcessor()
    {
        // A span is 64 runs of 16,384 rows.
        var block = IrlsBlock.Create(1_100_000, 1, hasIntercept: true, hasOffsets: false);
        AssertBitsOfTheProcessor(device.Backend, new FitRequest(block.Samples, block.Labels), Models(block, 2));
    }

    [Fact]
    public void AccumulateGradients_WithoutIntercept_HasTheBitsOfTheProcessor()
    {
        var block = IrlsBlock.Create(700, 31, hasIntercept: false, hasOffsets: false);
        AssertBitsOfTheProcessor(device.Backend, new FitRequest(block.Samples, block.Labels) { Weights = block.Weights }, Models(block, 4));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void AccumulateGradients_RowsOfWeightZero_AddNothingWhateverTheyHold(float content)
    {
        var block = IrlsBlock.Create(600, 7, hasIntercept: true, hasOffsets: true);
        block.FillRowsOfWeightZero(content);
        AssertBitsOfTheProcessor(device.Backend, new FitRequest(block.Samples, block.Labels) { Weights = block.Weights }, Models(block, 3));
    }

    [Fact]
    public void AccumulateGradients_RowsThatDoNotStayAndRoomForFewModels_HasTheBitsOfTheProcessor()
    {
        // Slabs of 1,024 rows, of which two have room, and beside them room for two models.
        var block = IrlsBlock.Create(20_000, 5, hasIntercept: true, hasOffsets: false);
        using var small = IlgpuBackendTests.TestDevice.Open(IlgpuBackendTests.TestDevice.Small with { SlabElements = 1 << 14, DeviceBytes = 180_000 });
        AssertBitsOfTheProcessor(small, new FitRequest(block.Samples, block.Labels) { Weights = block.Weights }, Models(block, 5));
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(1e308)]
    [InlineData(double.NaN)]
    public void AccumulateGradients_LogOddsBeyondTheFormulas_HasTheBitsOfTheProcessor(double factor)
    {
        var block = IrlsBlock.Create(500, 5, hasIntercept: true, hasOffsets: false);
        var models = Models(block, 3);
        models[1] = [.. models[1].Select(value => value * factor)];
        AssertBitsOfTheProcessor(device.Backend, new FitRequest(block.Samples, block.Labels), models);
    }

    [Fact]
    public void AccumulateGradients_SecondPassOfFewerModels_HasTheBitsOfTheProcessor()
    {
        var block = IrlsBlock.Create(3000, 5, hasIntercept: true, hasOffsets: false);
        var request = new FitRequest(block.Samples, block.Labels) { Weights = block.Weights };
        using var rows = device.Backend.PrepareFit(request, ComputeOptions.Default);
        using var expected = SimdBackend.Instance.PrepareFit(request, ComputeOptions.Default);
        var models = Models(block, 6);
        Assert.Equal(Bits(expected, models), Bits(rows, models));
        Assert.Equal(Bits(expected, models[..2]), Bits(rows, models[..2]));
        Assert.Equal(Bits(expected, []), Bits(rows, []));
    }

    [Fact]
    public void AccumulateGradients_NoRoomForAModel_SaysWhatIsMissing()
    {
        var block = IrlsBlock.Create(5000, 5, hasIntercept: true, hasOffsets: false);
        using var small = IlgpuBackendTests.TestDevice.Open(IlgpuBackendTests.TestDevice.Small with { SlabElements = 1 << 14, DeviceBytes = 170_000 });
        using var rows = small.PrepareFit(new FitRequest(block.Samples, block.Labels) { Weights = block.Weights }, ComputeOptions.Default);
        var error = Assert.Throws<DeviceMemoryException>(() => Bits(rows, Models(block, 2)));
        Assert.Contains("a shared pass of 1,024 rows at a time and one model of 6 coefficients needs", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AccumulateGradients_Stopped_Throws()
    {
        var block = IrlsBlock.Create(500, 5, hasIntercept: true, hasOffsets: false);
        using var rows = device.Backend.PrepareFit(new FitRequest(block.Samples, block.Labels), new ComputeOptions { CancellationToken = new CancellationToken(canceled: true) });
        Assert.Throws<OperationCanceledException>(() => Bits(rows, Models(block, 2)));
    }

    /// <summary>Returns no weights, one weight, whole ones as plans have them, and many.</summary>
    private static double[][] Weights(IrlsBlock block) =>
    [
        [],
        [.. block.Labels.Select(_ => 0.7)],
        [.. block.Labels.Select((_, row) => row / 100 % 3 == 1 ? 2.0 : row / 150 % 4 == 3 ? 0 : 1)],
        block.Weights,
    ];

    private static double[][] Models(IrlsBlock block, int count) =>
        [.. Enumerable.Range(1, count).Select(model => block.Coefficients.Select(value => value * model / 2).ToArray())];

    private static void AssertBitsOfTheProcessor(IComputeBackend backend, FitRequest request, double[][] models)
    {
        using var expected = SimdBackend.Instance.PrepareFit(request, ComputeOptions.Default);
        using var actual = backend.PrepareFit(request, ComputeOptions.Default);
        Assert.Equal(Bits(expected, models), Bits(actual, models));
    }

    private static string[] Bits(IFitRows rows, double[][] models)
    {
        var sums = models.Select(model => new NormalEquations(model.Length, hasHessian: false)).ToArray();
        rows.AccumulateGradients(models, sums);
        return [.. sums.Select(sum => string.Join(' ', sum.Gradient.Append(sum.LogLikelihood).Select(value => $"{BitConverter.DoubleToInt64Bits(value):x}")))];
    }
}
