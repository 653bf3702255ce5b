using Engine.Numerics;

namespace Engine.Features;

/// <summary>Minimum, maximum, mean, deviation, skewness and count of some values.</summary>
/// <remarks>
/// <para><b>Computes</b>: mean m = sum x / n; deviation = root of sum (x - m)² / n (ddof 0); skewness = sum (x - m)³ / n / deviation³ (biased); each in double,
/// rounded once to float32. Sums are added in numpy's order, so that what rounding leaves of an exact 0 is what it leaves there: a deviation of 5.6e-17 of a
/// constant, a skewness of 7.7e-14 of two values. The benchmark's scaler blows up a column of such to full size, and its predictions depend on them.</para>
/// <para>Values are constant when all are equal, or when the variance is at most (1e-15 m)², SciPy's rule; then the skewness is what the caller says.</para>
/// <para><b>Error</b>: with u = 2^-53 and L the largest |x|, m is within 44 u L, and the skewness within 132 u L / deviation and some u.</para>
/// <para><b>Source</b>: numpy.mean, numpy.std, scipy.stats.skew of SciPy 1.10.</para>
/// </remarks>
internal static class SixStatistics
{
    /// <summary>The number of statistics.</summary>
    public const int Count = 6;

    /// <summary>SciPy's resolution of a double: a deviation of this share of the mean is rounding.</summary>
    public const double Resolution = 1e-15;

    /// <summary>Gets the names, in the order in which features are written.</summary>
    public static IReadOnlyList<string> Names { get; } = ["min", "max", "mean", "std", "skew", "len"];

    /// <summary>Writes the six statistics; six NaN where there are no values.</summary>
    /// <param name="values">n finite values within the range of float32.</param>
    /// <param name="constantSkewness">The skewness of constant values.</param>
    /// <param name="scratch">2 n values or more.</param>
    /// <param name="destination">Six values or more.</param>
    public static void Write(ReadOnlySpan<double> values, float constantSkewness, Span<double> scratch, Span<float> destination)
    {
        if (values.IsEmpty)
        {
            destination[..Count].Fill(float.NaN);
            return;
        }

        var (minimum, maximum) = (values[0], values[0]);
        foreach (var value in values)
            (minimum, maximum) = (Math.Min(minimum, value), Math.Max(maximum, value));

        var deviations = scratch[..values.Length];
        var powers = scratch.Slice(values.Length, values.Length);
        var mean = PairwiseSum.Of(values) / values.Length;
        for (var i = 0; i < values.Length; i++)
        {
            deviations[i] = values[i] - mean;
            powers[i] = deviations[i] * deviations[i];
        }

        var second = PairwiseSum.Of(powers) / values.Length;
        for (var i = 0; i < values.Length; i++)
            powers[i] *= deviations[i];
        var third = PairwiseSum.Of(powers) / values.Length;

        destination[0] = (float)minimum;
        destination[1] = (float)maximum;
        destination[2] = (float)mean;
        destination[3] = (float)Math.Sqrt(second);
        destination[4] = minimum == maximum || IsRounding(second, mean) ? constantSkewness : (float)(third / (second * Math.Sqrt(second)));
        destination[5] = values.Length;
    }

    private static bool IsRounding(double variance, double mean) => variance <= Resolution * mean * (Resolution * mean);
}
