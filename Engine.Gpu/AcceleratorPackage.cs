namespace Engine.Gpu;

/// <summary>An opt-in package.</summary>
/// <param name="Name">The package, such as "ILGPU".</param>
/// <param name="Property">The value of the build property Accelerators that brings it.</param>
/// <param name="IsIncluded">Whether this build has it.</param>
public sealed record AcceleratorPackage(string Name, string Property, bool IsIncluded)
{
    /// <summary>Says whether the package is there, and how to get it when it is not.</summary>
    /// <returns>One line.</returns>
    public string Describe() => IsIncluded
        ? $"{Name}: in this build."
        : $"{Name}: not in this build; build with -p:Accelerators={Property} to have it.";
}
