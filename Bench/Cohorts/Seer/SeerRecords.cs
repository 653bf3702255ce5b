namespace Bench.Cohorts.Seer;

/// <summary>Records of a cohort as they stand in the file, one after the other.</summary>
/// <param name="file">The file as it is named in errors.</param>
internal sealed class SeerRecords(string file)
{
    // About three megabytes: a list that doubles would copy a hundred.
    private const int RecordsPerChunk = 8192;

    private readonly List<byte[]> _chunks = [];
    private readonly List<long> _lines = [];

    /// <summary>Gets the number of records.</summary>
    public int Count => _lines.Count;

    /// <summary>Gets the characters of a record.</summary>
    /// <param name="row">The record, from 0.</param>
    public ReadOnlySpan<byte> this[int row] => Place(row);

    /// <summary>Adds a record, to be filled by the caller.</summary>
    /// <param name="line">Its line in the file, from 1.</param>
    /// <returns>Its characters.</returns>
    public Span<byte> Add(long line)
    {
        if (Count % RecordsPerChunk == 0)
            _chunks.Add(GC.AllocateUninitializedArray<byte>(RecordsPerChunk * SeerFields.RecordLength));
        _lines.Add(line);
        return Place(Count - 1);
    }

    /// <summary>Parses a field of all records.</summary>
    /// <param name="field">The field.</param>
    /// <returns>One number a record; <see cref="SeerField.Blank"/> where there is none.</returns>
    /// <exception cref="CohortFormatException">A number does not fit in 31 bits.</exception>
    public int[] Parse(SeerField field)
    {
        var values = new int[Count];
        for (var row = 0; row < values.Length; row++)
            values[row] = field.Parse(Place(row)) ?? throw Error(row, field, $"a number of at most {int.MaxValue} was expected.");
        return values;
    }

    /// <summary>Describes what is wrong with a field of a record.</summary>
    public CohortFormatException Error(int row, SeerField field, string reason) =>
        new(file, _lines[row], field.Name, System.Text.Encoding.Latin1.GetString(Place(row).Slice(field.Start, field.Width)), reason);

    /// <summary>Returns the characters of a record that was added, for writing.</summary>
    /// <param name="row">The record, from 0.</param>
    public Span<byte> Place(int row) => _chunks[row / RecordsPerChunk].AsSpan(row % RecordsPerChunk * SeerFields.RecordLength, SeerFields.RecordLength);
}
