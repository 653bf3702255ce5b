using System.Runtime.InteropServices;

namespace Engine.Tests.Support;

/// <summary>Buffers between two inaccessible pages: a kernel that reads or writes one element too far crashes the test run instead of passing.</summary>
/// <remarks>
/// <code>
/// | no access |           ... |T T T T T| no access |      EndingAtGuard: finds reads past the end, and is as badly aligned as the length makes it
/// | no access |T T T T T| ...           | no access |      StartingAtGuard: finds reads before the start
/// </code>
/// Linux only; elsewhere a test that asks for a buffer is skipped by name.
/// </remarks>
internal static partial class GuardedMemory
{
    private const int ProtectNone = 0;
    private const int ProtectReadWrite = 3;
    private const int MapPrivateAnonymous = 0x22;

    /// <summary>Allocates zeros whose last element touches an inaccessible page.</summary>
    public static GuardedBuffer<T> EndingAtGuard<T>(int length)
        where T : unmanaged => Allocate<T>(length, atEnd: true);

    /// <summary>Allocates zeros whose first element touches an inaccessible page.</summary>
    public static GuardedBuffer<T> StartingAtGuard<T>(int length)
        where T : unmanaged => Allocate<T>(length, atEnd: false);

    /// <summary>Copies values so that the last one touches an inaccessible page.</summary>
    public static GuardedBuffer<T> EndingAtGuard<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var buffer = EndingAtGuard<T>(values.Length);
        values.CopyTo(buffer.GetSpan());
        return buffer;
    }

    /// <summary>Copies values so that the first one touches an inaccessible page.</summary>
    public static GuardedBuffer<T> StartingAtGuard<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var buffer = StartingAtGuard<T>(values.Length);
        values.CopyTo(buffer.GetSpan());
        return buffer;
    }

    internal static void Free(nint address, nuint size) => Check(Unmap(address, size));

    private static unsafe GuardedBuffer<T> Allocate<T>(int length, bool atEnd)
        where T : unmanaged
    {
        Skip.Unless(OperatingSystem.IsLinux(), "guard pages need Linux");
        var page = (nuint)Environment.SystemPageSize;
        var bytes = (nuint)length * (nuint)sizeof(T);
        var usable = (bytes + page - 1) / page * page;
        var size = usable + (2 * page);
        var start = Map(0, size, ProtectReadWrite, MapPrivateAnonymous, -1, 0);
        Assert.True(start != -1, $"mmap failed with error {Marshal.GetLastPInvokeError()}");
        var first = start + (nint)page;
        Check(Protect(start, page, ProtectNone));
        Check(Protect(first + (nint)usable, page, ProtectNone));
        return new GuardedBuffer<T>((T*)(atEnd ? first + (nint)(usable - bytes) : first), length, start, size);
    }

    private static void Check(int result) =>
        Assert.True(result == 0, $"a guard page could not be set, error {Marshal.GetLastPInvokeError()}");

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint Map(nint address, nuint size, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static partial int Protect(nint address, nuint size, int protection);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static partial int Unmap(nint address, nuint size);
}
