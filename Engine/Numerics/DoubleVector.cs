namespace Engine.Numerics;

/// <summary>Vectors as short as a model has coefficients, added in rising order.</summary>
internal static class DoubleVector
{
    /// <summary>Computes sum x[i] y[i].</summary>
    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
            sum += x[i] * y[i];
        return sum;
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
