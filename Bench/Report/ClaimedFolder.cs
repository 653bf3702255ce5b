using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Bench.Report;

/// <summary>A folder under a name that nobody can guess, with a lock beside it while its owner lives.</summary>
/// <remarks>The lock is an open file: the system gives it up with the process, however that ends, and every process that sees the file sees whether it is held.
/// A process number says neither, because two containers that share a disk may each have the same.</remarks>
internal sealed class ClaimedFolder : IDisposable
{
    /// <summary>What the lock's name adds to the folder's.</summary>
    public const string LockExtension = ".lock";

    private const int NameLength = 32;

    private static readonly ConcurrentDictionary<string, bool> s_claimed = [];

    private readonly FileStream _lock;

    /// <summary>The folders above that were missing, lowest first.</summary>
    private readonly string[] _made = [];

    /// <summary>Creates the folder, and the folders above it where they are missing.</summary>
    /// <param name="prefix">The path up to the part of the name that is drawn.</param>
    /// <exception cref="IOException">It cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be created.</exception>
    public ClaimedFolder(string prefix)
        : this(prefix, MissingAbove(prefix))
    {
    }

    private ClaimedFolder(string prefix, string[] made)
        : this(Directory.CreateDirectory(prefix + RandomNumberGenerator.GetHexString(NameLength, lowercase: true))) => _made = made;

    private ClaimedFolder(DirectoryInfo folder)
    {
        Path = folder.FullName;
        try
        {
            _lock = new FileStream(LockPath, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, Options = FileOptions.DeleteOnClose });
            _lock.Write(RunningSystem.Id);
            _lock.Flush();
        }
        catch
        {
            _lock?.Dispose();
            folder.Delete();
            throw;
        }

        s_claimed[Path] = true;
    }

    /// <summary>Gets the folders that this process holds now.</summary>
    public static IReadOnlyList<string> All => [.. s_claimed.Keys];

    /// <summary>Gets where the folder is.</summary>
    public string Path { get; }

    private string LockPath => Path + LockExtension;

    /// <summary>Creates a folder among the system's temporary files, which only this user may enter.</summary>
    /// <param name="prefix">The beginning of its name.</param>
    public static ClaimedFolder Temporary(string prefix) => new(Directory.CreateTempSubdirectory(prefix));

    /// <summary>Tells whether a second attempt to take the lock fails, as it must: some network disks know no locks.</summary>
    public bool IsLockKept()
    {
        try
        {
            using var second = new FileStream(LockPath, FileMode.Open, FileAccess.Write, FileShare.None);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>Gives up the lock and leaves the folder to the user.</summary>
    public void Keep()
    {
        s_claimed.TryRemove(Path, out _);
        _lock.Dispose();
    }

    /// <summary>Removes the folder with all that is in it, then the lock, then the folders above that were made for it and are empty.</summary>
    public void Dispose()
    {
        try
        {
            if (s_claimed.ContainsKey(Path) && Directory.Exists(Path))
                Directory.Delete(Path, recursive: true);
        }
        finally
        {
            Keep();
        }

        foreach (var made in _made.TakeWhile(static made => Directory.Exists(made) && !Directory.EnumerateFileSystemEntries(made).Any()))
            Directory.Delete(made);
    }

    private static string[] MissingAbove(string prefix)
    {
        var missing = new List<string>();
        for (var above = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(prefix)); above is not null && !Directory.Exists(above); above = System.IO.Path.GetDirectoryName(above))
            missing.Add(above);
        return [.. missing];
    }
}
