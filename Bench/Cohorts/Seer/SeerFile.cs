namespace Bench.Cohorts.Seer;

/// <summary>Reads the records of a fixed-width file.</summary>
internal static class SeerFile
{
    private const int BufferLength = 1 << 20;
    private const int RecordsPerReport = 1 << 16;
    private const byte LineEnd = (byte)'\n';
    private const byte Return = (byte)'\r';

    /// <summary>Reads records of 362 characters, a line each, in the order of the file.</summary>
    /// <param name="file">The file; where it is absent, the one with ".gz" added.</param>
    /// <param name="cases">The records to take; all when null.</param>
    /// <param name="progress">Told of the records read.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="CohortFormatException">The file is missing or damaged, holds no record, a line of another length, or a record twice, or lacks a case.</exception>
    public static SeerRecords Read(string file, SeerCases? cases, IProgress<CohortProgress>? progress, CancellationToken cancellation)
    {
        CsvTable.RequireExists(file);
        if (!File.Exists(file))
            file += CsvTable.Compressed;
        var taken = new Taken(file, cases);
        var buffer = new byte[BufferLength];
        var (length, line) = (0, 0L);
        try
        {
            using var stream = InputFile.Open(file);
            while (true)
            {
                cancellation.ThrowIfCancellationRequested();
                var read = stream.Read(buffer.AsSpan(length));
                length += read;
                var start = 0;
                while (buffer.AsSpan(start, length - start).IndexOf(LineEnd) is var end and >= 0)
                {
                    taken.Offer(WithoutReturn(buffer.AsSpan(start, end)), ++line);
                    start += end + 1;
                    if (line % RecordsPerReport == 0)
                        progress?.Report(new CohortProgress("reading SEER", line, 0, "records"));
                }

                length -= start;
                buffer.AsSpan(start, length).CopyTo(buffer);
                // The last line may end with the file.
                if (length > 0 && (read == 0 || length > SeerFields.RecordLength + 1))
                    taken.Offer(WithoutReturn(buffer.AsSpan(0, length)), ++line);
                if (read == 0)
                    break;
            }
        }
        catch (InvalidDataException error)
        {
            throw new CohortFormatException(file, line, "", "", $"the compressed file is damaged or cut short ({error.Message}).");
        }

        return taken.All();
    }

    private static ReadOnlySpan<byte> WithoutReturn(ReadOnlySpan<byte> line) => line is [.. var record, Return] ? record : line;

    private sealed class Taken(string file, SeerCases? cases)
    {
        private readonly SeerRecords _records = new(file);
        private readonly HashSet<long> _keys = [];

        public void Offer(ReadOnlySpan<byte> record, long line)
        {
            if (record.Length != SeerFields.RecordLength)
                throw new CohortFormatException(file, line, "", "", $"the record has {record.Length:N0} characters; a record of the submission of November 2016 has {SeerFields.RecordLength}.");
            var key = SeerCases.KeyOf(Identify(SeerFields.Patient, record, line), Identify(SeerFields.Record, record, line));
            if (cases?.Contain(key) == false)
                return;
            record.CopyTo(_records.Add(line));
            if (!_keys.Add(key))
                throw _records.Error(_records.Count - 1, SeerFields.Patient, "this record of this patient occurs twice.");
        }

        public SeerRecords All()
        {
            cases?.RequireAll(_keys, file);
            return _records.Count > 0 ? _records : throw new CohortFormatException(file, 0, "", "", "the file holds no record.");
        }

        private int Identify(SeerField field, ReadOnlySpan<byte> record, long line) =>
            field.Parse(record) is { } number and not SeerField.Blank
                ? number
                : throw new CohortFormatException(file, line, field.Name, System.Text.Encoding.Latin1.GetString(record.Slice(field.Start, field.Width)), "a number was expected.");
    }
}
