using System.Text.RegularExpressions;
using Engine.Gpu.Ilgpu;
using Engine.Gpu.Ilgpu.Kernels;
using Engine.Numerics.Distances;
using ILGPU;

namespace Engine.Tests.Gpu;

/// <summary>The shape of the PTX text of the kernels, which needs no GPU.</summary>
public sealed partial class PtxTests
{
    [Fact]
    public void Interpolation_Ptx_RoundsEveryOperationAndFusesNone()
    {
        var text = KernelText.Interpolation();
        Assert.Contains("sub.rn.f32", text, StringComparison.Ordinal);
        Assert.Contains("mul.rn.f32", text, StringComparison.Ordinal);
        Assert.Contains("add.rn.f32", text, StringComparison.Ordinal);
        Assert.DoesNotContain("fma", text, StringComparison.Ordinal);
        Assert.DoesNotMatch(UnmarkedArithmetic(), text);
        Assert.DoesNotContain(".ftz", text, StringComparison.Ordinal);
    }

    [Fact]
    public void UnmarkedArithmetic_PlainProduct_IsSeen() => Assert.Matches(UnmarkedArithmetic(), "\tmul.f32 \t%f3, %f1, %f2;");

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Kernel_Ptx_KeepsSubnormalsAndRegistersAndSharedMemoryBelowTheLimit(string name, Delegate kernel)
    {
        var text = KernelText.Ptx(kernel);
        Assert.NotEmpty(name);
        Assert.DoesNotContain(".ftz", text, StringComparison.Ordinal);
        // Sums that lie in local memory would be slower by an order of magnitude.
        Assert.DoesNotContain(".local", text, StringComparison.Ordinal);
        Assert.True(SharedBytes().Matches(text).Sum(match => int.Parse(match.Groups[1].Value)) < 48 * 1024);
    }

    [Fact]
    public void Distances_Ptx_RoundEveryOperationAndFuseNone()
    {
        var text = KernelText.Ptx((Action<RankTask>)RankKernel.Measure<LargeSquaredDifference>);
        Assert.Contains("mul.rn.f32", text, StringComparison.Ordinal);
        Assert.Contains("add.rn.f32", text, StringComparison.Ordinal);
        Assert.DoesNotMatch(UnmarkedArithmetic(), text);
    }

    [Theory]
    [InlineData(nameof(GradientKernel.FindResiduals))]
    [InlineData(nameof(GradientKernel.AddRows))]
    public void Gradients_Ptx_FuseOnlyWhatTheProcessorFuses(string kernel)
    {
        var text = KernelText.Ptx(typeof(GradientKernel).GetMethod(kernel)!.CreateDelegate<Action<GradientTask>>());
        Assert.Contains("fma.rn.f64", text, StringComparison.Ordinal);
        // A product without a mark that goes on to a sum would be fused; what is left of them goes to memory or to another product.
        Assert.DoesNotMatch(ProductThatIsAdded(), text);
    }

    [Fact]
    public void ProductThatIsAdded_UnmarkedProduct_IsSeen() =>
        Assert.Matches(ProductThatIsAdded(), "\tmul.f64 \t%fd3, %fd1, %fd2;\n\tbar.sync 0;\n\tadd.f64 \t%fd5, %fd4, %fd3;\n");

    [Fact]
    public void Filter_Ptx_TilesThroughSharedMemory()
    {
        var text = KernelText.Ptx((Action<FilterTask>)FilterKernel.Find<ProductTerm, WideTile>);
        Assert.Contains("ld.shared", text, StringComparison.Ordinal);
        Assert.Contains("bar.sync", text, StringComparison.Ordinal);
        Assert.DoesNotMatch(FloatAtomic(), text);
    }

    public static TheoryData<string, Delegate> Kernels => new()
    {
        { "interpolation", (Action<ArrayView<float>, ArrayView<float>, ArrayView<float>, int>)InterpolationKernel.Interpolate },
        { "filter, L2", (Action<FilterTask>)FilterKernel.Find<ProductTerm, WideTile> },
        { "filter, L1", (Action<FilterTask>)FilterKernel.Find<AbsoluteTerm, WideTile> },
        { "prepare", (Action<PrepareTask>)PrepareKernel.Prepare },
        { "IRLS terms", (Action<IrlsTask>)IrlsKernel.SumTerms },
        { "IRLS Hessian", (Action<IrlsTask>)HessianKernel.SumProducts<WideTile> },
        { "IRLS sums", (Action<IrlsTask>)IrlsKernel.AddParts },
        { "distances of pairs, L1", (Action<RankTask>)RankKernel.Measure<AbsoluteDifference> },
        { "distances of pairs, L2", (Action<RankTask>)RankKernel.Measure<SquaredDifference> },
        { "distances of pairs, far", (Action<RankTask>)RankKernel.Measure<LargeSquaredDifference> },
        { "distances of pairs, near", (Action<RankTask>)RankKernel.Measure<SmallSquaredDifference> },
        { "lists", (Action<RankTask>)RankKernel.Keep },
        { "base rows", (Action<MakeTask>)MakeKernel.TakeBases },
        { "rows made between rows", (Action<MakeTask>)MakeKernel.MoveToNeighbors },
        { "residuals of many models", (Action<GradientTask>)GradientKernel.FindResiduals },
        { "gradients of many models", (Action<GradientTask>)GradientKernel.AddRows },
        { "runs of many models", (Action<GradientTask>)GradientKernel.AddRuns },
    };

    [GeneratedRegex(@"\b(add|sub|mul|mad|div)\.f32")]
    private static partial Regex UnmarkedArithmetic();

    [GeneratedRegex(@"\bmul\.f64\s+(%\w+),[\s\S]*\b(add|sub)\.f64[^;]*\1\b")]
    private static partial Regex ProductThatIsAdded();

    [GeneratedRegex(@"\.shared[^\n]*\[(\d+)\]")]
    private static partial Regex SharedBytes();

    [GeneratedRegex(@"(atom|red)\.[a-z.]*\.f(32|64)")]
    private static partial Regex FloatAtomic();
}
