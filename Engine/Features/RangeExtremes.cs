using System.Numerics;
using System.Numerics.Tensors;

namespace Engine.Features;

/// <summary>Minimum and maximum of any run of values in two look-ups.</summary>
/// <remarks>
/// <code>
/// level 0   v0 v1 v2 v3 v4 ...       level k holds the extreme of 2^k values from each place on;
/// level 1   v01 v12 v23 v34 ...      a run of n is covered by two of level log2(n), which may overlap
/// </code>
/// <para><b>Cost</b>: n log2(n) comparisons in vectors and 16 bytes each to prepare; memory is kept for the next series.</para>
/// </remarks>
internal sealed class RangeExtremes
{
    private double[] _minima = [];
    private double[] _maxima = [];
    private int _count;

    /// <summary>Prepares for a series.</summary>
    public void Begin(ReadOnlySpan<double> values)
    {
        _count = values.Length;
        var levelCount = _count == 0 ? 0 : BitOperations.Log2((uint)_count) + 1;
        if (_minima.Length < levelCount * _count)
            (_minima, _maxima) = (new double[levelCount * _count], new double[levelCount * _count]);
        values.CopyTo(_minima);
        values.CopyTo(_maxima);
        for (var level = 1; level < levelCount; level++)
        {
            var half = 1 << (level - 1);
            var (below, length) = ((level - 1) * _count, _count - (2 * half) + 1);
            TensorPrimitives.Min(_minima.AsSpan(below, length), _minima.AsSpan(below + half, length), _minima.AsSpan(level * _count, length));
            TensorPrimitives.Max(_maxima.AsSpan(below, length), _maxima.AsSpan(below + half, length), _maxima.AsSpan(level * _count, length));
        }
    }

    /// <summary>Returns the extremes of the values from <paramref name="first"/> to before <paramref name="end"/>, one at least.</summary>
    public (double Minimum, double Maximum) Of(int first, int end)
    {
        var level = BitOperations.Log2((uint)(end - first));
        var (left, right) = ((level * _count) + first, (level * _count) + end - (1 << level));
        return (Math.Min(_minima[left], _minima[right]), Math.Max(_maxima[left], _maxima[right]));
    }
}
