using System.Text;

namespace Bench.Report;

/// <summary>Which running system this is: the locks of one are not always seen by another that shares a disk with it.</summary>
internal static class RunningSystem
{
    private const string BootIdFile = "/proc/sys/kernel/random/boot_id";

    /// <summary>Gets a name that all processes have in common, in whatever container, until the machine starts anew.</summary>
    public static byte[] Id { get; } = Encoding.UTF8.GetBytes(File.Exists(BootIdFile) ? File.ReadAllText(BootIdFile).Trim() : Environment.MachineName);
}
