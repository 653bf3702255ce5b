namespace Engine.Numerics;

/// <summary>One element between two: row + factor x (neighbor - row), in float32, for finite numbers of any size.</summary>
/// <remarks>
/// Where that overflows, halves are interpolated: 2 x (row / 2 + factor x (neighbor / 2 - row / 2)), limited to the two elements when the factor is 0 to 1, and to finite numbers when it is not.
/// A backend computes these operations in this order, each rounded once.
/// </remarks>
internal static class Interpolation
{
    /// <summary>Interpolates.</summary>
    /// <param name="row">Where to begin.</param>
    /// <param name="neighbor">Where a factor of 1 ends.</param>
    /// <param name="factor">How far to go; outside 0 to 1 beyond the two.</param>
    /// <returns>A finite number; what IEEE 754 makes of it where one of the three is not finite.</returns>
    public static float Of(float row, float neighbor, float factor)
    {
        var made = row + (factor * (neighbor - row));
        if (float.IsFinite(made) || !float.IsFinite(row) || !float.IsFinite(neighbor) || !float.IsFinite(factor))
            return made;
        var start = 0.5f * row;
        made = 2 * (start + (factor * ((0.5f * neighbor) - start)));
        var isBetween = factor is >= 0 and <= 1;
        var (low, high) = isBetween ? (Math.Min(row, neighbor), Math.Max(row, neighbor)) : (float.MinValue, float.MaxValue);
        return made < low ? low : made > high ? high : made;
    }
}
