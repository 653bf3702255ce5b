namespace Engine.Gpu.Ilgpu.Kernels;

/// <summary>What one pair of elements adds to the sum of a filter, and what the sum says of the distance.</summary>
/// <remarks>Whether the device fuses multiply and add does not matter: the bound of <see cref="Search.FilterBound"/> covers both.</remarks>
internal interface IFilterTerm
{
    /// <summary>Adds one pair.</summary>
    static abstract float Add(float sum, float x, float y);

    /// <summary>Returns what is compared with the threshold of a query.</summary>
    static abstract float Bound(float sum, float queryShare, float rowShare);
}
