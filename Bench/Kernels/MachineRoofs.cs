using Bench.Comparisons.Measurement;

namespace Bench.Kernels;

/// <summary>What this machine does at most, at the SIMD level of this process.</summary>
internal static class MachineRoofs
{
    private static readonly Lazy<double> s_bandwidth = new(static () => MemoryBandwidth.Measure(threads: 1));
    private static readonly Dictionary<PeakOperation, Lazy<double?>> s_peaks =
        Enum.GetValues<PeakOperation>().ToDictionary(static operation => operation, static operation => new Lazy<double?>(() => Measure(operation, threads: 1)));

    /// <summary>Gets the bytes read and written a second by a triad of one thread over arrays larger than the caches; measured when first asked for.</summary>
    public static double Bandwidth => s_bandwidth.Value;

    /// <summary>Gets operations a second of one thread, measured when first asked for; null for none, and where there is no roof.</summary>
    public static double? PeakOf(PeakOperation operation) => s_peaks[operation].Value;

    /// <summary>Measures operations a second.</summary>
    /// <param name="operation">Which.</param>
    /// <param name="threads">On how many threads.</param>
    /// <returns>Null for none, and where the process has no instruction for it.</returns>
    public static double? Measure(PeakOperation operation, int threads) => operation switch
    {
        PeakOperation.MultiplyAdds => ArithmeticPeak.MultiplyAdds<float>(threads),
        PeakOperation.DoubleMultiplyAdds => ArithmeticPeak.MultiplyAdds<double>(threads),
        PeakOperation.AbsoluteDifferences => ArithmeticPeak.AbsoluteDifferences<float>(threads),
        PeakOperation.ByteDifferences => ArithmeticPeak.ByteDifferences(threads),
        PeakOperation.PairProducts => ArithmeticPeak.PairProducts(threads),
        _ => null,
    };
}
