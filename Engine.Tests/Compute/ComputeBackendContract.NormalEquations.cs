using Engine.Compute;
using Engine.Data;
using Engine.Tests.Support;

namespace Engine.Tests.Compute;

/// <content>IRLS passes.</content>
public abstract partial class ComputeBackendContract
{
    public static TheoryData<bool, bool> Forms => new() { { true, false }, { true, true }, { false, false }, { false, true } };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Accumulate_EveryFeatureCount_AgreesWithTheFormulas(bool hasIntercept, bool hasOffsets)
    {
        // Downwards: what a wider pass left in a reused buffer must not count.
        int[] featureCounts = [257, 76, .. Lengths.Where(length => length <= 40).Reverse()];
        foreach (var featureCount in featureCounts)
        {
            foreach (var rowCount in featureCount <= 40 ? new[] { 1, 6, 37 } : [1, 64])
                AssertFormulas(IrlsBlock.Create(rowCount, featureCount, hasIntercept, hasOffsets));
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Accumulate_EveryRowCount_AgreesWithTheFormulas(bool hasIntercept, bool hasOffsets)
    {
        foreach (var rowCount in Lengths.Where(length => length <= SampleMatrix.RowsPerBlock))
            AssertFormulas(IrlsBlock.Create(rowCount, 5, hasIntercept, hasOffsets));
    }

    [Theory]
    [InlineData(17)]
    [InlineData(76)]
    public void Accumulate_WholeBlock_AgreesWithTheFormulas(int featureCount) =>
        AssertFormulas(IrlsBlock.Create(SampleMatrix.RowsPerBlock, featureCount, hasIntercept: true, hasOffsets: true));

    [Fact]
    public void Accumulate_SecondBlock_IsAddedToTheFirst()
    {
        var (first, second) = (IrlsBlock.Create(50, 9, true, false, seed: 1), IrlsBlock.Create(20, 9, true, false, seed: 2));
        var sums = new NormalEquations(10);
        var reference = new ReferenceNormalEquations(10);
        foreach (var block in new[] { first, second })
        {
            block.Accumulate(Backend, sums);
            block.Accumulate(reference);
        }

        AssertClose(reference, sums);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(12345f)]
    public void Accumulate_RowsOfWeightZero_AddNothingWhateverTheyHold(float content)
    {
        var block = IrlsBlock.Create(256, 19, hasIntercept: true, hasOffsets: true);
        var (zeros, others) = (new NormalEquations(20), new NormalEquations(20));
        block.FillRowsOfWeightZero(0);
        AssertFormulas(block);
        block.Accumulate(Backend, zeros);
        block.FillRowsOfWeightZero(content);
        block.Accumulate(Backend, others);
        AssertSameBits(zeros, others);
    }

    [Fact]
    public void Accumulate_AllWeightsZero_AddsNothing()
    {
        var block = IrlsBlock.Create(100, 6, hasIntercept: true, hasOffsets: true);
        Array.Clear(block.Weights);
        var sums = new NormalEquations(7);
        block.Accumulate(Backend, sums);
        AssertSameBits(new NormalEquations(7), sums);
    }

    [Fact]
    public void Accumulate_AfterAPassWithNaNCoefficients_IsNotSpoiled()
    {
        // A fit that failed, on the same thread and of the same padded width.
        var wide = IrlsBlock.Create(10, 30, hasIntercept: true, hasOffsets: false);
        Array.Fill(wide.Coefficients, double.NaN);
        wide.Accumulate(Backend, new NormalEquations(31));
        AssertFormulas(IrlsBlock.Create(10, 17, hasIntercept: true, hasOffsets: false));
    }

    [Fact]
    public void Accumulate_SaturatedProbabilities_StayFinite()
    {
        // Linear predictors of +-2000 with both labels: exp overflows, probabilities are 0 and 1.
        var samples = Tables.From([[2000], [2000], [-2000], [-2000]]);
        var sums = new NormalEquations(1);
        Accumulate(new FitRequest(samples, new byte[] { 0, 1, 0, 1 }), [1], sums);
        Assert.Equal(-4000, sums.LogLikelihood);
        Assert.Equal(2000, sums.LargestLinearPredictor);
        Assert.Equal(-4000, sums.Gradient[0]);
        Assert.Equal(0, sums.Hessian[0]);
    }

    [Fact]
    public void Accumulate_IntegersAtProbabilityOneHalf_AreExact()
    {
        // Coefficients of 0 give probability 1/2; sums of small integers and quarters have no rounding.
        var samples = Tables.Integers(256, 33, 9, 31);
        var (labels, weights) = (Enumerable.Range(0, 256).Select(row => (byte)(row % 2)).ToArray(), Enumerable.Range(0, 256).Select(row => (double)(row % 3)).ToArray());
        var sums = new NormalEquations(33);
        Accumulate(new FitRequest(samples, labels) { Weights = weights }, new double[33], sums);
        for (var i = 0; i < 33; i++)
        {
            Assert.Equal(Enumerable.Range(0, 256).Sum(row => weights[row] * (labels[row] - .5) * samples.Row(row)[i]), sums.Gradient[i]);
            for (var j = 0; j <= i; j++)
                Assert.Equal(Enumerable.Range(0, 256).Sum(row => weights[row] * samples.Row(row)[i] * samples.Row(row)[j]) / 4, sums.Hessian[(i * sums.Stride) + j]);
        }
    }

    [Fact]
    public void Accumulate_ManyBlocks_AgreesWithTheFormulas() => AssertFormulas(IrlsBlock.Create(2000, 11, hasIntercept: true, hasOffsets: true));

    [Fact]
    public void Accumulate_WithoutWeights_EveryRowHasWeightOne()
    {
        var block = IrlsBlock.Create(300, 7, hasIntercept: true, hasOffsets: false);
        var (without, with) = (new NormalEquations(8), new NormalEquations(8));
        Accumulate(new FitRequest(block.Samples, block.Labels), block.Coefficients, without);
        Accumulate(new FitRequest(block.Samples, block.Labels) { Weights = Enumerable.Repeat(1.0, 300).ToArray() }, block.Coefficients, with);
        AssertSameBits(with, without);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(300, 16)]
    [InlineData(2000, 33)]
    public void Accumulate_WithoutHessian_GivesTheSameGradient(int rowCount, int featureCount)
    {
        var block = IrlsBlock.Create(rowCount, featureCount, hasIntercept: true, hasOffsets: true);
        var (gradient, reference) = (new NormalEquations(block.CoefficientCount, hasHessian: false), new ReferenceNormalEquations(block.CoefficientCount));
        block.Accumulate(Backend, gradient);
        block.Accumulate(reference);
        AssertCloseWithoutHessian(reference, gradient);
    }

    [Fact]
    public void Accumulate_SecondPass_HasTheBitsOfTheFirst()
    {
        // Whatever the backend keeps between passes.
        var block = IrlsBlock.Create(700, 13, hasIntercept: true, hasOffsets: true);
        using var rows = Backend.PrepareFit(new FitRequest(block.Samples, block.Labels) { Weights = block.Weights, Offsets = block.Offsets }, ComputeOptions.Default);
        var (first, other, second) = (new NormalEquations(14), new NormalEquations(14, hasHessian: false), new NormalEquations(14));
        rows.Accumulate(block.Coefficients, first);
        rows.Accumulate(new double[14], other);
        rows.Accumulate(block.Coefficients, second);
        AssertSameBits(first, second);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AccumulateGradients_SomeModels_GivesTheGradientOfEach(bool hasOffsets)
    {
        var block = IrlsBlock.Create(300, 21, hasIntercept: true, hasOffsets);
        double[][] models = [.. Enumerable.Range(1, 3).Select(factor => block.Coefficients.Select(value => value * factor / 2).ToArray())];
        var sums = models.Select(_ => new NormalEquations(block.CoefficientCount, hasHessian: false)).ToArray();
        using (var rows = Backend.PrepareFit(new FitRequest(block.Samples, block.Labels) { Weights = block.Weights, Offsets = block.Offsets }, ComputeOptions.Default))
            rows.AccumulateGradients(models, sums);
        for (var model = 0; model < models.Length; model++)
        {
            var reference = new ReferenceNormalEquations(block.CoefficientCount);
            (block with { Coefficients = models[model] }).Accumulate(reference);
            AssertGradient(reference, sums[model]);
        }
    }

    private void Accumulate(FitRequest request, double[] coefficients, NormalEquations sums)
    {
        using var rows = Backend.PrepareFit(request, ComputeOptions.Default);
        rows.Accumulate(coefficients, sums);
    }

    private void AssertFormulas(IrlsBlock block)
    {
        var sums = new NormalEquations(block.CoefficientCount);
        var reference = new ReferenceNormalEquations(block.CoefficientCount);
        block.Accumulate(Backend, sums);
        block.Accumulate(reference);
        AssertClose(reference, sums);
    }

    private static void AssertClose(ReferenceNormalEquations expected, NormalEquations actual)
    {
        for (var i = 0; i < actual.CoefficientCount; i++)
        {
            for (var j = 0; j <= i; j++)
                AssertWithin(expected.Hessian[i, j], actual.Hessian[(i * actual.Stride) + j], expected.RelativeError * expected.Absolute.Hessian[i, j]);
        }

        AssertCloseWithoutHessian(expected, actual);
    }

    private static void AssertGradient(ReferenceNormalEquations expected, NormalEquations actual)
    {
        for (var i = 0; i < actual.CoefficientCount; i++)
            AssertWithin(expected.Gradient[i], actual.Gradient[i], expected.RelativeError * expected.Absolute.Gradient[i]);
        AssertWithin(expected.LogLikelihood, actual.LogLikelihood, expected.RelativeError * expected.Absolute.LogLikelihood);
    }

    private static void AssertCloseWithoutHessian(ReferenceNormalEquations expected, NormalEquations actual)
    {
        AssertGradient(expected, actual);
        AssertWithin(expected.LargestLinearPredictor, actual.LargestLinearPredictor, expected.RelativeError * (1 + expected.LargestLinearPredictor));
    }

    private static void AssertWithin(double expected, double actual, double bound) => Assert.InRange(actual, expected - bound, expected + bound);

    internal static void AssertSameBits(NormalEquations expected, NormalEquations actual)
    {
        for (var i = 0; i < expected.CoefficientCount; i++)
        {
            for (var j = 0; j <= i; j++)
                Assert.Equal(Bits(expected.Hessian[(i * expected.Stride) + j]), Bits(actual.Hessian[(i * expected.Stride) + j]));
            Assert.Equal(Bits(expected.Gradient[i]), Bits(actual.Gradient[i]));
        }

        Assert.Equal(Bits(expected.LogLikelihood), Bits(actual.LogLikelihood));
        Assert.Equal(Bits(expected.LargestLinearPredictor), Bits(actual.LargestLinearPredictor));
    }

    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(value);
}
