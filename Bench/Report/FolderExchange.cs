using System.Runtime.InteropServices;

namespace Bench.Report;

/// <summary>Exchanges the names of two folders in one step, where the system can.</summary>
internal static partial class FolderExchange
{
    // From linux/fs.h and fcntl.h; the same on every processor.
    private const uint Exchange = 2;
    private const int CurrentFolder = -100;

    /// <summary>Exchanges two folders.</summary>
    /// <param name="one">A full path.</param>
    /// <param name="other">A full path on the same disk.</param>
    /// <returns>False where nothing was changed, because the system or the disk has no such call.</returns>
    public static bool TryExchange(string one, string other)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            return Rename(CurrentFolder, one, CurrentFolder, other, Exchange) == 0;
        }
        catch (Exception error) when (error is EntryPointNotFoundException or DllNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "renameat2", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Rename(int oneFolder, string one, int otherFolder, string other, uint flags);
}
