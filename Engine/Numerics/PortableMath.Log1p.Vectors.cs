using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Engine.Numerics;

/// <content>Four values at once, where all of them lie where the scalar functions take their main path: the same operations in the same order, so the same bits.</content>
public static partial class PortableMath
{
    /// <summary>Computes ln(1 + x) for x above 0, up to 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<double> Log1pOfOdds(Vector256<double> x)
    {
        var one = Vector256<double>.One;
        var isSmall = Vector256.LessThan(x, Vector256.Create(SquareRootOfTwo - 1));
        var sum = one + x;
        var isHalved = Vector256.GreaterThan(sum, Vector256.Create(SquareRootOfTwo));
        var f = Vector256.ConditionalSelect(isSmall, x, Vector256.ConditionalSelect(isHalved, sum * 0.5, sum) - one);
        var exponent = Vector256.ConditionalSelect(isSmall, Vector256<double>.Zero, isHalved & one);
        var correction = Vector256.ConditionalSelect(isSmall, Vector256<double>.Zero, (x - (sum - one)) / sum);

        var s = f / (Vector256.Create(2.0) + f);
        var halfSquare = f * 0.5 * f;
        var small = (s * (halfSquare + ArtanhSeries(s * s))) + ((exponent * LogTwoLow) + correction);
        return (exponent * LogTwoHigh) - (halfSquare - small - f);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> ArtanhSeries(Vector256<double> z)
    {
        var sum = Vector256.Create(2.0 / 23);
        sum = (sum * z) + Vector256.Create(2.0 / 21);
        sum = (sum * z) + Vector256.Create(2.0 / 19);
        sum = (sum * z) + Vector256.Create(2.0 / 17);
        sum = (sum * z) + Vector256.Create(2.0 / 15);
        sum = (sum * z) + Vector256.Create(2.0 / 13);
        sum = (sum * z) + Vector256.Create(2.0 / 11);
        sum = (sum * z) + Vector256.Create(2.0 / 9);
        sum = (sum * z) + Vector256.Create(2.0 / 7);
        sum = (sum * z) + Vector256.Create(2.0 / 5);
        sum = (sum * z) + Vector256.Create(2.0 / 3);
        return sum * z;
    }
}
