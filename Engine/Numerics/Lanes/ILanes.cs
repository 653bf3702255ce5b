namespace Engine.Numerics.Lanes;

/// <summary>Sixty-four bytes of numbers, whatever registers hold them: sixteen float32 lanes or eight float64 lanes. Element i of a row belongs to lane i mod count.</summary>
/// <remarks>
/// <b>Determinism</b>: every implementation gives the same bits, because each lane adds its own terms in rising order, multiply and add are separate unless a kernel asks for <see cref="IArithmetic{TSelf, T}.MultiplyAdd"/>,
/// and <see cref="Sum"/> folds 16 -> 8 -> 4 -> 2 -> 1, lane j with lane j + width. That is why a kernel is written once, over this interface.
/// </remarks>
internal interface ILanes<TSelf, T> : IArithmetic<TSelf, T>
    where TSelf : struct, ILanes<TSelf, T>
{
    /// <summary>Loads consecutive values.</summary>
    static abstract TSelf Load(ref readonly T source);

    /// <summary>Loads consecutive float32 values; lanes of float64 hold them exactly.</summary>
    static abstract TSelf LoadSingles(ref readonly float source);

    /// <summary>Loads consecutive float32 values of which some count; those behind them are read, and are zeros here whatever they are.</summary>
    /// <param name="source">As many values as there are lanes.</param>
    /// <param name="count">How many count; none where it is below 1.</param>
    static abstract TSelf LoadSingles(ref readonly float source, int count);

    /// <summary>Stores consecutive values.</summary>
    static abstract void Store(TSelf lanes, ref T destination);

    /// <summary>Stores consecutive float32 values; lanes of float64 are rounded to the nearest.</summary>
    static abstract void StoreSingles(TSelf lanes, ref float destination);

    /// <summary>Computes left x right - rest lane by lane, rounded once like <see cref="IArithmetic{TSelf, T}.MultiplyAdd"/>.</summary>
    static abstract TSelf MultiplySubtract(TSelf left, TSelf right, TSelf rest);

    /// <summary>Takes the square root lane by lane, correctly rounded.</summary>
    static abstract TSelf Sqrt(TSelf value);

    /// <summary>Returns whether every lane is at most a limit; false where one is NaN.</summary>
    static abstract bool AreAtMost(TSelf value, T limit);

    /// <summary>Folds all lanes into one by the fixed tree.</summary>
    static abstract T Sum(TSelf lanes);
}
