using System.Globalization;

namespace Engine.Tests.Support;

/// <summary>A control group of Linux that gives processes so much memory, pages of files included, and ends them where they take more.</summary>
internal sealed class MemoryCgroup : IDisposable
{
    private const string Root = "/sys/fs/cgroup";

    private readonly string _folder;

    private MemoryCgroup(string folder) => _folder = folder;

    /// <summary>Gets the file that a process writes its number to, in order to be one of the group.</summary>
    public string Processes => Path.Combine(_folder, "cgroup.procs");

    /// <summary>Makes a group below that of this process.</summary>
    /// <param name="bytes">What its processes may take together.</param>
    /// <returns>The group; null where none may be made here.</returns>
    public static MemoryCgroup? TryCreate(long bytes)
    {
        if (!File.Exists("/proc/self/cgroup"))
            return null;
        foreach (var line in File.ReadLines("/proc/self/cgroup").Select(static line => line.Split(':', 3)))
        {
            var (parent, limit) = line switch
            {
                [_, "memory", var path] => (Root + "/memory" + path, "memory.limit_in_bytes"),
                ["0", "", var path] => (Root + path, "memory.max"),
                _ => ("", ""),
            };
            if (parent.Length > 0 && TryCreate(parent, limit, bytes) is { } group)
                return group;
        }

        return null;
    }

    public void Dispose() => Directory.Delete(_folder);

    private static MemoryCgroup? TryCreate(string parent, string limit, long bytes)
    {
        var folder = Path.Combine(parent, $"engine-tests-{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(folder);
            // What is no control group has no such file, and gets none.
            if (File.Exists(Path.Combine(folder, limit)))
            {
                File.WriteAllText(Path.Combine(folder, limit), bytes.ToString(CultureInfo.InvariantCulture));
                return new MemoryCgroup(folder);
            }

            Directory.Delete(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Not for this user, or on a system that was mounted to be read.
        }

        return null;
    }
}
