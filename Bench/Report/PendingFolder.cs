namespace Bench.Report;

/// <summary>A folder that appears under its name only when all its files are complete: written beside it, renamed at the end.</summary>
/// <remarks>Disposed before <see cref="PutInPlace"/>, because of an error on the way, it leaves everything as it was.
/// What could not be put in place when it was complete is kept, and named.</remarks>
internal sealed class PendingFolder : IDisposable
{
    /// <summary>What the name of a folder has after the target's while it is written.</summary>
    public const string PartialSuffix = ".partial-";

    /// <summary>What the name of the replaced folder has after the target's until it is removed.</summary>
    public const string EarlierSuffix = ".earlier-";

    private readonly string _target;
    private readonly ClaimedFolder _folder;

    /// <summary>Creates the temporary folder.</summary>
    /// <param name="target">The full path that it gets at the end; behind a link, the folder that the link leads to is replaced and the link stays.</param>
    /// <exception cref="IOException">It cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be created.</exception>
    public PendingFolder(string target)
    {
        _target = Resolve(target);
        _folder = new ClaimedFolder(_target + PartialSuffix);
    }

    /// <summary>Gets where to write.</summary>
    public string Path => _folder.Path;

    /// <summary>Returns the full path of a folder, without a separator at its end, and behind its links.</summary>
    public static string Resolve(string folder)
    {
        var path = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(folder));
        return Directory.Exists(path) ? new DirectoryInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path : path;
    }

    /// <summary>Checks that a folder can be written, before the work for it, and clears up what killed runs left beside it.</summary>
    /// <param name="target">See the constructor.</param>
    /// <param name="tell">Receives a sentence for each folder that was left.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Prepare(string target, Action<string> tell)
    {
        // Permissions, quotas and read-only disks have too many forms to be asked about: try.
        using var pending = new PendingFolder(target);
        AbandonedFolders.Clear(pending._target, pending._folder, tell);
    }

    /// <summary>Gives the folder its name; what was there under this name is replaced as a whole.</summary>
    /// <param name="requireReplaceable">Throws if what is there now may not be replaced: it may have changed since the work began.</param>
    /// <exception cref="IOException">The folder cannot have the name; the message says where it is kept.</exception>
    public void PutInPlace(Action? requireReplaceable = null)
    {
        try
        {
            requireReplaceable?.Invoke();
            if (!Directory.Exists(_target))
                Directory.Move(Path, _target);
            else if (!FolderExchange.TryExchange(Path, _target))
                MoveAside();
        }
        catch (Exception error) when (Directory.Exists(Path) && error is IOException or UnauthorizedAccessException or ResultFolderException)
        {
            _folder.Keep();
            throw new IOException($"{error.Message} What should have been there is whole in '{Path}'.", error);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    // Two steps where one call cannot exchange folders: the earlier one steps aside, and comes back should the new one fail to take its place.
    private void MoveAside()
    {
        // The same end of the name: the lock of the one is the lock of both.
        var earlier = _target + EarlierSuffix + Path[(_target + PartialSuffix).Length..];
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
}
