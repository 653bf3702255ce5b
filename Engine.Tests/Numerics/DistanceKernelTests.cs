using Engine.Data;
using Engine.Numerics.Distances;
using Engine.Tests.Support;

namespace Engine.Tests.Numerics;

public sealed class DistanceKernelTests
{
    public static TheoryData<Metric> Metrics => [Metric.L1, Metric.SquaredL2];

    [Theory]
    [MemberData(nameof(Metrics))]
    public void Compute_EveryLength_EqualsTheCanonicalThreeLines(Metric metric)
    {
        for (var length = 1; length <= 257; length++)
        {
            // Seven rows: one group of four, three single ones.
            var samples = Tables.Normal(8, length, seed: (ulong)length);
            var distances = Distances(metric, samples);
            for (var row = 0; row < distances.Length; row++)
            {
                Assert.Equal(ReferenceDistance.Canonical(metric, samples.Row(7), samples.Row(row)), distances[row]);
                var truth = ReferenceDistance.True(metric, samples.Row(7), samples.Row(row));
                Assert.InRange(distances[row], truth * (1 - Tolerance.CanonicalDistance(length)), truth * (1 + Tolerance.CanonicalDistance(length)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void Compute_ExtremeValues_EqualsTheCanonicalThreeLines(Metric metric)
    {
        float[] values = [0f, -0f, float.Epsilon, -float.Epsilon, 1e-30f, 1e6f, 1e6f + 1, -1e18f, 3e38f, 1f];
        var samples = SampleMatrix.Create(8, 33);
        for (var row = 0; row < 8; row++)
        {
            for (var column = 0; column < 33; column++)
                samples.GetWritableRow(row)[column] = values[((row * 7) + (column * 3)) % values.Length];
        }

        var distances = Distances(metric, samples);
        for (var row = 0; row < distances.Length; row++)
            Assert.Equal(ReferenceDistance.Canonical(metric, samples.Row(7), samples.Row(row)), distances[row]);
    }

    private static float[] Distances(Metric metric, SampleMatrix samples)
    {
        var block = samples.ReadBlock(0, new float[samples.BlockScratchLength]);
        var distances = new float[7];
        if (metric == Metric.L1)
            DistanceKernel.Compute<AbsoluteDifference>(block.PaddedRow(7), block.Values, block.Stride, distances);
        else
            DistanceKernel.Compute<SquaredDifference>(block.PaddedRow(7), block.Values, block.Stride, distances);
        return distances;
    }
}
