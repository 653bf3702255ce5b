using System.Buffers;
using System.IO.Pipelines;

namespace Bench.Cohorts;

/// <summary>Opens a file of data once: regular files, and pipes that the shell hands over, such as <c>&lt;(zcat data.csv.gz)</c>.</summary>
internal static class InputFile
{
    private const int MarkLength = 2;

    /// <summary>Opens a file, and decompresses it when its first bytes are those of gzip or its name says so.</summary>
    /// <exception cref="CohortFormatException">It is no file, or it is compressed and comes through a pipe, or its compressed data are damaged.</exception>
    public static Stream Open(string file)
    {
        if (FileStatus.IsInheritedPipe(file))
            return OpenPipe(file);
        RequireRegular(file);
        var stream = File.OpenRead(file);
        try
        {
            Span<byte> mark = stackalloc byte[MarkLength];
            var isGzip = stream.ReadAtLeast(mark, MarkLength, throwOnEndOfStream: false) == MarkLength && IsGzip(mark);
            stream.Position = 0;
            return isGzip || file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new WholeGzipStream(stream) : stream;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Throws unless a path leads to a regular file: a pipe or a device may never end.</summary>
    public static void RequireRegular(string file)
    {
        if (!FileStatus.IsRegular(file))
            throw new CohortFormatException(file, 0, "", "", "this is no file but a folder, a pipe, a socket, a device, or a link that leads nowhere.");
    }

    // What a pipe has given it gives once: its beginning is looked at in the buffer of the one reader.
    private static Stream OpenPipe(string file)
    {
        var pipe = PipeReader.Create(File.OpenRead(file));
        var start = pipe.ReadAtLeastAsync(MarkLength).AsTask().GetAwaiter().GetResult().Buffer;
        Span<byte> mark = stackalloc byte[MarkLength];
        start.Slice(0, Math.Min(MarkLength, start.Length)).CopyTo(mark);
        pipe.AdvanceTo(start.Start);
        return IsGzip(mark)
            ? throw new CohortFormatException(file, 0, "", "", "compressed data through a pipe cannot be checked for being whole; name the file itself, or decompress before the pipe.")
            : pipe.AsStream();
    }

    private static bool IsGzip(ReadOnlySpan<byte> mark) => mark is [0x1f, 0x8b];
}
