using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Engine.Numerics;

namespace Engine.Features;

/// <summary>The six statistics of any run of a series in constant time, with the bits of <see cref="SixStatistics"/>.</summary>
/// <remarks>
/// <para><b>Computes</b>, with a = sum d / n, b = sum d² / n, g = sum d³ / n of <see cref="PowerSums"/> and d = value - center: mean = center + a, variance v = b - a²,
/// third central moment = g - 3ab + 2a³. Each result comes with a bound on its distance to what <see cref="SixStatistics"/> computes.</para>
/// <para><b>Error</b>: none. A result is taken only if all numbers within the bound round to the same float32; else the run is summed anew.
/// Runs without a doubt are the rule: one in some thousand is summed anew, mostly symmetric ones of three or four values, whose skewness is nothing but
/// rounding; and all of a series with a deviation below 10^-8 of its values.</para>
/// <para>The bounds, with u = 2^-53, M the largest |d| of the run, L the largest of |minimum|, |maximum| and |center|, e = <see cref="PowerSums.Lost"/> x largest |d|^k, k the power:</para>
/// <code>
/// mean       here 20 u L + e1; numpy's tree of sums, at most 44 deep: 44 u L = m        together 64 u L + e1
/// variance   here 32 u b + e2 + 2|a| e1; numpy 48 u v + m²
/// third      here 128 u M b + e3 + 3|a| e2 + 9 b e1; numpy 3.1 m v + 50 u (max - min + m) v
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
        var lanes = Compute(Vector128.Create(first), end);
        WriteLane(0, first, end, lanes, destination);
    }

    /// <summary>Writes the statistics of four runs with the same end, one a lane.</summary>
    /// <param name="firsts">The first measurement of each run.</param>
    /// <param name="end">The end of all, above each first.</param>
    /// <param name="destination0">Six values or more, for the run of lane 0.</param>
    /// <param name="destination1">The same for lane 1.</param>
    /// <param name="destination2">The same for lane 2.</param>
    /// <param name="destination3">The same for lane 3.</param>
    public void Write(Vector128<int> firsts, int end, Span<float> destination0, Span<float> destination1, Span<float> destination2, Span<float> destination3)
    {
        var lanes = Compute(firsts, end);
        WriteLane(0, firsts[0], end, lanes, destination0);
        WriteLane(1, firsts[1], end, lanes, destination1);
        WriteLane(2, firsts[2], end, lanes, destination2);
        WriteLane(3, firsts[3], end, lanes, destination3);
    }

    /// <summary>Computes four runs and says of each whether it is certain.</summary>
    private LaneResults Compute(Vector128<int> firsts, int end)
    {
        const double U = Rounding.Unit;
        var (minimum0, maximum0) = _extremes.Of(firsts[0], end);
        var (minimum1, maximum1) = _extremes.Of(firsts[1], end);
        var (minimum2, maximum2) = _extremes.Of(firsts[2], end);
        var (minimum3, maximum3) = _extremes.Of(firsts[3], end);
        // Not through memory, where a vector would wait for four stores.
        var minimum = Vector256.Create(minimum0, minimum1, minimum2, minimum3);
        var maximum = Vector256.Create(maximum0, maximum1, maximum2, maximum3);
        var (a, b, g) = _sums.MeansOf(firsts, end);
        var center = Vector256.Create(_sums.Center);
        var spread = maximum - minimum;
        var largest = Vector256.Max(Vector256.Max(maximum, -minimum), Vector256.Abs(center));
        var largestDeviation = Vector256.Max(maximum - center, center - minimum);
        var magnitude = Vector256.Abs(a);
        var variance = b - (a * a);
        var deviation = Vector256.Sqrt(variance);
        // One division for all: of a run without variance everything below is infinite or NaN, and so uncertain.
        var perVariance = Vector256<double>.One / variance;
        var perCube = perVariance * (deviation * perVariance);
        var meanBound = NumpyMean * largest;

        var variancePart = ((32 * U * b) + Vector256.Create(_lost2) + (2 * _lost1 * magnitude) + (meanBound * meanBound)) * perVariance;
        var skewness = (g - (a * ((3 * b) - (2 * a * a)))) * perCube;
        var thirdBound = (128 * U * largestDeviation * b) + Vector256.Create(_lost3) + (3 * _lost2 * magnitude) + (9 * _lost1 * b)
            + (((4 * meanBound) + (100 * U * (spread + meanBound))) * variance);
        var skewnessBound = (thirdBound * perCube) + (Vector256.Abs(skewness) * ((2 * variancePart) + Vector256.Create(100 * U)));
        // Comparisons are false for NaN, which the root of a negative variance is.
        var certain = (Vector256.LessThan(variancePart, Vector256.Create(LargestRelativeBound))
            & Vector256.GreaterThan(deviation, 4 * SixStatistics.Resolution * largest)).ExtractMostSignificantBits();
        certain &= Rounding.Round(center + a, (Mean * largest) + Vector256.Create(_lost1), out var mean);
        certain &= Rounding.Round(deviation, deviation * (variancePart + Vector256.Create(64 * U)), out var roundedDeviation);
        certain &= Rounding.Round(skewness, skewnessBound, out var roundedSkewness);
        return new LaneResults(certain, minimum, maximum, mean, roundedDeviation, roundedSkewness);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void WriteLane(int lane, int first, int end, in LaneResults lanes, Span<float> destination)
    {
        var (minimum, maximum) = (lanes.Minimum[lane], lanes.Maximum[lane]);
        if ((lanes.Certain >> lane & 1) == 0)
        {
            if (minimum == maximum)
                WriteConstant(minimum, end - first, destination);
            else
                WriteAnew(first, end, destination);
            return;
        }

        destination[5] = end - first;
        destination[4] = lanes.Skewness[lane];
        destination[3] = lanes.Deviation[lane];
        destination[2] = lanes.Mean[lane];
        destination[1] = (float)maximum;
        destination[0] = (float)minimum;
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
        // The skewness of two values is never anything but rounding.
        if (end - first > 2)
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

    /// <summary>What was found of four runs; a bit a lane says whether it is certain.</summary>
    private readonly record struct LaneResults(
        uint Certain, Vector256<double> Minimum, Vector256<double> Maximum, Vector128<float> Mean, Vector128<float> Deviation, Vector128<float> Skewness);
}
