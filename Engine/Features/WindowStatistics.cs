using System.Numerics;
using Engine.Numerics;

namespace Engine.Features;

/// <summary>The six statistics of any run of a series in constant time, with the bits of <see cref="SixStatistics"/>.</summary>
/// <remarks>
/// <para><b>Computes</b>, with a = sum d / n, b = sum d² / n, g = sum d³ / n of <see cref="PowerSums"/> and d = value - center: mean = center + a, variance v = b - a²,
/// third central moment = g - 3ab + 2a³. Each result comes with a bound on its distance to what <see cref="SixStatistics"/> computes.</para>
/// <para><b>Error</b>: none. A result is taken only if all numbers within the bound round to the same float32; else the run is summed anew.
/// Runs without a doubt are the rule: one in some ten thousand is summed anew, more where values lie 10^6 deviations from the center.</para>
/// <para>The bounds, with u = 2^-53, M the largest |d| of the run, L the largest of |minimum|, |maximum| and |center|, e = <see cref="PowerSums.Lost"/> x largest |d|^k, k the power:</para>
/// <code>
/// mean       here 18 u L + e1; numpy's tree of sums, at most 44 deep: 44 u L = m        together 64 u L + e1
/// variance   here 17 u b + e2 + 2|a| e1; numpy 48 u v + m²                              together 32 u b + e2 + 2|a| e1 + 64 u v + m²
/// third      here 70 u M b + e3 + 3|a| e2 + 9 b e1; SixStatistics 350 u (max - min + m) v
/// </code>
/// </remarks>
internal sealed class WindowStatistics
{
    private const double NumpyMean = 44 * Rounding.Unit;
    private const double Mean = 64 * Rounding.Unit;
    private const double LargestRelativeBound = 0.1;

    private readonly PowerSums _sums = new();
    private readonly RangeExtremes _extremes = new();
    private readonly float _constantSkewness;
    private MeasurementSeries _series = new();
    private double[] _scratch = [];
    private double _lost1;
    private double _lost2;
    private double _lost3;

    /// <summary>Creates an object that serves one series after another.</summary>
    /// <param name="constantSkewness">The skewness of constant values.</param>
    public WindowStatistics(float constantSkewness) => _constantSkewness = constantSkewness;

    /// <summary>Gets how many runs were in doubt and summed anew, for tests and benchmarks.</summary>
    public long DoubtCount { get; private set; }

    /// <summary>Prepares for a series.</summary>
    /// <param name="series">One measurement at least; not changed until the next series begins.</param>
    public void Begin(MeasurementSeries series)
    {
        _series = series;
        _sums.Begin(series.Values);
        _extremes.Begin(series.Values);
        _lost1 = _sums.Lost * _sums.LargestDeviation;
        _lost2 = _lost1 * _sums.LargestDeviation;
        _lost3 = _lost2 * _sums.LargestDeviation;
    }

    /// <summary>Writes the statistics of the measurements from <paramref name="first"/> to before <paramref name="end"/>, one at least.</summary>
    public void Write(int first, int end, Span<float> destination)
    {
        var (minimum, maximum) = _extremes.Of(first, end);
        if (minimum == maximum)
        {
            WriteConstant(minimum, end - first, destination);
            return;
        }

        if (!TryWriteMoments(first, end, minimum, maximum, destination))
        {
            WriteAnew(first, end, destination);
            return;
        }

        destination[0] = (float)minimum;
        destination[1] = (float)maximum;
        destination[5] = end - first;
    }

    private bool TryWriteMoments(int first, int end, double minimum, double maximum, Span<float> destination)
    {
        const double U = Rounding.Unit;
        var means = _sums.Of(first, end) / (end - first);
        var (a, b, g) = (means[0], means[1], means[2]);
        var center = _sums.Center;
        var spread = maximum - minimum;
        var largest = Math.Max(Math.Max(maximum, -minimum), Math.Abs(center));
        var largestDeviation = Math.Max(maximum - center, center - minimum);
        var variance = b - (a * a);
        var deviation = Math.Sqrt(variance);
        var meanBound = NumpyMean * largest;

        var variancePart = ((32 * U * b) + _lost2 + (2 * Math.Abs(a) * _lost1) + (meanBound * meanBound)) / variance;
        // Not true for NaN either, which the root of a negative variance is.
        if (!(variancePart < LargestRelativeBound) || !(deviation > 4 * SixStatistics.Resolution * largest))
            return false;

        var skewness = (g - (a * ((3 * b) - (2 * a * a)))) / (variance * deviation);
        var thirdBound = (100 * U * largestDeviation * b) + _lost3 + (3 * Math.Abs(a) * _lost2) + (9 * b * _lost1) + (400 * U * (spread + meanBound) * variance);
        var skewnessBound = (thirdBound / (variance * deviation)) + (Math.Abs(skewness) * ((2 * variancePart) + (100 * U)));
        return Rounding.TryRound(center + a, (Mean * largest) + _lost1, out destination[2])
            && Rounding.TryRound(deviation, deviation * (variancePart + (64 * U)), out destination[3])
            && TryRoundSkewness(skewness, skewnessBound, out destination[4]);
    }

    private static bool TryRoundSkewness(double skewness, double bound, out float rounded)
    {
        if (Math.Abs(skewness) + bound < SixStatistics.SmallestSkewness)
        {
            rounded = 0;
            return true;
        }

        return Rounding.TryRound(skewness, bound, out rounded) && Math.Abs(skewness) - bound > SixStatistics.SmallestSkewness;
    }

    private void WriteConstant(double value, int count, Span<float> destination)
    {
        var (mean, variance) = (value, 0.0);
        // With as many zeros at the end of its significand, every sum of copies is exact, and so is the mean.
        if (count > 1L << TrailingZeros(value))
        {
            mean = PairwiseSum.OfCopies(value, count) / count;
            var difference = value - mean;
            variance = PairwiseSum.OfCopies(difference * difference, count) / count;
        }

        destination[0] = (float)value;
        destination[1] = (float)value;
        destination[2] = (float)mean;
        destination[3] = (float)Math.Sqrt(variance);
        destination[4] = _constantSkewness;
        destination[5] = count;
    }

    private void WriteAnew(int first, int end, Span<float> destination)
    {
        DoubtCount++;
        var needed = 2 * (end - first);
        if (_scratch.Length < needed)
            _scratch = new double[2 * needed];
        SixStatistics.Write(_series.Values[first..end], _constantSkewness, _scratch, destination);
    }

    private static int TrailingZeros(double value)
    {
        const int SignificandBits = 52;
        return Math.Min(SignificandBits, BitOperations.TrailingZeroCount(BitConverter.DoubleToInt64Bits(value)));
    }
}
