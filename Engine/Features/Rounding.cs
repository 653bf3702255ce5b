namespace Engine.Features;

/// <summary>Decides whether a value known but for a bound has a certain float32.</summary>
internal static class Rounding
{
    /// <summary>The unit roundoff of a double, 2^-53.</summary>
    public const double Unit = 1.0 / (1L << 53);

    /// <summary>Rounds to float32 when every value within the bound rounds to the same, which is not 0.</summary>
    /// <param name="value">The value.</param>
    /// <param name="bound">How far off it may be, above 0.</param>
    /// <param name="rounded">The float32, certain only when true is returned.</param>
    public static bool TryRound(double value, double bound, out float rounded)
    {
        rounded = (float)(value - bound);
        return rounded == (float)(value + bound) && rounded != 0;
    }
}
