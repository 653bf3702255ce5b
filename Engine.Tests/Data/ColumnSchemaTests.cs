using Engine.Data;
using Engine.Tests.Support;

namespace Engine.Tests.Data;

public sealed class ColumnSchemaTests
{
    [Fact]
    public void With_MasksAndGroups_AreDeclared_AndTheFirstSchemaUnchanged()
    {
        var numbers = ColumnSchema.Continuous(9);
        var schema = numbers.WithMasks(8).WithMasks(0..2).WithOneHot(3, 6, 5);
        Assert.Equal([8, 0, 1], schema.Masks);
        Assert.Equal([[3, 6, 5]], schema.OneHotGroups);
        Assert.Equal([true, true, false, true, false, true, true, false, true], Enumerable.Range(0, 9).Select(schema.IsNominal));
        Assert.Equal([(0, 2), (3, 1), (5, 2), (8, 1)], schema.NominalRuns);
        Assert.Empty(numbers.Masks);
    }

    [Fact]
    public void With_BadColumns_SaysWhatIsWrong()
    {
        var schema = ColumnSchema.Continuous(5).WithMasks(2);
        Assert.Contains("column 2 is declared twice", Assert.Throws<ArgumentException>(() => schema.WithOneHot(1..4)).Message, StringComparison.Ordinal);
        Assert.Contains("column 0 is declared twice", Assert.Throws<ArgumentException>(() => schema.WithMasks(0, 0)).Message, StringComparison.Ordinal);
        Assert.Contains("one-hot group of 1 columns", Assert.Throws<ArgumentException>(() => schema.WithOneHot(1)).Message, StringComparison.Ordinal);
        Assert.Contains("0 to 4", Assert.Throws<ArgumentOutOfRangeException>(() => schema.WithMasks(5)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => schema.WithMasks(3..9));
        Assert.Throws<ArgumentOutOfRangeException>(() => ColumnSchema.Continuous(0));
    }

    [Theory]
    [InlineData(0, 0, "0 ones")]
    [InlineData(1, 1, "2 ones")]
    public void EnsureAgrees_NoChoiceOrTwo_SaysHowMany(float first, float second, string ones)
    {
        var schema = ColumnSchema.Continuous(2).WithOneHot(..);
        schema.EnsureAgrees(Tables.From([[0, 1], [1, 0]]), "table");
        Assert.Contains(ones, Assert.Throws<ArgumentException>(() => schema.EnsureAgrees(Tables.From([[0, 1], [first, second]]), "table")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EnsureAgrees_ManyBlocks_TellsTheFirstBadRow()
    {
        var samples = SampleMatrix.Create(2000, 3);
        var schema = ColumnSchema.Continuous(3).WithMasks(1);
        schema.EnsureAgrees(samples, "table");
        foreach (var row in new[] { 1999, 513, 700 })
            samples.GetWritableRow(row)[1] = -1;
        var error = Assert.Throws<ArgumentException>(() => schema.EnsureAgrees(samples, "table"));
        Assert.Contains("table contradicts the schema at row 513, column 1: the mask holds -1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EnsureAgrees_NaNInANominalColumn_IsTold()
    {
        var samples = Tables.From([[1, 0], [double.NaN, 1]]);
        Assert.Contains("row 1, column 0", Assert.Throws<ArgumentException>(() => ColumnSchema.Continuous(2).WithOneHot(..).EnsureAgrees(samples, "table")).Message, StringComparison.Ordinal);
    }
}
