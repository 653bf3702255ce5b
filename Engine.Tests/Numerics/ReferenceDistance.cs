using Engine.Numerics.Distances;

namespace Engine.Tests.Numerics;

/// <summary>The canonical distance in its own three lines, and the true distance in double: the two oracles of every search.</summary>
internal static class ReferenceDistance
{
    public static float Canonical(Metric metric, ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        var lane = new float[16];
        for (var i = 0; i < x.Length; i++)
            lane[i % 16] += metric == Metric.L1 ? MathF.Abs(x[i] - y[i]) : (x[i] - y[i]) * (x[i] - y[i]);
        for (var w = 8; w >= 1; w /= 2)
        {
            for (var j = 0; j < w; j++)
                lane[j] += lane[j + w];
        }

        return metric == Metric.L2 ? MathF.Sqrt(lane[0]) : lane[0];
    }

    public static double True(Metric metric, ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
            sum += metric == Metric.L1 ? Math.Abs((double)x[i] - y[i]) : ((double)x[i] - y[i]) * ((double)x[i] - y[i]);
        return metric == Metric.L2 ? Math.Sqrt(sum) : sum;
    }
}
