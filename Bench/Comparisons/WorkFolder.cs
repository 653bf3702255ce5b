namespace Bench.Comparisons;

/// <summary>A folder for what is needed during a comparison, removed after it with all that is in it.</summary>
internal sealed class WorkFolder : IDisposable
{
    /// <summary>Creates the folder.</summary>
    /// <param name="parent">Where; among the system's temporary files when null.</param>
    public WorkFolder(string? parent)
    {
        Path = System.IO.Path.Combine(parent ?? System.IO.Path.GetTempPath(), $"engine-compare-{Environment.ProcessId}");
        // Only a run that was killed can have left one of this name.
        Dispose();
        Directory.CreateDirectory(Path);
    }

    /// <summary>Gets where it is.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }
}
