namespace Bench.Comparisons.Measurement;

/// <summary>How fast the engine worked, and how fast the machine could have at most.</summary>
/// <param name="Roof">One of <see cref="RoofName"/>.</param>
/// <param name="Rate">Units of work a second.</param>
/// <param name="Limit">The same units a second, measured in the same run.</param>
/// <param name="Unit">A billion units a second in words, such as "GB/s".</param>
internal readonly record struct RateUnderRoof(string Roof, double Rate, double Limit, string Unit);

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
