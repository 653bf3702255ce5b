using Bench.Report;

namespace Bench.Comparisons;

/// <summary>A folder for what is needed during a comparison, removed after it with all that is in it.</summary>
/// <remarks>Programs are run from it, so nobody else can have made it, or know its name beforehand.</remarks>
internal sealed class WorkFolder : IDisposable
{
    private const string Prefix = "engine-compare-";

    private readonly ClaimedFolder _folder;

    /// <summary>Creates the folder.</summary>
    /// <param name="parent">Where; among the system's temporary files when null.</param>
    public WorkFolder(string? parent) =>
        _folder = parent is null ? ClaimedFolder.Temporary(Prefix) : new ClaimedFolder(System.IO.Path.Combine(System.IO.Path.GetFullPath(parent), Prefix));

    /// <summary>Gets where it is.</summary>
    public string Path => _folder.Path;

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();
}
