using Engine.Compute;
using Engine.Data;
using Engine.Numerics;
using Engine.Numerics.Distances;
using Engine.Resampling;
using Engine.Tests.Support;

namespace Engine.Tests.Resampling;

public sealed class InterpolatedRowsTests
{
    private const int RowCount = 90;
    private const int MadeCount = 600;

    [Fact]
    public void SyntheticRows_HalfwayBetweenParents_TakesTheMaskOfTheNeighbor()
    {
        var plan = ResamplingPlan.Extend(2, [new(0, 1, MathF.BitDecrement(.5f)), new(0, 1, .5f)], 1, ColumnSchema.Continuous(2).WithMasks(1));
        var made = plan.SyntheticRows(Tables.From([[0, 0], [8, 1]]));
        Assert.Equal([0, 1], [made.Row(0)[1], made.Row(1)[1]]);
        Assert.Equal(4, made.Row(1)[0]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(76)]
    [InlineData(96)]
    public void SyntheticRows_AnySourceReadInAnyWay_SameBits(int featureCount)
    {
        var owned = Tables.Normal(RowCount, featureCount, 81);
        var flat = Enumerable.Range(0, RowCount).SelectMany(row => owned.Row(row)).ToArray();
        var wrapped = SampleMatrix.Wrap(flat, RowCount, featureCount);
        var view = owned.SelectRows(Enumerable.Range(0, RowCount).Select(row => (long)row).ToArray());
        var plan = ResamplingPlan.Extend(RowCount, Draws(), 1);
        var expected = plan.Synthetic.ToArray().SelectMany(made => owned.Row(made.Row).Zip(owned.Row(made.Neighbor), (x, y) => x + (made.Factor * (y - x)))).ToArray();
        foreach (var samples in new[] { owned, wrapped, view })
        {
            var rows = plan.SyntheticRows(samples);
            Assert.Equal(expected, ReadInRuns(rows, MadeCount));
            Assert.Equal(expected, ReadInRuns(rows, 7));
            Assert.Equal(expected, ReadInRuns(rows.Copy(), 256));
            Assert.Equal(expected, Enumerable.Range(0, MadeCount).SelectMany(row => rows.Row(row)));
            Assert.Equal(expected, ReadInBlocks(rows));
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(16)]
    [InlineData(33)]
    public void SyntheticRows_AnotherBackend_GetsAllParentsAtOnceAndKeepsTheBits(int featureCount)
    {
        var samples = Tables.Normal(RowCount, featureCount, 81);
        var plan = ResamplingPlan.Extend(RowCount, Draws(), 1);
        var (expected, backend) = (plan.SyntheticRows(samples), new CountingBackend());
        var rows = plan.SyntheticRows(samples, new() { Backend = backend });
        Assert.Equal(ReadInRuns(expected, MadeCount), ReadInRuns(rows, MadeCount));
        Assert.Equal(1, backend.CallCount);
        Assert.Equal(ReadInBlocks(expected), ReadInBlocks(rows));
    }

    [Fact]
    public void CopyRows_DestinationLongerThanNeeded_WritesNothingBeyond()
    {
        var rows = ResamplingPlan.Extend(RowCount, Draws(), 1).SyntheticRows(Tables.Normal(RowCount, 17, 82));
        for (var count = 0; count <= 3; count++)
        {
            var destination = new float[100];
            Array.Fill(destination, 7f);
            rows.CopyRows(5, count, destination);
            Assert.All(destination[(17 * count)..], value => Assert.Equal(7f, value));
        }

        var row = new float[100];
        Array.Fill(row, 7f);
        rows.CopyRow(5, row);
        Assert.All(row[17..], value => Assert.Equal(7f, value));
    }

    [Fact]
    public void CopyRows_RowsOutsideOrShortDestination_NamesTheRange()
    {
        var rows = ResamplingPlan.Extend(RowCount, Draws(), 1).SyntheticRows(Tables.Normal(RowCount, 4, 82));
        Assert.Contains("0 to 598", Assert.Throws<ArgumentOutOfRangeException>(() => rows.CopyRows(599, 2, new float[8])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => rows.CopyRows(-1, 2, new float[8]));
        Assert.Throws<ArgumentOutOfRangeException>(() => rows.CopyRows(0, 601, new float[8]));
        Assert.Throws<ArgumentOutOfRangeException>(() => rows.CopyRows(0, -1, new float[8]));
        Assert.Contains("12 are needed", Assert.Throws<ArgumentException>(() => rows.CopyRows(0, 3, new float[11])).Message, StringComparison.Ordinal);
    }

    private static SyntheticRow[] Draws()
    {
        var draws = new RandomStream(83, 1);
        // Factors below 0 and above 1 as well, as gamma sampling has them.
        return [.. Enumerable.Range(0, MadeCount).Select(i => new SyntheticRow(
            (long)draws.Below((ulong)i, RowCount), (long)draws.Below((ulong)i + 10_000, RowCount), (float)draws.Normal((ulong)i + 20_000)))];
    }

    private static float[] ReadInRuns(SampleMatrix rows, int runLength)
    {
        var values = new float[MadeCount * rows.FeatureCount];
        for (var first = 0; first < MadeCount; first += runLength)
            rows.CopyRows(first, Math.Min(runLength, MadeCount - first), values.AsSpan(first * rows.FeatureCount));
        return values;
    }

    private static List<float> ReadInBlocks(SampleMatrix rows)
    {
        var (values, scratch) = (new List<float>(), new float[rows.BlockScratchLength]);
        for (var index = 0; index < rows.BlockCount; index++)
        {
            Array.Fill(scratch, float.NaN);
            var block = rows.ReadBlock(index, scratch);
            for (var row = 0; row < block.RowCount; row++)
            {
                values.AddRange(block.Row(row));
                foreach (var padding in block.PaddedRow(row)[block.FeatureCount..])
                    Assert.Equal(0, BitConverter.SingleToInt32Bits(padding));
            }
        }

        return values;
    }

    /// <summary>The processor, seen as if it were another device.</summary>
    private sealed class CountingBackend : IComputeBackend
    {
        public int CallCount { get; private set; }

        public string Name => "counting";

        public INeighborIndex IndexNeighbors(SampleMatrix reference, Metric metric, RowMask? rows, ComputeOptions options) => throw new NotSupportedException();

        public void Interpolate(ReadOnlySpan<float> rows, ReadOnlySpan<float> neighbors, ReadOnlySpan<float> factors, int stride, Span<float> destination)
        {
            CallCount++;
            SimdBackend.Instance.Interpolate(rows, neighbors, factors, stride, destination);
        }

        public IFitRows PrepareFit(FitRequest request, ComputeOptions options) => throw new NotSupportedException();
    }
}
