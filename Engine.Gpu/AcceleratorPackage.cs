namespace Engine.Gpu;

/// <summary>A package that accelerates, and that a build may leave out.</summary>
/// <param name="Name">The package, such as "ILGPU".</param>
/// <param name="IsIncluded">Whether this build has it.</param>
public sealed record AcceleratorPackage(string Name, bool IsIncluded)
{
    /// <summary>Says whether the package is there, and how to get it when it is not.</summary>
    /// <returns>One line.</returns>
    public string Describe() => IsIncluded
        ? $"{Name}: in this build."
        : $"{Name}: not in this build, which was made with -p:Accelerators=none; build without that to have it.";
}
