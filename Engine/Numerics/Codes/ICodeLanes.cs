namespace Engine.Numerics.Codes;

/// <summary>A register of lanes, each a sum or the packed codes of one row: a pair of 16-bit codes in 32 bits, or eight byte codes in 64.</summary>
/// <remarks>Integer arithmetic is exact: every width gives the same numbers, so a kernel is written once, over this interface.</remarks>
internal interface ICodeLanes<TSelf, T>
    where TSelf : struct, ICodeLanes<TSelf, T>
    where T : unmanaged
{
    /// <summary>Gets the number of lanes.</summary>
    static abstract int Count { get; }

    /// <summary>Puts one value into every lane.</summary>
    static abstract TSelf Broadcast(T value);

    /// <summary>Loads consecutive lanes.</summary>
    static abstract unsafe TSelf Load(T* source);

    /// <summary>Adds lane by lane.</summary>
    static abstract TSelf Add(TSelf left, TSelf right);

    /// <summary>Computes what the packed codes of each lane add to a comparison: the dot product of pairs, the sum of absolute differences of bytes.</summary>
    static abstract TSelf Term(TSelf left, TSelf right);

    /// <summary>Computes what the gap between the packed codes of each lane and a box adds to their distance: its square for pairs, itself for bytes.</summary>
    static abstract TSelf GapTerm(TSelf value, TSelf low, TSelf high);

    /// <summary>Gets the sign of every lane, lane 0 in bit 0.</summary>
    static abstract uint Signs(TSelf value);
}
