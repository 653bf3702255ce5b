using Bench.Cohorts.Table;
using Bench.Report.Results;
using Bench.Studies.Equity;
using Engine.Data;

namespace Bench.Report.Equity;

/// <summary>The rows that generators made, as files: one a minority, size, arm and repeat, a list of them, and their schema.</summary>
/// <remarks>They are written into a folder beside it, which gets its name when all are complete. Rows may be added from several threads.</remarks>
internal sealed class SavedRows : IDisposable
{
    /// <summary>The name of the list.</summary>
    public const string ListName = "rows.csv";

    /// <summary>The name of the schema.</summary>
    public const string SchemaName = "schema.json";

    private readonly string _folder;
    private readonly string _target;
    private readonly PendingFolder _pending;
    private readonly List<Entry> _entries = [];

    /// <summary>Begins a folder.</summary>
    /// <param name="folder">Its name, of a folder that does not exist or is empty.</param>
    /// <param name="tell">Receives a sentence for each folder that a killed run left beside it.</param>
    /// <exception cref="IOException">It holds something, or cannot be written.</exception>
    public SavedRows(string folder, Action<string> tell)
    {
        (_folder, _target) = (folder, PendingFolder.Resolve(folder));
        RequireEmpty();
        PendingFolder.Prepare(_target, tell);
        _pending = new PendingFolder(_target);
    }

    /// <summary>Writes the rows of an arm in a repeat.</summary>
    public void Add(EquityMadeRows made)
    {
        // Two groups may differ in letters that no file's name has; they are studied one after the other, so which is the second never varies.
        var stem = $"{SlugOf(made.Minority)}-{made.Size}-{made.Arm}-{made.Repeat}";
        var name = $"{stem}.csv";
        lock (_entries)
        {
            for (var copy = 2; _entries.Exists(entry => entry.File == name); copy++)
                name = $"{stem}-{copy}.csv";
            _entries.Add(new Entry(name, made.Minority, made.Size, made.Repeat, made.Arm, made.Table.RowCount));
        }

        SchemaTableWriter.Write(Path.Combine(_pending.Path, name), made.Table, CancellationToken.None);
    }

    /// <summary>Writes the list and the schema, and gives the folder its name.</summary>
    /// <param name="schema">The schema of all rows.</param>
    /// <exception cref="IOException">The folder cannot have the name; the message says where it is kept.</exception>
    public void PutInPlace(TableSchema schema)
    {
        TableFiles.WriteTable(Path.Combine(_pending.Path, ListName), _entries.OrderBy(entry => entry.Minority, StringComparer.Ordinal).ThenBy(entry => entry.Size).ThenBy(entry => entry.Repeat).ThenBy(entry => entry.Arm, StringComparer.Ordinal));
        schema.Save(Path.Combine(_pending.Path, SchemaName));
        // Again: somebody may have filled it meanwhile.
        _pending.PutInPlace(RequireEmpty);
    }

    /// <inheritdoc/>
    public void Dispose() => _pending.Dispose();

    private void RequireEmpty()
    {
        if (File.Exists(_target) || (Directory.Exists(_target) && Directory.EnumerateFileSystemEntries(_target).Any()))
            throw new IOException($"'{_folder}' exists and is not empty; name another folder for the rows, or remove it.");
    }

    private static string SlugOf(string name) => string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '-'));

    /// <summary>A file of rows.</summary>
    /// <param name="File">Its name.</param>
    /// <param name="Minority">The minority that the rows are for.</param>
    /// <param name="Size">Its rows that train.</param>
    /// <param name="Repeat">The repeat, from 1.</param>
    /// <param name="Arm">The arm.</param>
    /// <param name="Rows">How many rows.</param>
    private sealed record Entry(string File, string Minority, int Size, int Repeat, string Arm, long Rows);
}
