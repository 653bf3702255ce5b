using System.Globalization;
using System.IO.Compression;

namespace Bench.Cohorts.PhysioNet2012;

/// <summary>The record files of one set, in a zip file or a folder, in order of their numbers.</summary>
internal sealed class PhysioNet2012Files : IDisposable
{
    private const string Extension = ".txt";

    private readonly SortedDictionary<int, (string Name, Func<Stream> Open, long Length)> _files = [];
    private readonly ZipArchive? _archive;

    private PhysioNet2012Files(string path)
    {
        if (Directory.Exists(path))
        {
            foreach (var file in new DirectoryInfo(path).EnumerateFiles("*" + Extension))
                Add(file.FullName, file.Name, file.OpenRead, file.Length);
        }
        else
        {
            _archive = OpenArchive(path);
            foreach (var entry in _archive.Entries)
                Add($"{path}/{entry.FullName}", entry.Name, entry.Open, entry.Length);
        }

        if (_files.Count == 0)
            throw new CohortFormatException(path, 0, "", "", $"there are no records in it; files such as 132539{Extension} were expected.");
    }

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
    public static PhysioNet2012Files Open(string path) => new(path);

    /// <summary>Reads all records, one after another.</summary>
    /// <param name="parser">Parses each.</param>
    /// <returns>Records, their numbers ascending, and the file of each.</returns>
    /// <exception cref="CohortFormatException">A record is damaged or not in the format.</exception>
    public IEnumerable<(string File, PhysioNet2012Record Record)> Read(PhysioNet2012RecordParser parser)
    {
        var text = Array.Empty<char>();
        foreach (var (id, (name, open, length)) in _files)
        {
            var characters = ReadText(name, open, length, ref text);
            yield return (name, parser.Parse(name, id, text.AsSpan(0, characters)));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _archive?.Dispose();

    private static ZipArchive OpenArchive(string path)
    {
        try
        {
            var archive = ZipFile.OpenRead(path);
            // The directory at the end of the file is read on first use; a file cut short has none.
            _ = archive.Entries;
            return archive;
        }
        catch (InvalidDataException error)
        {
            throw new CohortFormatException(path, 0, "", "", $"the zip file is damaged or cut short ({error.Message}).");
        }
    }

    private static int ReadText(string name, Func<Stream> open, long length, ref char[] text)
    {
        try
        {
            using var stream = open();
            if (text.Length <= length)
                text = new char[2 * length + 1];
            using var reader = new StreamReader(stream);
            var characters = reader.ReadBlock(text);
            // The format is plain ASCII, so that a record has as many characters as the directory promises bytes.
            if (characters != length)
                throw new InvalidDataException($"{characters:N0} characters where {length:N0} were expected");
            return characters;
        }
        catch (InvalidDataException error)
        {
            throw new CohortFormatException(name, 0, "", "", $"the record is damaged or cut short ({error.Message}).");
        }
    }

    private void Add(string path, string name, Func<Stream> open, long length)
    {
        // Folders end in "/" and so have no name; names that begin with a dot are left by operating systems.
        if (!name.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) || name[0] == '.')
            return;
        if (!int.TryParse(name.AsSpan(..^Extension.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            throw new CohortFormatException(path, 0, "", "", $"a record's file must be named by its number, such as 132539{Extension}.");
        if (!_files.TryAdd(id, (path, open, length)))
            throw new CohortFormatException(path, 0, "", "", $"record {id} occurs twice in this set.");
    }
}
