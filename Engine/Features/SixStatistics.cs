using Engine.Numerics;

namespace Engine.Features;

/// <summary>Minimum, maximum, mean, deviation, skewness and count of some values.</summary>
/// <remarks>
/// <para><b>Computes</b>: mean m = sum x / n; deviation = root of sum (x - m)² / n (ddof 0); skewness = third central moment / deviation³ (biased); each in
/// double, rounded once to float32. Mean and deviation add in numpy's order, so that what rounding leaves of a constant, 5.6e-17 perhaps, is numpy's too:
/// the benchmark's scaler blows it up to full size.</para>
/// <para>Values are constant when all are equal, or when the variance is at most (1e-15 m)², SciPy's rule; then the skewness is what the caller says.</para>
/// <para><b>Error</b>: moments of the deviations are corrected for the rounding of m, so that an offset costs the skewness nothing: within
/// 5e-14 (max - min) / deviation of the exact one. Below 1e-10 it is rounding, and 0.</para>
/// </remarks>
internal static class SixStatistics
{
    /// <summary>The number of statistics.</summary>
    public const int Count = 6;

    /// <summary>The magnitude below which a skewness is rounding.</summary>
    public const double SmallestSkewness = 1e-10;

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

        var first = PairwiseSum.Of(deviations) / values.Length;
        var second = PairwiseSum.Of(powers) / values.Length;
        for (var i = 0; i < values.Length; i++)
            powers[i] *= deviations[i];
        var third = PairwiseSum.Of(powers) / values.Length;

        destination[0] = (float)minimum;
        destination[1] = (float)maximum;
        destination[2] = (float)mean;
        destination[3] = (float)Math.Sqrt(second);
        destination[4] = minimum == maximum || IsRounding(second, mean) ? constantSkewness : Skewness(first, second, third, constantSkewness);
        destination[5] = values.Length;
    }

    private static bool IsRounding(double variance, double mean) => variance <= Resolution * mean * (Resolution * mean);

    private static float Skewness(double first, double second, double third, float constantSkewness)
    {
        var variance = second - (first * first);
        if (!(variance > 0))
            return constantSkewness;
        var skewness = (third - (3 * first * second) + (2 * first * first * first)) / (variance * Math.Sqrt(variance));
        return Math.Abs(skewness) < SmallestSkewness ? 0 : (float)skewness;
    }
}
