using Engine.Networks;
using Engine.Numerics;

namespace Engine.Tests.Networks;

public sealed class AdamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(33)]
    public void Step_AnyLength_IsTheFormulaInEveryParameter(int count)
    {
        var draws = new RandomStream(4, 4);
        var parameters = Enumerable.Range(0, count).Select(i => draws.Normal((ulong)i)).ToArray();
        var (expected, mean, square) = (parameters.ToArray(), new double[count], new double[count]);
        using var adam = new Adam<double>(count, new TrainingSettings());
        for (var step = 0; step < 50; step++)
        {
            var gradient = Enumerable.Range(0, count).Select(i => draws.Normal((ulong)((step * 100) + 1_000 + i))).ToArray();
            Assert.True(adam.Step(parameters, gradient, step));
            for (var i = 0; i < count; i++)
            {
                mean[i] = (0.9 * mean[i]) + (0.1 * gradient[i]);
                square[i] = (0.999 * square[i]) + (0.001 * gradient[i] * gradient[i]);
                expected[i] -= 0.001 * (mean[i] / (1 - Math.Pow(0.9, step + 1))) / (Math.Sqrt(square[i] / (1 - Math.Pow(0.999, step + 1))) + 1e-7);
                Assert.Equal(expected[i], parameters[i], 1e-12);
                Assert.Equal(mean[i], adam.FirstMoments[i], 1e-14);
                Assert.Equal(square[i], adam.SecondMoments[i], 1e-14);
            }
        }
    }

    [Fact]
    public void Step_WithoutGradientForLong_LeavesNoSubnormalMoments()
    {
        using var adam = new Adam<float>(20, new TrainingSettings());
        var (parameters, gradient) = (new float[20], new float[20]);
        Array.Fill(gradient, -3);
        adam.Step(parameters, gradient, 0);
        Array.Clear(gradient);
        for (var step = 1; step < 2_000; step++)
            adam.Step(parameters, gradient, step);
        Assert.All(adam.FirstMoments.ToArray(), mean => Assert.Equal(0, mean));
        Assert.All(adam.SecondMoments.ToArray(), square => Assert.InRange(square, 1e-3f, 9e-3f));
    }

    [Theory]
    [InlineData(float.NaN, 3)]
    [InlineData(float.PositiveInfinity, 17)]
    [InlineData(float.NegativeInfinity, 0)]
    [InlineData(-1e25f, 4)]
    public void Step_GradientThatIsNotFiniteOrHasNoSquare_SaysSo(float value, int place)
    {
        using var adam = new Adam<float>(18, new TrainingSettings());
        var (parameters, gradient) = (new float[18], new float[18]);
        Assert.True(adam.Step(parameters, gradient, 0));
        gradient[place] = value;
        Assert.False(adam.Step(parameters, gradient, 1));
    }
}
