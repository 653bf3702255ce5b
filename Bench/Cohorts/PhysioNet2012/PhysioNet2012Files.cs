using System.IO.Compression;
using System.Text;

namespace Bench.Cohorts.PhysioNet2012;

/// <summary>The record files of one set, in a zip file or a folder, in order of their numbers.</summary>
internal sealed class PhysioNet2012Files : IDisposable
{
    private const string Extension = ".txt";

    // The largest record of sets a and b has 23,826 bytes; a damaged directory of a zip file can promise any number.
    private const long LargestRecord = 1 << 24;

    private readonly SortedDictionary<int, (string Name, Func<Stream> Open, long Length, uint? Checksum)> _files = [];
    private readonly ZipArchive? _archive;

    private PhysioNet2012Files(ZipArchive? archive) => _archive = archive;

    /// <summary>Gets the number of records.</summary>
    public int Count => _files.Count;

    /// <summary>Returns where a set lies, the zip file if both are there; null when it is absent.</summary>
    /// <param name="folder">The folder of the challenge.</param>
    /// <param name="set">The letter of the set.</param>
    public static string? Find(string folder, char set)
    {
        var path = Path.Combine(folder, $"set-{set}");
        if (File.Exists(path + ".zip"))
            return path + ".zip";
        return Directory.Exists(path) ? path : null;
    }

    /// <summary>Opens a set.</summary>
    /// <param name="path">What <see cref="Find"/> returned.</param>
    /// <exception cref="CohortFormatException">The zip file is damaged, a file is not named by a number, or a number occurs twice.</exception>
    public static PhysioNet2012Files Open(string path)
    {
        var files = new PhysioNet2012Files(Directory.Exists(path) ? null : OpenArchive(path));
        try
        {
            files.List(path);
            return files;
        }
        catch (CohortFormatException)
        {
            files.Dispose();
            throw;
        }
    }

    /// <summary>Reads all records, one after another.</summary>
    /// <param name="parser">Parses each.</param>
    /// <returns>Records, their numbers ascending, and the file of each.</returns>
    /// <exception cref="CohortFormatException">A record is damaged or not in the format.</exception>
    public IEnumerable<(string File, PhysioNet2012Record Record)> Read(PhysioNet2012RecordParser parser)
    {
        var (bytes, text) = (Array.Empty<byte>(), Array.Empty<char>());
        foreach (var (id, (name, open, length, checksum)) in _files)
        {
            if (bytes.Length <= length)
            {
                bytes = new byte[(2 * length) + 1];
                text = new char[bytes.Length];
            }

            ReadBytes(name, open, length, bytes);
            if (checksum is { } expected && ZipChecksum.Of(bytes.AsSpan(0, (int)length)) != expected)
                throw Damaged(name, "its bytes differ from the checksum in the zip file");
            // The format is plain ASCII; any other byte becomes a character that the parser reports.
            var characters = Encoding.Latin1.GetChars(bytes.AsSpan(0, (int)length), text);
            yield return (name, parser.Parse(name, id, text.AsSpan(0, characters)));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _archive?.Dispose();

    private static ZipArchive OpenArchive(string path)
    {
        InputFile.RequireRegular(path);
        ZipArchive? archive = null;
        try
        {
            archive = ZipFile.OpenRead(path);
            // The directory at the end of the file is read on first use; a file cut short has none.
            _ = archive.Entries;
            return archive;
        }
        catch (InvalidDataException error)
        {
            archive?.Dispose();
            throw new CohortFormatException(path, 0, "", "", $"the zip file is damaged or cut short ({error.Message}).");
        }
    }

    // A link has the length of its text; one that leads nowhere is told when its record is read.
    private static long LengthOf(FileInfo file) => file.LinkTarget is not null && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo { Exists: true } target ? target.Length : file.Length;

    private static FileStream OpenRecord(FileInfo file)
    {
        InputFile.RequireRegular(file.FullName);
        return file.OpenRead();
    }

    private static void ReadBytes(string name, Func<Stream> open, long length, Span<byte> bytes)
    {
        int count;
        try
        {
            using var stream = open();
            count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException error)
        {
            throw Damaged(name, error.Message);
        }

        if (count != length)
            throw Damaged(name, $"{count:N0} bytes where {length:N0} were expected");
    }

    private static CohortFormatException Damaged(string name, string reason) => new(name, 0, "", "", $"the record is damaged or cut short ({reason}).");

    private void List(string path)
    {
        if (_archive is null)
        {
            foreach (var file in new DirectoryInfo(path).EnumerateFiles("*" + Extension))
                Add(file.FullName, file.Name, () => OpenRecord(file), LengthOf(file), checksum: null);
        }
        else
        {
            foreach (var entry in _archive.Entries)
                Add($"{path}/{entry.FullName}", entry.Name, entry.Open, entry.Length, entry.Crc32);
        }

        if (_files.Count == 0)
            throw new CohortFormatException(path, 0, "", "", $"there are no records in it; files such as 132539{Extension} were expected.");
    }

    private void Add(string path, string name, Func<Stream> open, long length, uint? checksum)
    {
        // Folders end in "/" and so have no name; names that begin with a dot are left by operating systems.
        if (!name.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) || name[0] == '.')
            return;
        if (!NumberText.TryParseDigits(name.AsSpan(..^Extension.Length), out var id))
            throw new CohortFormatException(path, 0, "", "", $"a record's file must be named by its number, such as 132539{Extension}.");
        if (length > LargestRecord)
            throw Damaged(path, $"{length:N0} bytes, where at most {LargestRecord:N0} were expected");
        if (!_files.TryAdd(id, (path, open, length, checksum)))
            throw new CohortFormatException(path, 0, "", "", $"record {id} occurs twice in this set.");
    }
}
