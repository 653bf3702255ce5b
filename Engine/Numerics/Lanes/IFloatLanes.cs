namespace Engine.Numerics.Lanes;

/// <summary>Sixteen float32 lanes, whatever registers hold them: element i of a row belongs to lane i mod 16.</summary>
/// <remarks>
/// <b>Determinism</b>: every implementation gives the same bits, because each lane adds its own terms in rising order, multiply and add are separate,
/// and <see cref="Sum"/> folds 16 -> 8 -> 4 -> 2 -> 1, lane j with lane j + width. That is why a kernel is written once, over this interface.
/// </remarks>
internal interface IFloatLanes<TSelf>
    where TSelf : struct, IFloatLanes<TSelf>
{
    /// <summary>Gets sixteen zeros.</summary>
    static abstract TSelf Zero { get; }

    /// <summary>Puts one value into every lane.</summary>
    static abstract TSelf Broadcast(float value);

    /// <summary>Loads sixteen consecutive values.</summary>
    static abstract TSelf Load(ref readonly float source);

    /// <summary>Stores sixteen consecutive values.</summary>
    static abstract void Store(TSelf lanes, ref float destination);

    /// <summary>Adds lane by lane.</summary>
    static abstract TSelf Add(TSelf left, TSelf right);

    /// <summary>Subtracts lane by lane.</summary>
    static abstract TSelf Subtract(TSelf left, TSelf right);

    /// <summary>Multiplies lane by lane.</summary>
    static abstract TSelf Multiply(TSelf left, TSelf right);

    /// <summary>Clears the sign of every lane.</summary>
    static abstract TSelf Abs(TSelf value);

    /// <summary>Folds sixteen lanes into one by the fixed tree.</summary>
    static abstract float Sum(TSelf lanes);
}
