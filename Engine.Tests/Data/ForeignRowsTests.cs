using System.Runtime.InteropServices;
using Engine.Data;
using Engine.Neighbors;
using Engine.Numerics.Distances;
using Engine.Tests.Support;

namespace Engine.Tests.Data;

public sealed unsafe class ForeignRowsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 7)]
    [InlineData(7, 9)]
    [InlineData(16, 16)]
    [InlineData(16, 40)]
    [InlineData(33, 48)]
    public void Blocks_AtAnyStride_HoldTheRowsAndReadNothingBeyond(int featureCount, int stride)
    {
        const int RowCount = 600;
        // What lies between rows is spoiled, and after the last value there is no memory.
        using var memory = GuardedMemory.EndingAtGuard<float>(((RowCount - 1) * stride) + featureCount);
        memory.Span.Fill(float.NaN);
        var expected = Tables.Normal(RowCount, featureCount, seed: 3);
        for (var row = 0; row < RowCount; row++)
            expected.Row(row).CopyTo(memory.Span[(row * stride)..]);

        using var samples = SampleMatrix.Wrap(memory.Pointer, RowCount, featureCount, stride);

        samples.EnsureFinite("samples");
        for (var row = 0; row < RowCount; row++)
            Assert.Equal(expected.Row(row), samples.Row(row));
        var (scratch, expectedScratch) = (new float[samples.BlockScratchLength], new float[samples.BlockScratchLength]);
        for (var block = 0; block < samples.BlockCount; block++)
            Assert.Equal(expected.ReadBlock(block, expectedScratch).Values, samples.ReadBlock(block, scratch).Values);
        using var search = NearestNeighbors.Build(samples, Metric.L2);
        using var other = NearestNeighbors.Build(expected, Metric.L2);
        Assert.Equal(other.SearchSelf(3).Distances, search.SearchSelf(3).Distances);
    }

    [Fact]
    public void Search_DestinationBetweenRows_IsAllowedAndInThemIsNot()
    {
        var memory = new float[40 * 16];
        fixed (float* start = memory)
        {
            using var samples = SampleMatrix.Wrap(start, 40, 4, 16);
            Assert.False(samples.Overlaps(MemoryMarshal.AsBytes(memory.AsSpan(20, 12))));
            Assert.True(samples.Overlaps(MemoryMarshal.AsBytes(memory.AsSpan(20, 13))));
            Assert.False(samples.Overlaps(MemoryMarshal.AsBytes(memory.AsSpan(628))));
            Assert.False(samples.Overlaps([]));
        }
    }

    [Fact]
    public void Wrap_RowsThatOverlap_Throws()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => SampleMatrix.Wrap(null, 3, 4, 3));
        Assert.Contains("rowStride is 3; allowed is 4", error.Message, StringComparison.Ordinal);
    }
}
