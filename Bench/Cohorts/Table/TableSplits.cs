using System.Runtime.InteropServices;

namespace Bench.Cohorts.Table;

/// <summary>What every row of a table is for, and of which patient it is.</summary>
internal sealed class TableSplits(TextTable table, int? splitColumn, int? patientColumn, HashSet<string> missing)
{
    private static readonly Dictionary<string, CohortSplit> s_words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["train"] = CohortSplit.Train,
        ["training"] = CohortSplit.Train,
        ["validation"] = CohortSplit.Validation,
        ["valid"] = CohortSplit.Validation,
        ["val"] = CohortSplit.Validation,
        ["dev"] = CohortSplit.Validation,
        ["test"] = CohortSplit.Test,
        ["testing"] = CohortSplit.Test,
    };

    private readonly List<CohortSplit> _splits = [];
    private readonly List<int> _patients = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<CohortSplit> _splitOfPatient = [];

    /// <summary>Gets the number of the patient of every row, in the order of first appearance; null where every row is a patient.</summary>
    public IReadOnlyList<int>? Patients => patientColumn is null ? null : _patients;

    /// <summary>Reads the cells of the current row.</summary>
    /// <exception cref="CohortFormatException">A cell is missing, a word for a split is unknown, or a patient is in two splits.</exception>
    public void Read()
    {
        var split = splitColumn is { } column ? ReadSplit(column) : CohortSplit.Train;
        _splits.Add(split);
        if (patientColumn is { } patient)
            ReadPatient(patient, split);
    }

    /// <summary>Returns what every row is for, after the last one.</summary>
    /// <remarks>Without a column for it every fifth row is for the test, or every fifth patient with all rows.</remarks>
    /// <exception cref="CohortFormatException">No row is for training, or none for the test.</exception>
    public CohortSplit[] ToSplits()
    {
        if (splitColumn is not { } column)
            return patientColumn is null ? FifthRowSplit.Of(_splits.Count) : SplitByPatient();
        foreach (var needed in new[] { CohortSplit.Train, CohortSplit.Test })
        {
            if (!_splits.Contains(needed))
                throw new CohortFormatException(table.File, 0, table.Header[column], "", $"no row is '{needed.ToString().ToLowerInvariant()}'; rows to fit on and rows to judge on are needed.");
        }

        return [.. _splits];
    }

    private CohortSplit[] SplitByPatient()
    {
        var ofPatient = FifthRowSplit.Of(_numbers.Count);
        return [.. _patients.Select(patient => ofPatient[patient])];
    }

    private CohortSplit ReadSplit(int column) => s_words.TryGetValue(table.Text(column).Trim(), out var split)
        ? split
        : throw table.Error(column, "one of train, validation (val, valid, dev) and test was expected; numbers are not guessed.");

    private void ReadPatient(int column, CohortSplit split)
    {
        var text = table.Text(column).Trim();
        if (missing.Contains(text))
            throw table.Error(column, "the patient is missing; give every row one, or a number of its own.");
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, text, out var isKnown);
        if (!isKnown)
        {
            number = _splitOfPatient.Count;
            _splitOfPatient.Add(split);
        }
        else if (_splitOfPatient[number] != split)
        {
            throw table.Error(
                column,
                $"a row of this patient is for {split.ToString().ToLowerInvariant()}, an earlier one for {_splitOfPatient[number].ToString().ToLowerInvariant()}: a model judged on patients that it has seen is judged too well. Put each patient in one part.");
        }

        _patients.Add(number);
    }
}
