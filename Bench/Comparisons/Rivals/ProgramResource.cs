namespace Bench.Comparisons.Rivals;

/// <summary>Files of the comparisons that this program carries: scripts, C++ sources, notes.</summary>
internal static class ProgramResource
{
    /// <summary>Opens a file.</summary>
    /// <param name="name">Its name.</param>
    public static Stream Open(string name) => typeof(ProgramResource).Assembly.GetManifestResourceStream(name)!;

    /// <summary>Copies a file to a folder.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="folder">An existing folder.</param>
    /// <returns>Where it is now.</returns>
    public static string Write(string name, string folder)
    {
        var path = Path.Combine(folder, name);
        using var source = Open(name);
        using var file = File.Create(path);
        source.CopyTo(file);
        return path;
    }
}
