namespace Bench.Cohorts.PhysioNet2012;

/// <summary>The outcomes of one set, taken one by one, so that none is left over unseen.</summary>
internal sealed class PhysioNet2012Outcomes
{
    private const int IdColumn = 0;
    private const int DeathColumn = 5;

    private readonly string _file;
    private readonly Dictionary<int, (byte Label, long Line)> _remaining = [];

    private PhysioNet2012Outcomes(string file)
    {
        _file = file;
        using var table = CsvTable.Open(file);
        table.RequireHeader("RecordID", "SAPS-I", "SOFA", "Length_of_stay", "Survival", "In-hospital_death");
        while (table.Next())
        {
            var id = table.Integer(IdColumn);
            if (id is < 0 or > int.MaxValue)
                throw table.Error(IdColumn, $"a record's number is 0 to {int.MaxValue}.");
            if (!_remaining.TryAdd((int)id, (table.Label(DeathColumn), table.Line)))
                throw table.Error(IdColumn, "this record occurs twice.");
        }
    }

    /// <summary>Reads the outcomes of a set.</summary>
    /// <param name="folder">The folder of the challenge.</param>
    /// <param name="set">The letter of the set.</param>
    /// <exception cref="CohortFormatException">The file is missing or not in the format.</exception>
    public static PhysioNet2012Outcomes Read(string folder, char set) => new(Path.Combine(folder, $"Outcomes-{set}.txt"));

    /// <summary>Takes the outcome of a record.</summary>
    /// <param name="recordFile">The record's file, for the error.</param>
    /// <param name="id">The record's number.</param>
    /// <returns>1 for death in hospital, else 0.</returns>
    /// <exception cref="CohortFormatException">The record has no outcome.</exception>
    public byte Take(string recordFile, int id) => _remaining.Remove(id, out var outcome)
        ? outcome.Label
        : throw new CohortFormatException(recordFile, 0, "RecordID", $"{id}", $"the record has no outcome in {_file}.");

    /// <summary>Throws when an outcome was not taken: its record is missing.</summary>
    public void RequireNoneLeft()
    {
        if (_remaining.Count == 0)
            return;
        var (id, first) = _remaining.MinBy(outcome => outcome.Value.Line);
        throw new CohortFormatException(_file, first.Line, "RecordID", $"{id}", $"there is no record for this outcome ({_remaining.Count} such in all).");
    }
}
