using Engine.Compute.Search;
using Engine.Data;
using Engine.Numerics;
using Engine.Numerics.Distances;
using Engine.Tests.Numerics;
using Engine.Tests.Support;

namespace Engine.Tests.Compute.Search;

/// <summary>The one promise that the exactness of L2 searches rests on: codes, less the slack, never lie further apart than the rows.</summary>
public sealed class ContractiveQuantizerTests
{
    private static readonly ParallelOptions s_options = new();

    public static TheoryData<DataKind> Kinds => [.. Enum.GetValues<DataKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Encode_ChosenMap_CodesNeverExceedTheTrueDistance(DataKind kind)
    {
        foreach (var featureCount in new[] { 1, 3, 21, 76 })
        {
            var samples = Tables.Of(kind, 1200, featureCount, 1);
            AssertContraction(QuantizerChoice.Choose(samples, samples.RowCount, row => row, s_options), samples);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Encode_PrincipalAxes_CodesNeverExceedTheTrueDistance(DataKind kind)
    {
        const int RowCount = 300, FeatureCount = 30;
        var samples = Tables.Of(kind, RowCount, FeatureCount, 2);
        var (mean, centered) = Center(samples);
        using var rows = NativeTable.Of(centered, RowCount, FeatureCount);
        foreach (var (headCount, wideCount) in new[] { (2, 0), (8, 16), (9, 25), (16, 0) })
        {
            var axisCount = Math.Max(headCount, wideCount) - 1;
            var axes = PrincipalAxes.Find(rows, RowCount, axisCount, s_options);
            foreach (var radius in new[] { Math.Sqrt(PrincipalAxes.Dot(centered, centered) / RowCount), 1e-3, 0 })
                AssertContraction(ContractiveQuantizer.OfAxes(mean, [.. axes], axisCount, headCount, wideCount, [], radius), samples);
        }
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(1e6)]
    public void Encode_AxesThatStretch_AreShrunkFirst(double stretch)
    {
        // Not orthogonal, far from unit length: whatever the axes are, the promise holds.
        var draws = new RandomStream(3, 3);
        var axes = Enumerable.Range(0, 7 * 30).Select(i => stretch * draws.Normal((ulong)i)).ToArray();
        AssertContraction(ContractiveQuantizer.OfAxes(new float[30], axes, 7, 8, 0, [], 5), Tables.Normal(200, 30, 3));
    }

    [Theory]
    [InlineData(30)]
    [InlineData(12)]
    [InlineData(1)]
    public void Encode_Columns_CodesNeverExceedTheTrueDistance(int columnCount)
    {
        var columns = Enumerable.Range(0, 30).Select(column => (column * 7) % 30).Take(columnCount).ToArray();
        foreach (var radius in new[] { 3, 1e-3, 1e3 })
            AssertContraction(ContractiveQuantizer.OfColumns(new float[30], columns, radius), Tables.Normal(200, 30, 4));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Encode_AxesAndColumns_CodesNeverExceedTheTrueDistance(DataKind kind)
    {
        const int RowCount = 300, FeatureCount = 60, HeadCount = 8, WideCount = 20;
        var samples = Tables.Of(kind, RowCount, FeatureCount, 7);
        var (mean, centered) = Center(samples);
        using var rows = NativeTable.Of(centered, RowCount, FeatureCount);
        var axes = PrincipalAxes.Find(rows, RowCount, WideCount - 1, s_options);
        var columns = Enumerable.Range(0, 31).Select(column => (column * 7) % FeatureCount).ToArray();
        var radius = Math.Sqrt(PrincipalAxes.Dot(centered, centered) / RowCount);
        AssertContraction(ContractiveQuantizer.OfAxes(mean, axes, WideCount - 1, HeadCount, WideCount, columns, radius), samples);
    }

    [Fact]
    public void Encode_MoreColumnsThanALeafHolds_CodesNeverExceedTheTrueDistance()
    {
        var samples = Tables.Of(DataKind.LowRank, 30, 2500, 5);
        AssertContraction(QuantizerChoice.Choose(samples, 30, row => row, s_options), samples);
    }

    [Fact]
    public void Encode_EqualRows_HaveEqualCodes()
    {
        var samples = Tables.Of(DataKind.FewDistinctRows, 40, 24, 6);
        var quantizer = QuantizerChoice.Choose(samples, 40, row => row, s_options);
        using var batch = Encode(quantizer, samples, [.. Enumerable.Range(0, 40)]);
        for (var row = 1; row < 40; row++)
        {
            if (samples.Row(row).SequenceEqual(samples.Row(0)))
                Assert.Equal(batch.Head(0), batch.Head(row));
        }
    }

    [Theory]
    [InlineData(DataKind.LowRank, 2600, 76, true, false)]
    [InlineData(DataKind.LowRank, 2600, 40, true, false)]
    [InlineData(DataKind.LowRank, 4500, 700, true, false)]
    [InlineData(DataKind.LowRank, 2600, 1100, true, true)]
    [InlineData(DataKind.Normal, 2600, 76, false, true)]
    [InlineData(DataKind.LowRank, 200, 76, false, true)]
    public void Choose_DataOfTheContract_TakesEveryKindOfMap(DataKind kind, int rowCount, int featureCount, bool hasAxes, bool hasColumns)
    {
        // What the tests of hard data mean to reach: if this fails, they miss a filter, and need other shapes.
        var quantizer = QuantizerChoice.Choose(Tables.Of(kind, rowCount, featureCount, 101), rowCount, row => row, s_options);
        Assert.Equal((hasAxes, hasColumns), (quantizer.ScoreStride > 0, quantizer.ChosenCount > 0));
        Assert.Equal(hasAxes, quantizer.WideCount > 0);
    }

    private static QuantizerBatch Encode(ContractiveQuantizer quantizer, SampleMatrix samples, int[] rows)
    {
        var batch = new QuantizerBatch(quantizer, samples);
        foreach (var row in rows)
            batch.Add(row);
        quantizer.Encode(batch);
        return batch;
    }

    private static (float[] Mean, double[] Centered) Center(SampleMatrix samples)
    {
        var rows = Enumerable.Range(0, (int)samples.RowCount).Select(row => samples.Row(row)).ToArray();
        var mean = Enumerable.Range(0, samples.FeatureCount).Select(column => (float)rows.Average(row => (double)row[column])).ToArray();
        return (mean, [.. rows.SelectMany(row => row.Select((value, column) => (double)value - mean[column]))]);
    }

    private static void AssertContraction(ContractiveQuantizer quantizer, SampleMatrix samples)
    {
        var rows = Enumerable.Range(0, 60).Select(i => (int)(i * samples.RowCount / 60)).ToArray();
        using var batch = Encode(quantizer, samples, rows);
        for (var i = 0; i < rows.Length; i++)
        {
            AssertSmall(batch.Head(i));
            AssertSmall(batch.Wide(i));
            AssertSmall(batch.Columns(i));
            for (var j = 0; j < i; j++)
            {
                var steps = ReferenceDistance.True(Metric.L2, samples.Row(rows[i]), samples.Row(rows[j])) / quantizer.Step;
                var heads = Distance(batch.Head(i), batch.Head(j)) - quantizer.SlackOf(quantizer.HeadCount);
                Assert.True(heads <= steps, $"rows {rows[i]} and {rows[j]}: {heads} steps by heads, {steps} in truth.");
                var wides = Distance(batch.Wide(i), batch.Wide(j)) - quantizer.SlackOf(quantizer.WideCount);
                Assert.True(wides <= steps, $"rows {rows[i]} and {rows[j]}: {wides} steps by wide codes, {steps} in truth.");
                var columns = Distance(batch.Columns(i), batch.Columns(j)) - quantizer.SlackOf(quantizer.ColumnCount);
                Assert.True(columns <= steps, $"rows {rows[i]} and {rows[j]}: {columns} steps by column codes, {steps} in truth.");
            }
        }
    }

    // Below 2^29 together, as the kernel's 32-bit sums need, and differences within 16 bits, as boxes need.
    private static void AssertSmall(ReadOnlySpan<short> codes)
    {
        var square = 0L;
        foreach (var code in codes)
        {
            Assert.InRange(code, -16_001, 16_001);
            square += code * code;
        }

        Assert.InRange(square, 0, (1L << 29) - 1);
    }

    private static double Distance(ReadOnlySpan<short> x, ReadOnlySpan<short> y)
    {
        var sum = 0L;
        for (var i = 0; i < x.Length; i++)
            sum += (long)(x[i] - y[i]) * (x[i] - y[i]);
        return Math.Sqrt(sum);
    }
}
