namespace Engine.Numerics.Lanes;

/// <summary>What a formula is made of, whether the lanes of a register compute it or a thread of a device, which is one lane: the same bits everywhere, because each operation is rounded once, as IEEE 754 says.</summary>
internal interface IArithmetic<TSelf, T>
    where TSelf : struct, IArithmetic<TSelf, T>
{
    /// <summary>Gets zeros.</summary>
    static abstract TSelf Zero { get; }

    /// <summary>Puts one value into every lane.</summary>
    static abstract TSelf Broadcast(T value);

    /// <summary>Adds lane by lane.</summary>
    static abstract TSelf Add(TSelf left, TSelf right);

    /// <summary>Subtracts lane by lane.</summary>
    static abstract TSelf Subtract(TSelf left, TSelf right);

    /// <summary>Multiplies lane by lane.</summary>
    static abstract TSelf Multiply(TSelf left, TSelf right);

    /// <summary>Computes left x right + sum lane by lane, rounded once: the fused operation of IEEE 754, emulated where the machine has none.</summary>
    static abstract TSelf MultiplyAdd(TSelf left, TSelf right, TSelf sum);

    /// <summary>Divides lane by lane.</summary>
    static abstract TSelf Divide(TSelf left, TSelf right);

    /// <summary>Rounds down lane by lane.</summary>
    static abstract TSelf Floor(TSelf value);

    /// <summary>Computes 2^exponent lane by lane, for whole numbers whose power is a normal number.</summary>
    static abstract TSelf PowerOfTwo(TSelf exponent);

    /// <summary>Chooses lane by lane where a value is 0 or more, and where it is less.</summary>
    static abstract TSelf Select(TSelf value, TSelf ifNotNegative, TSelf ifNegative);

    /// <summary>Takes the larger lane by lane; there must be no NaN.</summary>
    static abstract TSelf Max(TSelf left, TSelf right);

    /// <summary>Clears the sign of every lane.</summary>
    static abstract TSelf Abs(TSelf value);
}
