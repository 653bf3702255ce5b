using Engine.Numerics.Distances;
using Engine.Tests.Support;

namespace Engine.Tests.Numerics;

/// <summary>The kernel beside inaccessible pages: one element too far ends the test run.</summary>
public sealed class DistanceKernelGuardTests
{
    // Two groups of four rows and three single ones.
    private const int RowCount = 11;

    [Theory]
    [InlineData(Metric.L1)]
    [InlineData(Metric.SquaredL2)]
    public void Compute_MemoryBetweenGuardPages_StaysInside(Metric metric)
    {
        for (var stride = 16; stride <= 272; stride += 16)
        {
            var samples = Tables.Normal(RowCount + 1, stride, (ulong)stride);
            var values = samples.ReadBlock(0, new float[samples.BlockScratchLength]).Values;
            var query = values[..stride];
            var rows = values[stride..];
            for (var rowCount = 0; rowCount <= RowCount; rowCount++)
            {
                var used = rows[..(rowCount * stride)];
                using GuardedBuffer<float> queryEnding = GuardedMemory.EndingAtGuard(query), queryStarting = GuardedMemory.StartingAtGuard(query);
                using GuardedBuffer<float> rowsEnding = GuardedMemory.EndingAtGuard(used), rowsStarting = GuardedMemory.StartingAtGuard(used);
                using GuardedBuffer<float> ending = GuardedMemory.EndingAtGuard<float>(rowCount), starting = GuardedMemory.StartingAtGuard<float>(rowCount);
                Compute(metric, queryEnding.Span, rowsEnding.Span, stride, ending.Span);
                Compute(metric, queryStarting.Span, rowsStarting.Span, stride, starting.Span);
                for (var row = 0; row < rowCount; row++)
                {
                    var expected = ReferenceDistance.Canonical(metric, query, rows.Slice(row * stride, stride));
                    Assert.Equal((expected, expected), (ending.Span[row], starting.Span[row]));
                }
            }
        }
    }

    private static void Compute(Metric metric, ReadOnlySpan<float> query, ReadOnlySpan<float> rows, int stride, Span<float> distances)
    {
        if (metric == Metric.L1)
            DistanceKernel.Compute<AbsoluteDifference>(query, rows, stride, distances);
        else
            DistanceKernel.Compute<SquaredDifference>(query, rows, stride, distances);
    }
}
