namespace Bench.Comparisons.Cases;

/// <summary>The names of roofs, as bars spell them.</summary>
internal static class RoofName
{
    /// <summary>Fused multiply-adds in float32.</summary>
    public const string MultiplyAdds = "the multiply-add peak";

    /// <summary>Fused multiply-adds in double.</summary>
    public const string DoubleMultiplyAdds = "the multiply-add peak in double";

    /// <summary>Absolute differences added up in float32.</summary>
    public const string AbsoluteDifferences = "the peak of absolute differences";

    /// <summary>Bytes read and written by a loop over arrays much larger than all caches.</summary>
    public const string MemoryBandwidth = "memory bandwidth";
}
