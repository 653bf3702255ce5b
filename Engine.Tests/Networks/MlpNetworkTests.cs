using Engine.Compute;
using Engine.Data;
using Engine.Networks;
using Engine.Numerics;
using Engine.Tests.Support;

namespace Engine.Tests.Networks;

public sealed class MlpNetworkTests
{
    private static readonly ComputeOptions s_one = new() { MaxDegreeOfParallelism = 1 };

    [Fact]
    public void Shape_Paper_HasItsParameters()
    {
        var shape = new MlpShape(MlpArchitecture.Paper, 1_418);
        Assert.Equal(28_821, shape.ParameterCount);
        Assert.Equal(
            ["mlp.0.weight 20x1418 @0", "mlp.0.bias 20 @28360", "mlp.1.weight 20x20 @28380", "mlp.1.bias 20 @28780", "output.weight 1x20 @28800", "output.bias 1 @28820"],
            shape.Tensors.Select(tensor => $"{tensor.Name} {string.Join('x', tensor.Shape)} @{tensor.Offset}"));
    }

    [Fact]
    public void Shape_FileOrder_ComesBack()
    {
        var shape = new MlpShape(new MlpArchitecture { HiddenUnits = [3, 2] }, 4);
        float[] file = [.. Enumerable.Range(0, shape.ParameterCount).Select(i => (float)i)], memory = new float[file.Length], back = new float[file.Length];
        shape.FromFileOrder<float>(file, memory);
        shape.ToFileOrder<float>(memory, back);
        Assert.Equal(file, back);
        // The first unit's second weight lies behind the first weights of all three units.
        Assert.Equal(1, memory[3]);
    }

    [Theory]
    [InlineData(-0.1, 0.05, 20)]
    [InlineData(1.0, 0.05, 20)]
    [InlineData(double.NaN, 0.05, 20)]
    [InlineData(0.1, -1.0, 20)]
    [InlineData(0.1, double.PositiveInfinity, 20)]
    [InlineData(0.1, 0.05, 0)]
    [InlineData(0.1, 0.05, int.MaxValue)]
    public void Shape_OutsideItsRange_Throws(double dropout, double deviation, int units) =>
        Assert.ThrowsAny<ArgumentException>(() => new MlpShape(new MlpArchitecture { Dropout = dropout, InitialDeviation = deviation, HiddenUnits = [units] }, 10));

    [Fact]
    public void Initialize_SameSeed_DrawsTheDeviationWhateverTheOtherLayers()
    {
        var (narrow, wide) = (Initial([20]), Initial([20, 30]));
        Assert.Equal(narrow[..(20 * 500)], wide[..(20 * 500)]);
        Assert.NotEqual(Initial([20], seed: 8), narrow);
        Assert.Equal(0.05, Math.Sqrt(narrow[..(20 * 500)].Select(value => (double)value * value).Average()), 0.002);
        Assert.All(narrow[(20 * 500)..(20 * 501)], bias => Assert.Equal(0, bias));

        static float[] Initial(int[] hidden, ulong seed = 7)
        {
            var shape = new MlpShape(new MlpArchitecture { HiddenUnits = hidden }, 500);
            var parameters = new float[shape.ParameterCount];
            shape.Initialize(parameters, seed);
            return parameters;
        }
    }

    [Theory]
    [InlineData(new int[0])]
    [InlineData(new[] { 20, 20 })]
    [InlineData(new[] { 5 })]
    [InlineData(new[] { 37, 3 })]
    public void Gradient_RowsWithAndWithoutTheirZeros_HasTheSameBits(int[] hidden)
    {
        // The same first 40 columns in both tables; of the second too few values are 0 for them to be left out.
        var (few, many) = (OneHot(600, 40, 0.05), SampleMatrix.Create(600, 40));
        for (var row = 0; row < 600; row++)
            few.CopyRow(row, many.GetWritableRow(row));
        var architecture = new MlpArchitecture { HiddenUnits = hidden };
        using var sparse = new MlpNetwork(architecture, few, few, 3, s_one);
        // Rows that no batch names make the table dense.
        for (var row = 300; row < 600; row++)
            many.GetWritableRow(row).Fill(1);
        using var dense = new MlpNetwork(architecture, many, many, 3, s_one);
        var batch = Batch(300, 300);
        Assert.Equal(Gradient(sparse, batch), Gradient(dense, batch));
        var (bySparse, byDense) = (new double[600], new double[600]);
        sparse.PredictValidation(bySparse);
        dense.PredictValidation(byDense);
        // Its first block is read without its zeros in both tables, or in one.
        Assert.Equal(bySparse[..300], byDense[..300]);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(256)]
    [InlineData(5_000)]
    public void Gradient_AnyThreads_HasTheSameBits(int batchSize)
    {
        var samples = OneHot(500, 70, 0.2);
        using var one = new MlpNetwork(MlpArchitecture.Paper, samples, null, 3, s_one);
        using var three = new MlpNetwork(MlpArchitecture.Paper, samples, null, 3, new ComputeOptions { MaxDegreeOfParallelism = 3 });
        var batch = Batch(batchSize, 500);
        Assert.Equal(Gradient(one, batch), Gradient(three, batch));
    }

