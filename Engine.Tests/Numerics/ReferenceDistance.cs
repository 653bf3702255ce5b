using Engine.Numerics.Distances;

namespace Engine.Tests.Numerics;

/// <summary>The canonical distance in its own three lines, and the true distance in double: the two oracles of every search.</summary>
internal static class ReferenceDistance
{
    public static float Canonical(Metric metric, ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        var sum = Sum(x, y, (a, b) => metric == Metric.L1 ? MathF.Abs(a - b) : (a - b) * (a - b));
        return metric == Metric.L2 ? MathF.Sqrt(sum) : sum;
    }

    /// <summary>Computes squared L2 of rows of any size: canonically where float32 holds it, else of rows times a power of two.</summary>
    public static double Wide(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        var smallest = (x.Length + 15) / 16 * 16 * MathF.Pow(2, -118);
        var canonical = Canonical(Metric.SquaredL2, x, y);
        if (canonical < smallest)
        {
            var scaled = Sum(x, y, (a, b) => (a - b) * MathF.Pow(2, 100) * ((a - b) * MathF.Pow(2, 100)));
            return Math.Min(scaled * Math.Pow(2, -200), MathF.BitDecrement(smallest));
        }

        if (float.IsFinite(canonical))
            return canonical;
        var small = MathF.Pow(2, -80);
        return Math.Max(Sum(x, y, (a, b) => ((a * small) - (b * small)) * ((a * small) - (b * small))) * Math.Pow(2, 160), Math.Pow(2, 128));
    }

    private static float Sum(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Func<float, float, float> term)
    {
        var lane = new float[16];
        for (var i = 0; i < x.Length; i++)
            lane[i % 16] += term(x[i], y[i]);
        for (var w = 8; w >= 1; w /= 2)
        {
            for (var j = 0; j < w; j++)
                lane[j] += lane[j + w];
        }

        return lane[0];
    }

    public static double True(Metric metric, ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
            sum += metric == Metric.L1 ? Math.Abs((double)x[i] - y[i]) : ((double)x[i] - y[i]) * ((double)x[i] - y[i]);
        return metric == Metric.L2 ? Math.Sqrt(sum) : sum;
    }
}
