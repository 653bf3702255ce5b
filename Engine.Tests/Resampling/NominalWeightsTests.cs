using Engine.Data;
using Engine.Resampling;
using Engine.Tests.Support;

namespace Engine.Tests.Resampling;

public sealed class NominalWeightsTests
{
    [Fact]
    public void Of_MixedColumns_AreTheSquareOfTheMedianPopulationDeviation()
    {
        // Columns 0, 1 and 2 deviate by 1, 3 and 5 over two rows, columns 3 and 4 are one category, column 5 is a mask.
        var schema = ColumnSchema.Continuous(6).WithOneHot(3, 4).WithMasks(5);
        Assert.Equal([1, 1, 1, 4.5f, 4.5f, 9], NominalWeights.Of(schema, Tables.From([[0, 0, 0, 1, 0, 1], [2, 6, -10, 0, 1, 0]])));
    }

    [Fact]
    public void Of_EvenNumberOfColumns_TakesTheMeanOfTheMiddleTwo() =>
        Assert.Equal([1, 1, 4], NominalWeights.Of(ColumnSchema.Continuous(3).WithMasks(2), Tables.From([[0, 0, 1], [2, 6, 0]])));

    [Fact]
    public void Of_NoNumbers_AreThoseOfADeviationOfOne() =>
        Assert.Equal([1, 0.5f, 0.5f], NominalWeights.Of(ColumnSchema.Continuous(3).WithMasks(0).WithOneHot(1, 2), Tables.From([[0, 1, 0], [1, 0, 1]])));
}
