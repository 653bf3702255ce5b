using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Engine.Features;

/// <summary>Decides whether values known but for a bound have a certain float32.</summary>
internal static class Rounding
{
    /// <summary>The unit roundoff of a double, 2^-53.</summary>
    public const double Unit = 1.0 / (1L << 53);

    /// <summary>Rounds four values to float32.</summary>
    /// <param name="value">The values.</param>
    /// <param name="bound">How far off each may be, above 0.</param>
    /// <param name="rounded">Receives four float32.</param>
    /// <returns>A bit a lane: set when every value within the bound rounds to the same float32, which is not 0. Never for NaN.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Round(Vector256<double> value, Vector256<double> bound, out Vector128<float> rounded)
    {
        var ends = Vector256.Narrow(value - bound, value + bound);
        rounded = ends.GetLower();
        return (Vector128.Equals(rounded, ends.GetUpper()) & ~Vector128.Equals(rounded, Vector128<float>.Zero)).ExtractMostSignificantBits();
    }
}
