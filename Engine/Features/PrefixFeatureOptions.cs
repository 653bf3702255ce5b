using Engine.Compute;

namespace Engine.Features;

/// <summary>How prefixes are summarized. The defaults are the benchmark's.</summary>
public sealed record PrefixFeatureOptions
{
    /// <summary>Gets the defaults.</summary>
    public static PrefixFeatureOptions Default { get; } = new();

    /// <summary>Gets the skewness of constant values: 0, the default, as in SciPy at the benchmark's time; NaN, a missing value, as in SciPy from 1.9 on.</summary>
    public float ConstantSkewness { get; init; }

    /// <summary>Gets how a table of many prefixes may use the machine; its progress counts prefixes.</summary>
    public ComputeOptions Compute { get; init; } = ComputeOptions.Default;
}
