namespace Engine.Data;

/// <summary>A file that appears under its name only when it is complete: written beside it, renamed at the end.</summary>
/// <remarks>Disposed before <see cref="Commit"/>, because of an error on the way, it leaves the old file as it was and nothing beside it.</remarks>
internal sealed class PendingFile : IDisposable
{
    private const int BufferLength = 1 << 20;

    private readonly string _path;
    private readonly string _temporaryPath;
    private bool _isCommitted;

    /// <summary>Creates the temporary file, in the same folder so that the rename stays on one disk.</summary>
    public PendingFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _path = path;
        _temporaryPath = $"{path}.{Path.GetRandomFileName()}.partial";
        Stream = new FileStream(_temporaryPath, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferLength);
    }

    /// <summary>Gets where to write.</summary>
    public FileStream Stream { get; }

    /// <summary>Makes the file last on its disk and gives it its name.</summary>
    public void Commit()
    {
        Stream.Flush(flushToDisk: true);
        Stream.Dispose();
        File.Move(_temporaryPath, _path, overwrite: true);
        _isCommitted = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stream.Dispose();
        if (!_isCommitted)
            File.Delete(_temporaryPath);
    }
}
