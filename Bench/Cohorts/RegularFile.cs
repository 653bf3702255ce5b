using System.Runtime.InteropServices;

namespace Bench.Cohorts;

/// <summary>Tells files from pipes, sockets and devices: to open a pipe waits for somebody who writes, and a device may never end.</summary>
internal static partial class RegularFile
{
    // Of linux/stat.h: struct statx is the same on every processor, 256 bytes with the kind and permissions at byte 28.
    private const int CurrentFolder = -100;
    private const uint KindWanted = 1;
    private const int StructureSize = 256;
    private const int ModeOffset = 28;
    private const int KindMask = 0xF000;
    private const int Regular = 0x8000;
    private const int Pipe = 0x1000;

    private static readonly string[] s_inheritedPipes = ["/dev/fd/", "/proc/self/fd/", "/dev/stdin"];

    /// <summary>Tells whether a path leads to a file that can be read from beginning to end.</summary>
    /// <param name="path">The path; links are followed.</param>
    /// <returns>False where there is nothing, or something else.</returns>
    public static bool Is(string path) => File.Exists(path) && KindOf(path) is null or Regular;

    /// <summary>Tells whether a path is an open pipe that the shell has handed over, as <c>&lt;(zcat data.csv.gz)</c> is.</summary>
    public static bool IsInheritedPipe(string path) =>
        Array.Exists(s_inheritedPipes, prefix => path.StartsWith(prefix, StringComparison.Ordinal)) && KindOf(path) == Pipe;

    // Null where the system does not say; only Linux is asked.
    private static int? KindOf(string path)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        Span<byte> status = stackalloc byte[StructureSize];
        try
        {
            return Stat(CurrentFolder, path, 0, KindWanted, status) == 0 ? MemoryMarshal.Read<ushort>(status[ModeOffset..]) & KindMask : null;
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Stat(int folder, string path, int flags, uint wanted, Span<byte> status);
}
