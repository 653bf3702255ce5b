using Bench.Comparisons.Measurement;

namespace Engine.Tests.Bench.Comparisons.Measurement;

public sealed class ContenderTests
{
    [Fact]
    public void Median_Repetitions_IsTheOneInTheMiddleByTotal()
    {
        double[][] repetitions = [[5, 1], [0, 1], [1, 2]];
        Assert.Equal<double[]?>([1, 2], MedianOf(repetitions));
        Assert.Equal<double[]?>([1, 2], MedianOf(repetitions[1..]));
        Assert.Equal<double[]?>([5, 1], MedianOf(repetitions[..1]));
        Assert.Null(MedianOf([]));
    }

    private static double[]? MedianOf(double[][] repetitions) => new Contender("one", ContenderStatus.Measured) { Repetitions = repetitions }.Median;
}
