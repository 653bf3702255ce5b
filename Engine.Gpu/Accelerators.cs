using System.Text;

namespace Engine.Gpu;

/// <summary>What this build can compute on besides the processor, and why not on more.</summary>
/// <remarks>ILGPU and TorchSharp are opt-in: build with <c>-p:Accelerators=ilgpu</c>, <c>torch</c> or <c>all</c>.</remarks>
public static class Accelerators
{
#if ILGPU
    private const bool HasIlgpu = true;
#else
    private const bool HasIlgpu = false;
#endif
#if TORCH
    private const bool HasTorch = true;
#else
    private const bool HasTorch = false;
#endif

    /// <summary>Gets the accelerator packages and whether this build has them.</summary>
    public static IReadOnlyList<AcceleratorPackage> Packages { get; } =
    [
        new("ILGPU", "ilgpu", HasIlgpu),
        new("TorchSharp", "torch", HasTorch),
    ];

    /// <summary>Describes what is there, one line a package.</summary>
    /// <returns>Text for a console.</returns>
    public static string Describe()
    {
        var text = new StringBuilder();
        foreach (var package in Packages)
            text.AppendLine(package.Describe());
        return text.ToString().TrimEnd();
    }
}
