using Engine.Data;
using Engine.Numerics.Distances;
using Engine.Tests.Support;

namespace Engine.Tests.Numerics;

/// <summary>The distance of two rows that may stop at a limit, beside inaccessible pages.</summary>
public sealed class DistanceKernelLimitTests
{
    public static TheoryData<Metric> Metrics => [Metric.L1, Metric.SquaredL2];

    [Theory]
    [MemberData(nameof(Metrics))]
    public void ComputeOne_EveryLengthAndLimit_IsCanonicalUpToTheLimitAndAboveItBeyond(Metric metric)
    {
        foreach (var length in Enumerable.Range(1, 257).Concat([300, 511, 512, 513, 777, 1000]))
        {
            var (x, y) = PaddedRows(Tables.Normal(2, length, (ulong)length));
            var expected = ReferenceDistance.Canonical(metric, x, y);
            using GuardedBuffer<float> xEnding = GuardedMemory.EndingAtGuard<float>(x), yStarting = GuardedMemory.StartingAtGuard<float>(y);
            using GuardedBuffer<float> xStarting = GuardedMemory.StartingAtGuard<float>(x), yEnding = GuardedMemory.EndingAtGuard<float>(y);
            foreach (var limit in new[] { float.PositiveInfinity, float.MaxValue, expected, MathF.BitDecrement(expected), expected / 2, expected / 100, 0, -1 })
            {
                AssertUpTo(limit, expected, Compute(metric, xEnding.Span, yStarting.Span, limit));
                AssertUpTo(limit, expected, Compute(metric, xStarting.Span, yEnding.Span, limit));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void ComputeOne_FirstElementsComeToTheLimit_ReadsOn(Metric metric)
    {
        // Ones, so that every sum is exact and the limit is met, not passed, wherever the kernel looks.
        for (var first = 240; first <= 1040; first += 16)
        {
            foreach (var rest in new[] { 1, 16, 257 })
            {
                var (x, y) = PaddedRows(SampleMatrix.Create(2, first + rest));
                y.AsSpan(0, first).Fill(1);
                Assert.Equal(first, Compute(metric, x, y, first));
                y[first + rest - 1] = 3;
                Assert.True(Compute(metric, x, y, first) > first, $"{first} ones and a 3 come to no more than {first}.");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void ComputeOne_SumOverflows_IsInfiniteOrAboveTheLimit(Metric metric)
    {
        var samples = Tables.Of(DataKind.Huge, 2, 1000, 1);
        var (x, y) = PaddedRows(samples);
        Assert.Equal(float.PositiveInfinity, Compute(metric, x, y, float.PositiveInfinity));
        Assert.Equal(float.PositiveInfinity, Compute(metric, x, y, float.MaxValue));
        Assert.True(Compute(metric, x, y, 1) > 1);
    }

    [Theory]
    [InlineData(Metric.L1)]
    [InlineData(Metric.SquaredL2)]
    public void ComputeOne_EqualRowsAndLimitZero_IsZero(Metric metric)
    {
        var (x, _) = PaddedRows(Tables.Normal(2, 1000, 2));
        Assert.Equal(0, Compute(metric, x, x, 0));
    }

    private static void AssertUpTo(float limit, float expected, float actual)
    {
        if (expected <= limit)
            Assert.Equal(expected, actual);
        else
            Assert.True(actual > limit, $"{actual} is not above the limit {limit} though the distance is {expected}.");
    }

    private static (float[] X, float[] Y) PaddedRows(SampleMatrix samples)
    {
        var block = samples.ReadBlock(0, new float[samples.BlockScratchLength]);
        return (block.PaddedRow(0).ToArray(), block.PaddedRow(1).ToArray());
    }

    private static float Compute(Metric metric, Span<float> x, Span<float> y, float limit) => metric == Metric.L1
        ? DistanceKernel.ComputeOne<AbsoluteDifference>(ref x[0], ref y[0], (nuint)x.Length, limit)
        : DistanceKernel.ComputeOne<SquaredDifference>(ref x[0], ref y[0], (nuint)x.Length, limit);
}