    [Fact]
    public void Gradient_BatchOfManyParts_IsTheMeanOfTheSamplesOwn()
    {
        var samples = OneHot(500, 30, 0.2);
        using var network = new MlpNetwork(new MlpArchitecture { Dropout = 0 }, samples, null, 3, ComputeOptions.Default);
        var batch = Batch(5_000, 500);
        var (whole, loss) = GradientAndLoss(network, batch);
        var (sum, sumOfLosses) = (new double[whole.Length], 0.0);
        foreach (var sample in batch)
        {
            var (own, ownLoss) = GradientAndLoss(network, [sample]);
            sumOfLosses += ownLoss;
            for (var i = 0; i < sum.Length; i++)
                sum[i] += own[i];
        }

        Assert.Equal(sumOfLosses, loss, 1e-6 * loss);
        for (var i = 0; i < sum.Length; i++)
            Assert.Equal(sum[i] / batch.Length, whole[i], 2e-6);
    }

    [Fact]
    public void Gradient_OfAWeightedSample_IsThatOfItsRepeats()
    {
        var samples = OneHot(10, 30, 0.2);
        using var network = new MlpNetwork(new MlpArchitecture { Dropout = 0 }, samples, null, 3, ComputeOptions.Default);
        var (weighted, loss) = GradientAndLoss(network, [new(1, 3, 1), new(2, 1, 0)]);
        var (repeated, sameLoss) = GradientAndLoss(network, [new(1, 1, 1), new(1, 1, 1), new(2, 1, 0), new(1, 1, 1)]);
        Assert.Equal(sameLoss, loss, 1e-6);
        // Over two samples, and over four.
        Assert.All(weighted.Zip(repeated), pair => Assert.Equal(pair.Second, pair.First / 2, 1e-6));
    }

    [Fact]
    public void Predict_RowsOfAnotherWidth_Throws()
    {
        using var network = new MlpNetwork(MlpArchitecture.Paper, OneHot(10, 30, 0.2), null, 3, ComputeOptions.Default);
        Assert.Throws<InvalidOperationException>(() => network.PredictValidation(new double[10]));
        Assert.Throws<ArgumentException>(() => new MlpNetwork(MlpArchitecture.Paper, OneHot(10, 30, 0.2), OneHot(10, 31, 0.2), 3, ComputeOptions.Default));
        using var weights = new MlpWeights<float>(network.Shape);
        Assert.Throws<ArgumentException>(() => MlpPrediction.Predict(weights, OneHot(10, 31, 0.2), new double[10], ComputeOptions.Default));
        Assert.Throws<ArgumentException>(() => MlpPrediction.Predict(weights, OneHot(10, 30, 0.2), new double[9], ComputeOptions.Default));
    }

    [Fact]
    public void Steps_Results_HaveTheCommittedDigest()
    {
        using var digest = new Digest();
        foreach (var share in new[] { 0.05, 0.6 })
        {
            var samples = OneHot(400, 90, share);
            using var network = new MlpNetwork(new MlpArchitecture { HiddenUnits = [20, 9] }, samples, samples, 11, ComputeOptions.Default);
            using var adam = new Adam<float>(network.Parameters.Length, new TrainingSettings());
            var gradient = new float[network.Parameters.Length];
            for (var step = 0; step < 30; step++)
            {
                network.ComputeGradient(Batch(step == 7 ? 700 : 20, 400, step), step, gradient);
                Assert.True(adam.Step(network.Parameters, gradient, step));
            }

            var probabilities = new double[400];
            network.PredictValidation(probabilities);
            digest.Add<float>(network.Parameters);
            digest.Add<double>(probabilities);
        }

        Assert.Equal("1386BA4DD1DACB93", digest.ToString());
    }

    internal static SampleMatrix OneHot(int rowCount, int featureCount, double share)
    {
        var draws = new RandomStream(21, (ulong)featureCount);
        var samples = SampleMatrix.Create(rowCount, featureCount);
        for (var row = 0; row < rowCount; row++)
        {
            for (var column = 0; column < featureCount; column++)
            {
                var draw = draws.UniformDouble((ulong)((row * featureCount) + column));
                samples.GetWritableRow(row)[column] = draw < share ? (column % 3 == 0 ? (float)(draw / share) - 0.5f : 1) : 0;
            }
        }

        return samples;
    }

    private static BatchSample[] Batch(int count, int rowCount, int shift = 0) =>
        [.. Enumerable.Range(0, count).Select(i => new BatchSample(((i * 7) + shift) % rowCount, 1 + (i % 3), (byte)(i * 5 % 3 == 0 ? 1 : 0)))];

    private static float[] Gradient(MlpNetwork network, BatchSample[] batch) => GradientAndLoss(network, batch).Gradient;

    private static (float[] Gradient, double Loss) GradientAndLoss(MlpNetwork network, BatchSample[] batch)
    {
        var gradient = new float[network.Parameters.Length];
        var loss = network.ComputeGradient(batch, 5, gradient);
        return (gradient, loss);
    }
}
