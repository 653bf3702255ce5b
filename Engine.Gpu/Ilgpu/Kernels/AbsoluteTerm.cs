namespace Engine.Gpu.Ilgpu.Kernels;

/// <summary>L1, summed in whatever order the tile has.</summary>
internal readonly struct AbsoluteTerm : IFilterTerm
{
    public static float Add(float sum, float x, float y) => sum + Math.Abs(x - y);

    public static float Bound(float sum, float queryShare, float rowShare) => sum;
}
