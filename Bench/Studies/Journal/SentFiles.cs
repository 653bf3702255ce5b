using System.Runtime.InteropServices;
using System.Text;
using Bench.Cohorts;
using Engine.Collectives;

namespace Bench.Studies.Journal;

/// <summary>Gives every rank the files of a journal entry that lie with rank 0; the others may have no disk in common with it.</summary>
internal static class SentFiles
{
    private const int LargestMessage = 1 << 30;

    /// <summary>Sends what rank 0 has of an entry; every rank calls this.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="path">The entry; files beside it whose names begin with its own belong to it. On a rank other than 0 they are written, each whole.</param>
    public static void OfEntry(ICollective ranks, string path)
    {
        var (folder, name) = (Path.GetDirectoryName(path)!, Path.GetFileName(path));
        string[] own = ranks.Rank == 0 ? [.. Directory.EnumerateFiles(folder, name + "*").Where(static file => !file.EndsWith(WholeFile.PartialSuffix, StringComparison.Ordinal)).Select(Path.GetFileName).Order(StringComparer.Ordinal)!] : [];
        var names = Encoding.UTF8.GetString(Send(ranks, Encoding.UTF8.GetBytes(string.Join('\n', own))));
        foreach (var file in names.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var target = Path.Combine(folder, file);
            var content = Send(ranks, ranks.Rank == 0 ? File.ReadAllBytes(target) : []);
            if (ranks.Rank > 0)
                WholeFile.Write(target, partial => File.WriteAllBytes(partial, content));
        }
    }

    /// <summary>Returns the bytes of rank 0, on every rank.</summary>
    private static byte[] Send(ICollective ranks, byte[] bytes)
    {
        var length = bytes.LongLength;
        ranks.Broadcast(MemoryMarshal.AsBytes(new Span<long>(ref length)), root: 0);
        if (ranks.Rank > 0)
            bytes = new byte[length];
        for (var first = 0; first < bytes.Length; first += LargestMessage)
            ranks.Broadcast(bytes.AsSpan(first, Math.Min(LargestMessage, bytes.Length - first)), root: 0);
        return bytes;
    }
}
