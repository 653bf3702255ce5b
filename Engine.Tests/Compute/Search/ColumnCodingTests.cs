using Engine.Compute.Search;
using Engine.Data;
using Engine.Numerics.Distances;
using Engine.Tests.Numerics;
using Engine.Tests.Support;

namespace Engine.Tests.Compute.Search;

/// <summary>The one promise that the exactness of L1 searches rests on: codes, less residuals and slack, never lie further apart than the rows.</summary>
public sealed class ColumnCodingTests
{
    public static TheoryData<DataKind> Kinds => [.. Enum.GetValues<DataKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Encode_AnyRows_CodesNeverExceedTheTrueDistance(DataKind kind)
    {
        foreach (var featureCount in new[] { 1, 3, 8, 21, 76, 300 })
        {
            var samples = Tables.Of(kind, 600, featureCount, 1);
            AssertContraction(Choose(samples), samples);
            // Rows that the choice did not see are limited to its range.
            AssertContraction(Choose(samples), Tables.Of(DataKind.Outliers, 600, featureCount, 2));
        }
    }

    [Theory]
    [InlineData(1 << 14)]
    [InlineData(1 << 18)]
    public void Encode_ManyColumnsAlike_ResidualsStillCoverWhatRoundingChanged(int featureCount)
    {
        // The same residual in every column: a sum of it rounds in one direction for long. Codes are rounded up, so truth is the code less the residual.
        var samples = SampleMatrix.Create(12, featureCount);
        samples.GetWritableRow(1).Fill(3 * 255);
        for (var row = 2; row < 12; row++)
            samples.GetWritableRow(row).Fill(3 * (0.5f + (0.037f * row)));
        AssertContraction(Choose(samples), samples);
    }

    [Fact]
    public void Encode_ZeroOneColumns_HaveNoResidual()
    {
        var samples = Tables.Of(DataKind.ZeroOne, 300, 20, 3);
        var (coding, codes, reader) = (Choose(samples), new byte[32], new RowReader(samples));
        for (var row = 0; row < 300; row++)
            Assert.Equal(0, coding.Encode(reader.Read(row), codes));
    }

    [Fact]
    public void Encode_IntegersOfASmallRange_HaveNoResidual()
    {
        // 0 to 4: the step is 1/63, not 4/255, so that whole numbers are whole steps.
        var samples = Tables.Integers(300, 20, 5, 4);
        var (coding, codes, reader) = (Choose(samples), new byte[32], new RowReader(samples));
        Assert.Equal(1.0 / 63, coding.Step);
        for (var row = 0; row < 300; row++)
            Assert.Equal(0, coding.Encode(reader.Read(row), codes), 1e-4);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void EncodeFirst_AnyRow_GivesTheFirstCodesOfTheRow(DataKind kind)
    {
        // Some codes order the rows, all of them fill the leaves; an order by other codes would be a slow one.
        foreach (var featureCount in new[] { 5, 16, 37 })
        {
            var samples = Tables.Of(kind, 100, featureCount, 4);
            var (coding, codes, first, reader) = (Choose(samples), new byte[48], new short[16], new RowReader(samples));
            for (var row = 0; row < 100; row++)
            {
                coding.Encode(reader.Read(row), codes);
                coding.EncodeFirst(reader.Read(row), first);
                Assert.Equal(codes[..16].Select(code => (short)code), first);
            }
        }
    }

    [Fact]
    public void Encode_ZeroOneColumns_GivesTheCodeOfEachColumnInItsPlace()
    {
        var samples = Tables.Of(DataKind.ZeroOne, 300, 21, 6);
        var (coding, codes, reader) = (Choose(samples), new byte[32], new RowReader(samples));
        for (var row = 0; row < 300; row++)
        {
            coding.Encode(reader.Read(row), codes);
            Assert.Equal(coding.ColumnOrder.Select(column => (byte)Math.Round(samples.Row(row)[column] / coding.Step)), codes[..21]);
            Assert.All(codes[21..], code => Assert.Equal(0, code));
        }
    }

    [Fact]
    public void ColumnOrder_ConstantColumns_ComeLast()
    {
        var columns = Choose(Tables.Of(DataKind.ConstantColumns, 300, 30, 5)).ColumnOrder;
        Assert.Equal(Enumerable.Range(0, 30), columns.Order());
        Assert.All(columns.Take(10), column => Assert.Equal(2, column % 3));
    }

    private static ColumnCoding Choose(SampleMatrix samples) => ColumnCoding.Choose(samples, samples.RowCount, row => row, new ParallelOptions());

    private static void AssertContraction(ColumnCoding coding, SampleMatrix samples)
    {
        var count = (int)Math.Min(samples.RowCount, 40);
        var rows = Enumerable.Range(0, count).Select(i => i * samples.RowCount / count).ToArray();
        var codes = rows.Select(_ => new byte[samples.Stride]).ToArray();
        var reader = new RowReader(samples);
        var residuals = rows.Select((row, i) => coding.Encode(reader.Read(row), codes[i])).ToArray();
        for (var i = 0; i < rows.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var steps = ReferenceDistance.True(Metric.L1, samples.Row(rows[i]), samples.Row(rows[j])) / coding.Step;
                var bound = codes[i].Zip(codes[j], (x, y) => (long)Math.Abs(x - y)).Sum() - residuals[i] - residuals[j] - coding.Slack;
                Assert.True(bound <= steps, $"rows {rows[i]} and {rows[j]}: {bound} steps by codes, {steps} in truth.");
            }
        }
    }
}
