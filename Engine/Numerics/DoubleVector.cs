namespace Engine.Numerics;

/// <summary>Vectors as short as a model has coefficients; the order of every addition is fixed.</summary>
internal static class DoubleVector
{
    /// <summary>Computes sum x[i] y[i] over the length of x, as four sums of every fourth term.</summary>
    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        y = y[..x.Length];
        var (sum0, sum1, sum2, sum3) = (0.0, 0.0, 0.0, 0.0);
        var i = 0;
        for (; i <= x.Length - 4; i += 4)
        {
            sum0 += x[i] * y[i];
            sum1 += x[i + 1] * y[i + 1];
            sum2 += x[i + 2] * y[i + 2];
            sum3 += x[i + 3] * y[i + 3];
        }

        for (; i < x.Length; i++)
            sum0 += x[i] * y[i];
        return (sum0 + sum1) + (sum2 + sum3);
    }

    /// <summary>Computes x[i] - y[i].</summary>
    public static double[] Difference(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var difference = new double[x.Length];
        for (var i = 0; i < difference.Length; i++)
            difference[i] = x[i] - y[i];
        return difference;
    }

    /// <summary>Adds a multiple of a vector: x[i] += factor y[i].</summary>
    public static void AddScaled(Span<double> x, double factor, ReadOnlySpan<double> y)
    {
        for (var i = 0; i < x.Length; i++)
            x[i] += factor * y[i];
    }
}
