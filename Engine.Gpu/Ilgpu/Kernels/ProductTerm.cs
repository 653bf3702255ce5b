namespace Engine.Gpu.Ilgpu.Kernels;

/// <summary>L2 by ||x||² + ||y||² - 2xy; the shares are the norms, lowered by the error of the whole.</summary>
internal readonly struct ProductTerm : IFilterTerm
{
    public static float Add(float sum, float x, float y) => sum + (x * y);

    public static float Bound(float sum, float queryShare, float rowShare) => queryShare + rowShare - (2 * sum);
}
