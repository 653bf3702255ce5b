namespace Bench.Kernels;

/// <summary>What a kernel does in one call at the least, whoever wrote it: the same for all forms of it, so that their rates compare.</summary>
/// <param name="Rows">Rows that it handles, or queries, or scores.</param>
/// <param name="Bytes">Bytes that it must read and write once.</param>
/// <param name="Operations">Operations on single numbers, of those that <paramref name="Peak"/> counts; 0 where it counts none.</param>
/// <param name="Peak">Which operations they are.</param>
internal sealed record KernelWork(long Rows, double Bytes, double Operations, PeakOperation Peak)
{
    /// <summary>Gets the operations for each byte: what decides which roof a kernel is under.</summary>
    public double Intensity => Operations / Bytes;

    /// <summary>Finds the share of what the machine could do at most: the time that memory or the arithmetic units need, whichever is more, beside the time taken.</summary>
    /// <param name="seconds">The time taken.</param>
    /// <param name="bandwidth">Bytes a second that memory gives at most.</param>
    /// <param name="peak">Operations a second at most; null where this is not known.</param>
    /// <returns>0 to about 1; above 1 where a kernel found a way to do less. Null where the work has operations and their peak is not known.</returns>
    public double? ShareOfRoof(double seconds, double bandwidth, double? peak)
    {
        if (Operations > 0 && peak is null)
            return null;
        var least = Math.Max(Bytes / bandwidth, Operations > 0 ? Operations / peak!.Value : 0);
        return least / seconds;
    }
}

/// <summary>The operations whose peak a kernel is held against.</summary>
internal enum PeakOperation
{
    /// <summary>None: moving numbers is all the work.</summary>
    None,

    /// <summary>Multiply-adds in float32.</summary>
    MultiplyAdds,

    /// <summary>Multiply-adds in double.</summary>
    DoubleMultiplyAdds,

    /// <summary>Absolute differences added up in float32.</summary>
    AbsoluteDifferences,

    /// <summary>Absolute differences of bytes, summed in eights: what codes of an L1 search are compared by.</summary>
    ByteDifferences,

    /// <summary>Products of 16-bit integers, summed in pairs: what codes of an L2 search are compared by.</summary>
    PairProducts,
}
