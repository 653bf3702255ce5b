using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Engine.Features;

/// <summary>Sums of d, d² and d³ over any run of a series, d = value - center, as differences of two running sums.</summary>
/// <remarks>
/// <code>
/// place i, eight doubles:  | sum d | sum d² | sum d³ | 0 | lost of d | lost of d² | lost of d³ | 0 |      over the values before i
/// </code>
/// <para><b>Computes</b>: every running sum keeps what its roundings lost (Knuth's two-sum), so that the difference of two loses nothing to what came before.</para>
/// <para><b>Error</b>: with u = 2^-53, of a run: u sum |d|, 3 u sum d², 5 u sum |d|³ from the powers, 2 u of the result, and
/// <see cref="Lost"/> times the largest |d| of the series to the power; 2 u more of the mean.</para>
/// <para><b>Source</b>: Ogita, Rump, Oishi, Accurate sum and dot product, SIAM J. Sci. Comput. 26 (2005), algorithm 4.4 (Sum2).</para>
/// </remarks>
internal sealed class PowerSums
{
    private const int Place = 8;

    private double[] _sums = [];

    /// <summary>Gets what is subtracted: a value of the series amid the others.</summary>
    public double Center { get; private set; }

    /// <summary>Gets the largest |d| of the series.</summary>
    public double LargestDeviation { get; private set; }

    /// <summary>Gets the share of n largest |d|^k by which a sum of k-th powers can be wrong for what the running sums could not keep.</summary>
    public double Lost { get; private set; }

    /// <summary>Prepares for a series.</summary>
    /// <param name="values">One value at least.</param>
    public void Begin(ReadOnlySpan<double> values)
    {
        var needed = (values.Length + 1) * Place;
        if (_sums.Length < needed)
            _sums = new double[needed + (needed / 2)];
        Center = Middle(values);
        var n = (double)values.Length;
        // Two running sums, each n² u² sum |d|^k off, sum |d|^k <= n largest |d|^k, and the rounding of the difference of what they lost: 3 n u² sum |d|^k.
        Lost = 5 * n * n * n * Rounding.Unit * Rounding.Unit;
        LargestDeviation = 0;
        ref var sums = ref MemoryMarshal.GetArrayDataReference(_sums);
        Vector256<double> sum = default, lost = default;
        sum.StoreUnsafe(ref sums);
        lost.StoreUnsafe(ref sums, Place / 2);
        for (var i = 0; i < values.Length; i++)
        {
            var d = values[i] - Center;
            LargestDeviation = Math.Max(LargestDeviation, Math.Abs(d));
            var term = Vector256.Create(d, d * d, d * d * d, 0);
            var next = sum + term;
            var kept = next - sum;
            lost += (sum - (next - kept)) + (term - kept);
            sum = next;
            sum.StoreUnsafe(ref sums, (nuint)((i + 1) * Place));
            lost.StoreUnsafe(ref sums, (nuint)(((i + 1) * Place) + (Place / 2)));
        }
    }

    /// <summary>Returns the means of the first three powers over four runs with the same end, one a lane.</summary>
    /// <param name="firsts">The first place of each run.</param>
    /// <param name="end">The end of all, above each first.</param>
    /// <returns>Sum d / n, sum d² / n, sum d³ / n.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (Vector256<double> First, Vector256<double> Second, Vector256<double> Third) MeansOf(Vector128<int> firsts, int end)
    {
        ref var sums = ref MemoryMarshal.GetArrayDataReference(_sums);
        var (sum, lost) = (Vector256.LoadUnsafe(ref sums, (nuint)(end * Place)), Vector256.LoadUnsafe(ref sums, (nuint)((end * Place) + (Place / 2))));
        var lane0 = SumFrom(ref sums, firsts[0], sum, lost);
        var lane1 = SumFrom(ref sums, firsts[1], sum, lost);
        var lane2 = SumFrom(ref sums, firsts[2], sum, lost);
        var lane3 = SumFrom(ref sums, firsts[3], sum, lost);
        var (count0, count1) = Vector128.Widen(Vector128.Create(end) - firsts);
        var perCount = Vector256<double>.One / Vector256.ConvertToDouble(Vector256.Create(count0, count1));
        return (
            Vector256.Create(lane0[0], lane1[0], lane2[0], lane3[0]) * perCount,
            Vector256.Create(lane0[1], lane1[1], lane2[1], lane3[1]) * perCount,
            Vector256.Create(lane0[2], lane1[2], lane2[2], lane3[2]) * perCount);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> SumFrom(ref double sums, int first, Vector256<double> sum, Vector256<double> lost) =>
        (sum - Vector256.LoadUnsafe(ref sums, (nuint)(first * Place))) + (lost - Vector256.LoadUnsafe(ref sums, (nuint)((first * Place) + (Place / 2))));

    // Of five values spread over the series, the median: no outlier, and cheap. No result depends on it.
    private static double Middle(ReadOnlySpan<double> values)
    {
        var last = values.Length - 1;
        Span<double> five = [values[0], values[last / 4], values[last / 2], values[last - (last / 4)], values[last]];
        five.Sort();
        return five[2];
    }
}
