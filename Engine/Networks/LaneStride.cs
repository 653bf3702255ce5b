namespace Engine.Networks;

/// <summary>Lengths of rows that are read a register of lanes at a time.</summary>
internal static unsafe class LaneStride<T>
    where T : unmanaged
{
    /// <summary>Gets the values in a register of lanes.</summary>
    public static int Lanes => 64 / sizeof(T);

    /// <summary>Returns how many registers hold so many values.</summary>
    public static int LanesOf(int count) => (count + Lanes - 1) / Lanes;

    /// <summary>Returns a length that is a multiple of the lanes.</summary>
    public static int Padded(int count) => LanesOf(count) * Lanes;

    /// <summary>Returns a distance of rows with room for so many values: an odd number of registers, so that the same column of successive rows does not fall on the same few lines of a cache.</summary>
    public static int Of(int count) => (LanesOf(count) | 1) * Lanes;
}
