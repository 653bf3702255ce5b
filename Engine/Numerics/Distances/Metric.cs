namespace Engine.Numerics.Distances;

/// <summary>A distance between rows; the returned unit is in the name.</summary>
public enum Metric
{
    /// <summary>The sum of absolute differences.</summary>
    L1,

    /// <summary>The root of the sum of squared differences.</summary>
    L2,

    /// <summary>The sum of squared differences: the same order as <see cref="L2"/>, without the root.</summary>
    SquaredL2,
}
