using System.Runtime.InteropServices;

namespace Bench.Cohorts;

/// <summary>What the system knows of a file without opening it: to open a pipe waits for somebody who writes, and a device may never end.</summary>
internal static partial class FileStatus
{
    // Of linux/stat.h: struct statx is the same on every processor, 256 bytes with the owner at byte 20, kind and permissions at byte 28.
    private const int CurrentFolder = -100;
    private const uint KindAndOwner = 1 | 8;
    private const int StructureSize = 256;
    private const int OwnerOffset = 20;
    private const int ModeOffset = 28;
    private const int KindMask = 0xF000;
    private const int Regular = 0x8000;
    private const int Pipe = 0x1000;

    private static readonly string[] s_inheritedPipes = ["/dev/fd/", "/proc/self/fd/", "/dev/stdin"];

    /// <summary>Tells whether a path leads to a file that can be read from beginning to end.</summary>
    /// <param name="path">The path; links are followed.</param>
    /// <returns>False where there is nothing, as behind a broken link, or something else.</returns>
    public static bool IsRegular(string path) => File.Exists(path) && (KindOf(path) is { } kind ? kind == Regular : !IsBrokenLink(path));

    /// <summary>Tells whether a path is an open pipe that the shell has handed over, as <c>&lt;(zcat data.csv.gz)</c> is.</summary>
    public static bool IsInheritedPipe(string path) =>
        Array.Exists(s_inheritedPipes, prefix => path.StartsWith(prefix, StringComparison.Ordinal)) && KindOf(path) == Pipe;

    /// <summary>Tells whether two paths belong to one user; true where the system does not say.</summary>
    public static bool HaveSameOwner(string one, string other) => OwnerOf(one) == OwnerOf(other);

    private static bool IsBrokenLink(string path) => new FileInfo(path) is { LinkTarget: not null } link && link.ResolveLinkTarget(returnFinalTarget: true) is not { Exists: true };

    private static int? KindOf(string path)
    {
        Span<byte> status = stackalloc byte[StructureSize];
        return TryRead(path, status) ? MemoryMarshal.Read<ushort>(status[ModeOffset..]) & KindMask : null;
    }

    private static uint? OwnerOf(string path)
    {
        Span<byte> status = stackalloc byte[StructureSize];
        return TryRead(path, status) ? MemoryMarshal.Read<uint>(status[OwnerOffset..]) : null;
    }

    // Only Linux is asked.
    private static bool TryRead(string path, Span<byte> status)
    {
        try
        {
            return OperatingSystem.IsLinux() && Stat(CurrentFolder, path, 0, KindAndOwner, status) == 0;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Stat(int folder, string path, int flags, uint wanted, Span<byte> status);
}
