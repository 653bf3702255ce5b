using Bench.Comparisons.Arrays;
using Engine.Data;
using Engine.Tests.Bench.Comparisons.Resampling;

namespace Engine.Tests.Bench.Comparisons.Arrays;

public sealed class LabeledSourceTests
{
    public static TheoryData<string, int, int> Sources => new() { { "hours", 20_000, 76 }, { "rare", 1_000, 76 }, { "stays", 500, 3648 } };

    [Theory]
    [MemberData(nameof(Sources))]
    public void Make_AnySource_GivesLegalRowsOfBothClassesAndOfTheGroup(string name, int rowCount, int featureCount)
    {
        var rows = Make(name, rowCount);
        Assert.Equal((rowCount, featureCount), (rows.Rows.RowCount, rows.Rows.FeatureCount));
        rows.Rows.EnsureFinite(name);
        rows.Schema.EnsureAgrees(rows.Rows, name);
        Assert.InRange(rows.Labels.PositiveCount, 2, rowCount / 2);
        Assert.InRange(rows.Group.Count, 1, rowCount - 1);
        Assert.Equal((rows.Labels.PositiveCount, rowCount), (rows.MinorityRows.Length, rows.MinorityRows.Length + rows.MajorityRows.Length));
        Assert.Equal(4L * rowCount * featureCount, rows.Bytes);
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void Make_Twice_GivesTheSame(string name, int rowCount, int featureCount)
    {
        var (rows, again) = (Make(name, rowCount), Make(name, rowCount));
        Assert.Equal(rows.Labels.Values, again.Labels.Values);
        var (row, same) = (new float[featureCount], new float[featureCount]);
        for (var i = 0; i < rowCount; i++)
        {
            rows.Rows.CopyRow(i, row);
            again.Rows.CopyRow(i, same);
            Assert.Equal(row, same);
        }
    }

    [Fact]
    public void Make_RareClass_IsOneInFifty() => Assert.Equal(20, Make("rare", 1_000).Labels.PositiveCount);

    [Fact]
    public void Shelf_SameSource_KeepsItsRows()
    {
        var (shelf, source) = (SmallComparison.Shelf(), new TrainingHours());
        var rows = shelf.Get(source, 400, TestContext.Current.CancellationToken);
        Assert.Same(rows, shelf.Get(source, 400, TestContext.Current.CancellationToken));
        Assert.NotSame(rows, shelf.Get(source, 300, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Select_Rows_CopiesLabelsAndGroupAlong()
    {
        var rows = SmallRows.OnALine([5, 6, 7, 8], 1, 2).Select([2, 3]);
        Assert.Equal((1, true, false), (rows.Labels.PositiveCount, rows.Group[0], rows.Group[1]));
        var value = new float[1];
        rows.Rows.CopyRow(1, value);
        Assert.Equal(8, value[0]);
    }

    private static LabeledSamples Make(string name, int rowCount)
    {
        ILabeledSource source = name switch { "hours" => new TrainingHours(), "rare" => new RareClassHours(), _ => new StayRows() };
        return source.Make(rowCount, SmallComparison.Shelf(), TestContext.Current.CancellationToken);
    }
}
