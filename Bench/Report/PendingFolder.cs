namespace Bench.Report;

/// <summary>A folder that appears under its name only when all its files are complete: written beside it, renamed at the end.</summary>
/// <remarks>Disposed before <see cref="PutInPlace"/>, because of an error on the way, it leaves everything as it was.</remarks>
internal sealed class PendingFolder : IDisposable
{
    private readonly string _target;

    /// <summary>Creates the temporary folder.</summary>
    /// <param name="target">The full path that it gets at the end.</param>
    /// <exception cref="IOException">It cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be created.</exception>
    public PendingFolder(string target)
    {
        _target = target;
        Path = $"{target}.partial-{Environment.ProcessId}";
        // Only a run that was killed can have left one of this name: in a container process numbers soon come again.
        Dispose();
        Directory.CreateDirectory(Path);
    }

    /// <summary>Gets where to write.</summary>
    public string Path { get; }

    /// <summary>Gives the folder its name; what was there under this name is replaced as a whole.</summary>
    public void PutInPlace()
    {
        if (!Directory.Exists(_target))
        {
            Directory.Move(Path, _target);
            return;
        }

        // No call exchanges two folders: the earlier one steps aside, and comes back should the new one fail to take its place.
        var earlier = $"{_target}.earlier-{Environment.ProcessId}";
        Directory.Move(_target, earlier);
        try
        {
            Directory.Move(Path, _target);
        }
        catch
        {
            Directory.Move(earlier, _target);
            throw;
        }

        Directory.Delete(earlier, recursive: true);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }
}
