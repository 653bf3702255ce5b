using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Bench.Cohorts;
using Engine.Collectives;
using Engine.Data;

namespace Bench.Studies.Journal;

/// <summary>Finished work on disk: a study stopped at any moment, even killed, loses at most the work in hand.</summary>
/// <remarks>
/// <para>An entry is a file that appears under its name only when it is complete. Its name is made of everything that its content depends on: data, settings, seed and the version of the engine.
/// So another question never finds it, and no entry is ever wrong, only unused.</para>
/// <para>One process at a time: a second one on the same folder is refused. Of several ranks that work together, rank 0 keeps the journal; the others have what it sends them in a folder of their own, which goes with the run.</para>
/// </remarks>
internal sealed partial class WorkJournal : IDisposable
{
    private const string LockName = ".lock";

    private static readonly string s_version =
        typeof(SampleMatrix).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    private readonly string _folder;
    private readonly FileStream _lock;
    private readonly ICollective _ranks;

    /// <summary>Opens a journal, or begins one.</summary>
    /// <param name="folder">Its folder; it is created. Nothing else may lie in it: what a killed run was writing there is removed.</param>
    /// <param name="ranks">The ranks that do the same work; this process alone when null.</param>
    /// <exception cref="IOException">Something else lies in it, another process uses it, or it cannot be written.</exception>
    public WorkJournal(string folder, ICollective? ranks = null)
    {
        _ranks = ranks ?? OneProcess.Instance;
        _folder = _ranks.Rank == 0 ? Path.GetFullPath(folder) : Directory.CreateTempSubdirectory("bench-journal-").FullName;
        Directory.CreateDirectory(_folder);
        if (Directory.EnumerateFileSystemEntries(_folder).FirstOrDefault(static entry => !IsOwn(entry)) is { } foreign)
            throw new IOException($"{_folder} holds '{Path.GetFileName(foreign)}', which is of no journal; move it, or name another folder with --journal.");
        try
        {
            _lock = new FileStream(Path.Combine(_folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (error is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
        {
            throw new IOException($"{_folder} is in use by another run; wait for it, or name another folder with --journal.", error);
        }

        // What a killed run was writing is of no use to anybody.
        foreach (var partial in Directory.EnumerateFiles(_folder, "*" + WholeFile.PartialSuffix))
            File.Delete(partial);
    }

    /// <summary>Removes a journal that is of no more use; whatever else lies in its folder stays, and the folder with it.</summary>
    /// <param name="folder">Its folder.</param>
    public static void Remove(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder).Where(IsOwn).ToArray())
            File.Delete(file);
        if (!Directory.EnumerateFileSystemEntries(folder).Any())
            Directory.Delete(folder);
    }

    /// <summary>Gets how many entries were found finished.</summary>
    public int FoundCount { get; private set; }

    /// <summary>Returns the file of some work, doing the work where it is not finished yet.</summary>
    /// <param name="kind">What kind of work it is, in one word; the name of its file starts with it.</param>
    /// <param name="key">Everything that the content depends on beside the version of the engine.</param>
    /// <param name="run">Does the work and writes it to the path that it is given.</param>
    /// <returns>The path of the finished file.</returns>
    public string GetOrRun(string kind, string key, Action<string> run)
    {
        var path = PathOf(kind, key);
        if (_ranks.Size > 1)
            SentFiles.OfEntry(_ranks, path);
        if (File.Exists(path))
        {
            FoundCount++;
            return path;
        }

        WholeFile.Write(path, run);
        return path;
    }

    /// <summary>Returns the path of an entry, finished or not; work may keep its own beside it, under longer names.</summary>
    /// <param name="kind">What kind of work it is.</param>
    /// <param name="key">Everything that its content depends on.</param>
    public string PathOf(string kind, string key) =>
        Path.Combine(_folder, $"{kind}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(s_version + "\n" + key)))}");

    /// <inheritdoc/>
    public void Dispose()
    {
        _lock.Dispose();
        if (_ranks.Rank > 0)
            Directory.Delete(_folder, recursive: true);
    }

    private static bool IsOwn(string entry) => (Path.GetFileName(entry) == LockName || EntryName().IsMatch(Path.GetFileName(entry))) && !Directory.Exists(entry);

    // With what work keeps beside an entry, finished or not.
    [GeneratedRegex(@"\A[a-z]+-[0-9a-f]{64}(\.[A-Za-z0-9.]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex EntryName();
}
