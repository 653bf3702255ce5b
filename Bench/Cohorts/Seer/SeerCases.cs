namespace Bench.Cohorts.Seer;

/// <summary>Which records make a cohort, as SEER*Stat lists them: by number of patient and record.</summary>
internal sealed class SeerCases
{
    private const int RecordsPerPatient = 100;

    private readonly string _file;
    private readonly Dictionary<long, long> _lineOf = [];

    private SeerCases(string file) => _file = file;

    /// <summary>Reads a case listing.</summary>
    /// <param name="file">A CSV file with the columns "Patient ID" and "Record number"; may end in ".gz".</param>
    /// <exception cref="CohortFormatException">The file is missing or damaged, lists no case or one twice, or holds something else than numbers.</exception>
    public static SeerCases Read(string file)
    {
        var cases = new SeerCases(file);
        using var table = CsvTable.Open(file);
        var (patient, record) = (table.RequireColumn(SeerFields.Patient.Name), table.RequireColumn(SeerFields.Record.Name));
        while (table.Next())
        {
            if (table.Integer(record) is < 0 or >= RecordsPerPatient)
                throw table.Error(record, $"a number from 0 to {RecordsPerPatient - 1} was expected.");
            if (table.Integer(patient) is < 0 or > int.MaxValue)
                throw table.Error(patient, $"a number from 0 to {int.MaxValue} was expected.");
            if (!cases._lineOf.TryAdd(KeyOf((int)table.Integer(patient), (int)table.Integer(record)), table.Line))
                throw table.Error(patient, $"record {table.Integer(record):00} of this patient is listed twice.");
        }

        return cases._lineOf.Count > 0 ? cases : throw new CohortFormatException(file, 0, "", "", "the file has a header and lists no case.");
    }

    /// <summary>Returns one number for a patient's record.</summary>
    public static long KeyOf(int patient, int record) => ((long)patient * RecordsPerPatient) + record;

    /// <summary>Returns whether a record is listed.</summary>
    public bool Contain(long key) => _lineOf.ContainsKey(key);

    /// <summary>Throws unless every case was found.</summary>
    /// <param name="found">The keys of the records that were taken.</param>
    /// <param name="records">The file of records, for errors.</param>
    public void RequireAll(HashSet<long> found, string records)
    {
        if (found.Count == _lineOf.Count)
            return;
        if (found.Count == 0)
            throw new CohortFormatException(_file, 0, "", "", $"none of the {_lineOf.Count:N0} cases is in {records}; is it the file of another cancer or submission?");
        var (key, line) = _lineOf.Where(one => !found.Contains(one.Key)).MinBy(one => one.Value);
        throw new CohortFormatException(
            _file,
            line,
            SeerFields.Patient.Name,
            $"{key / RecordsPerPatient:00000000}",
            $"{records} has no record {key % RecordsPerPatient:00} of this patient; {_lineOf.Count - found.Count:N0} of {_lineOf.Count:N0} cases are not there.");
    }
}
