namespace Engine.Tests.Support;

/// <summary>Kinds of rows that a search has been, or could be, wrong on; <see cref="Tables.Of"/> makes them.</summary>
public enum DataKind
{
    /// <summary>Independent standard normal values: no structure to use.</summary>
    Normal,

    /// <summary>Whole numbers 0 to 3: sums are exact and ties are common.</summary>
    SmallIntegers,

    /// <summary>Four latent factors and a little noise: principal axes tell rows apart.</summary>
    LowRank,

    /// <summary>Groups of rows very close together, the groups far apart.</summary>
    Clusters,

    /// <summary>0 or 1, each column with a frequency of its own; a zero may be negative.</summary>
    ZeroOne,

    /// <summary>Two columns in three are constant, one of these zero.</summary>
    ConstantColumns,

    /// <summary>Multiples of one half from 0 to 255: codes are rounded exactly halfway.</summary>
    Halves,

    /// <summary>About 1e6, varying by a few last places: what ||x||² + ||y||² - 2xy loses all digits on.</summary>
    FarFromOrigin,

    /// <summary>Columns whose units differ by twelve orders of magnitude.</summary>
    MixedScales,

    /// <summary>Subnormal numbers; every square is 0.</summary>
    Subnormal,

    /// <summary>Ordinary numbers whose squares are subnormal.</summary>
    SubnormalSquares,

    /// <summary>About 1e38: sums overflow, and squares always.</summary>
    Huge,

    /// <summary>Squares near the largest number: some sums overflow.</summary>
    LargeSquares,

    /// <summary>Normal values, but some rows a million times longer and single values of 1e30.</summary>
    Outliers,

    /// <summary>Five different rows only.</summary>
    FewDistinctRows,

    /// <summary>One row, again and again.</summary>
    AllEqual,
}
