using Bench.Cohorts;

namespace Bench.Report;

/// <summary>What runs that were killed have left beside a folder: an earlier result that had stepped aside comes back, half-written folders go.</summary>
/// <remarks>Only what is provably left is removed: its lock lies there and nobody on this system holds it. All else is named.</remarks>
internal sealed class AbandonedFolders
{
    private readonly string _target;
    private readonly ClaimedFolder _claimed;
    private readonly bool _isLockKept;
    private readonly Action<string> _tell;

    private AbandonedFolders(string target, ClaimedFolder claimed, Action<string> tell)
    {
        _target = target;
        _claimed = claimed;
        _isLockKept = claimed.IsLockKept();
        _tell = tell;
    }

    /// <summary>Clears up, and says what was done.</summary>
    /// <param name="target">The full path of the folder that is to be written.</param>
    /// <param name="claimed">The folder claimed for it, by which is seen whether locks are kept there.</param>
    /// <param name="tell">Receives one sentence for each folder found.</param>
    /// <exception cref="IOException">A folder cannot be moved or removed.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder may not be moved or removed.</exception>
    public static void Clear(string target, ClaimedFolder claimed, Action<string> tell)
    {
        var abandoned = new AbandonedFolders(target, claimed, tell);
        foreach (var id in abandoned.Find())
            abandoned.Clear(target + PendingFolder.PartialSuffix + id, target + PendingFolder.EarlierSuffix + id);
    }

    // Latest first: of several earlier results the last one comes back.
    private IEnumerable<string> Find()
    {
        var name = Path.GetFileName(_target);
        var ids = new HashSet<string>();
        foreach (var entry in new DirectoryInfo(Path.GetDirectoryName(_target)!).EnumerateFileSystemInfos().OrderByDescending(entry => entry.LastWriteTimeUtc))
        {
            foreach (var suffix in new[] { PendingFolder.PartialSuffix, PendingFolder.EarlierSuffix })
            {
                if (entry.Name.StartsWith(name + suffix, StringComparison.Ordinal))
                    ids.Add(WithoutExtension(entry.Name[(name.Length + suffix.Length)..]));
            }
        }

        return ids.Where(id => _target + PendingFolder.PartialSuffix + id != _claimed.Path);
    }

    private static string WithoutExtension(string id) => id.EndsWith(ClaimedFolder.LockExtension, StringComparison.Ordinal) ? id[..^ClaimedFolder.LockExtension.Length] : id;

    private void Clear(string partial, string earlier)
    {
        var lockFile = partial + ClaimedFolder.LockExtension;
        using var held = _isLockKept ? TryTake(lockFile) : null;
        var mayLive = held is null && File.Exists(lockFile);
        if (mayLive && _isLockKept)
            return;
        // Another user may have put anything there, and change it while it is removed.
        var isDead = held is not null && IsOfThisSystem(held) && new[] { lockFile, partial, earlier }.Where(Path.Exists).All(left => FileStatus.HaveSameOwner(left, _claimed.Path));
        // Killed between the two steps of taking its place: the partial folder is complete, and stays as well.
        var isBack = !mayLive && Directory.Exists(earlier) && !Path.Exists(_target);
        if (isBack)
        {
            Directory.Move(earlier, _target);
            _tell($"'{_target}' was missing, because a run was killed while it replaced it; it is back from '{earlier}'.");
        }

        foreach (var left in new[] { partial, earlier }.Where(Directory.Exists))
            RemoveOrName(left, isDead && !isBack);
        if (!isDead)
            return;
        // Windows removes no open file.
        held!.Dispose();
        File.Delete(lockFile);
    }

    private void RemoveOrName(string left, bool isDead)
    {
        if (isDead)
            Directory.Delete(left, recursive: true);
        _tell(isDead
            ? $"Removed '{left}', which a run that was killed had left."
            : $"'{left}' is from a run that did not end, or that still writes; remove it if no run does and nothing in it is wanted.");
    }

    private static FileStream? TryTake(string lockFile)
    {
        try
        {
            return new FileStream(lockFile, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // There is none, or its owner lives, or it is another user's.
            return null;
        }
    }

    private static bool IsOfThisSystem(FileStream held)
    {
        var id = new byte[RunningSystem.Id.Length + 1];
        return held.ReadAtLeast(id, id.Length, throwOnEndOfStream: false) == RunningSystem.Id.Length && id.AsSpan(0, RunningSystem.Id.Length).SequenceEqual(RunningSystem.Id);
    }
}
