namespace Engine.Tests.Features;

/// <summary>What the values of a random channel are like.</summary>
public enum StayKind
{
    /// <summary>Whole numbers of a small range, like a heart rate: many ties.</summary>
    Ties,

    /// <summary>Decimals, such as 36.6, which no double holds exactly.</summary>
    Decimals,

    /// <summary>Normal values.</summary>
    Normal,

    /// <summary>Small noise on 10^6.</summary>
    LargeOffset,

    /// <summary>One whole number throughout.</summary>
    Constant,

    /// <summary>One decimal throughout, of which sums leave a rounding.</summary>
    ConstantDecimal,

    /// <summary>Long constant runs with a jump now and then.</summary>
    Steps,

    /// <summary>Normal values, and now and then one of 10^6 or 10^30.</summary>
    Outliers,

    /// <summary>Two neighboring doubles in turn.</summary>
    LastBit,

    /// <summary>Values around 0 that cancel in a sum.</summary>
    Cancelling,

    /// <summary>Values of 10^-40, below the normal range of float32.</summary>
    Tiny,

    /// <summary>Skewed values, both signs.</summary>
    Skewed,
}
