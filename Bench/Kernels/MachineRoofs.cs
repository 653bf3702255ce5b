using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Bench.Comparisons.Measurement;

namespace Bench.Kernels;

/// <summary>What one thread of this machine does at most, at the SIMD level of this process: measured when first asked for, once.</summary>
internal static class MachineRoofs
{
    private static readonly Lazy<double> s_bandwidth = new(static () => MemoryBandwidth.Measure(threads: 1));
    private static readonly Lazy<double> s_multiplyAdds = new(static () => ArithmeticPeak.MultiplyAdds<float>(threads: 1));
    private static readonly Lazy<double> s_doubleMultiplyAdds = new(static () => ArithmeticPeak.MultiplyAdds<double>(threads: 1));
    private static readonly Lazy<double> s_absoluteDifferences = new(static () => ArithmeticPeak.AbsoluteDifferences<float>(threads: 1));

    /// <summary>Gets the bytes read and written a second by a triad over arrays larger than the caches.</summary>
    public static double Bandwidth => s_bandwidth.Value;

    /// <summary>Gets whether the process has fused multiply-adds: what emulates them is no roof.</summary>
    public static bool HasArithmetic => Fma.IsSupported || AdvSimd.IsSupported;

    /// <summary>Gets operations a second; null for none, and where there is no roof.</summary>
    public static double? PeakOf(PeakOperation operation) => HasArithmetic
        ? operation switch
        {
            PeakOperation.MultiplyAdds => s_multiplyAdds.Value,
            PeakOperation.DoubleMultiplyAdds => s_doubleMultiplyAdds.Value,
            PeakOperation.AbsoluteDifferences => s_absoluteDifferences.Value,
            _ => null,
        }
        : null;
}
