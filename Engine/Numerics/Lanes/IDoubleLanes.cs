namespace Engine.Numerics.Lanes;

/// <summary>Eight float64 lanes, whatever registers hold them: element i belongs to lane i mod 8.</summary>
/// <remarks><b>Determinism</b>: as <see cref="IFloatLanes{TSelf}"/>, with the tree 8 -> 4 -> 2 -> 1.</remarks>
internal interface IDoubleLanes<TSelf>
    where TSelf : struct, IDoubleLanes<TSelf>
{
    /// <summary>Gets eight zeros.</summary>
    static abstract TSelf Zero { get; }

    /// <summary>Puts one value into every lane.</summary>
    static abstract TSelf Broadcast(double value);

    /// <summary>Loads eight consecutive values.</summary>
    static abstract TSelf Load(ref readonly double source);

    /// <summary>Stores eight consecutive values.</summary>
    static abstract void Store(TSelf lanes, ref double destination);

    /// <summary>Adds lane by lane.</summary>
    static abstract TSelf Add(TSelf left, TSelf right);

    /// <summary>Multiplies lane by lane.</summary>
    static abstract TSelf Multiply(TSelf left, TSelf right);

    /// <summary>Folds eight lanes into one by the fixed tree.</summary>
    static abstract double Sum(TSelf lanes);
}
