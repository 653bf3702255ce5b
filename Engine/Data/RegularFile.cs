using Engine.Diagnostics;

namespace Engine.Data;

/// <summary>Opens what is read from: files only, because to open a pipe waits for somebody who writes to it, and a device may never end.</summary>
internal static class RegularFile
{
    /// <summary>Opens a file for reading; others may read it too.</summary>
    /// <param name="path">The file; links are followed.</param>
    /// <param name="bufferLength">The bytes that are read at once.</param>
    /// <exception cref="FileNotFoundException">There is no such file, or a link leads to none.</exception>
    /// <exception cref="InvalidDataException">The file is empty, or no file but a pipe or a device.</exception>
    public static FileStream Open(string path, int bufferLength = 1 << 12)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = new FileInfo(path);
        // What is behind a pipe of the shell is no path: that one is told by what it cannot do when it is open.
        if ((file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true)) is FileInfo { Exists: true, Length: 0 })
            Throw.InvalidData_File(path, "the file is empty, or it is no file but a pipe or a device.");
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferLength);
        if (stream.CanSeek)
            return stream;
        stream.Dispose();
        Throw.InvalidData_File(path, "this is no file on a disk but a stream of bytes, whose end cannot be known; copy it into a file.");
        return stream;
    }
}
