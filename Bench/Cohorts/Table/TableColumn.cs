namespace Bench.Cohorts.Table;

/// <summary>A column of numbers or of categories; which of the two shows while it is read, in one pass.</summary>
/// <remarks>
/// Distinct texts are kept up to <see cref="MostLevels"/>. A column with more is one of numbers, or an identifier and refused.
/// <b>Cost</b>: 4 bytes a row.
/// </remarks>
internal sealed class TableColumn
{
    /// <summary>The largest number of categories.</summary>
    public const int MostLevels = 1000;

    /// <summary>Fewer categories than this are never taken for identifiers, in however few rows.</summary>
    private const int FewLevels = 20;

    /// <summary>From this share of numbers on, the rest are taken for defects.</summary>
    private const double MostlyNumbers = 0.9;

    private const string WaysOut = "mend it, name a word for missing values with --missing, take the column's values for categories with --categorical, or leave it out with --ignore";

    private readonly TextTable _table;
    private readonly int _column;
    private readonly bool _isCategorical;
    private readonly HashSet<string> _missing;
    private readonly bool _hasNumberForMissing;
    private readonly ColumnValues _values = new();
    private readonly List<string> _levels = [];
    private readonly List<float> _numbers = [];
    private Dictionary<string, int>? _codes = new(StringComparer.Ordinal);
    private CohortFormatException? _firstText;
    private long _textCount;
    private long _knownCount;

    /// <summary>Prepares to read a column.</summary>
    /// <param name="table">The table.</param>
    /// <param name="column">The column of it.</param>
    /// <param name="name">Its name as it may be shown.</param>
    /// <param name="isCategorical">Whether its numbers are codes.</param>
    /// <param name="missing">Words for a missing value.</param>
    public TableColumn(TextTable table, int column, string name, bool isCategorical, HashSet<string> missing) =>
        (_table, _column, Name, _isCategorical, _missing, _hasNumberForMissing) = (table, column, name, isCategorical, missing, missing.Any(word => TableWords.TryParseNumber(word, out _)));

    /// <summary>Gets the name as it may be shown.</summary>
    public string Name { get; }

    /// <summary>Gets whether the values are categories; known after <see cref="Finish"/>.</summary>
    public bool IsText { get; private set; }

    /// <summary>Gets the distinct texts of a column of categories, in the order of their codes.</summary>
    public IReadOnlyList<string> Levels => _levels;

    /// <summary>Gets the number of rows read.</summary>
    public int Count => _values.Count;

    /// <summary>Gets the value of a row: a number, or the code of a category; NaN where missing.</summary>
    public float this[int row] => _values[row];

    /// <summary>Reads the cell of the current row.</summary>
    /// <exception cref="CohortFormatException">The cell cannot be what the column holds.</exception>
    public void Read()
    {
        // Once it is known for one of numbers, text is a long way to the same number.
        if (_codes is null && !_hasNumberForMissing && _table.TryNumber(_column, out var stored) && !float.IsInfinity((float)stored))
        {
            _values.Add((float)stored);
            return;
        }

        var text = _table.Text(_column).Trim();
        if (_missing.Contains(text))
        {
            _values.Add(float.NaN);
            return;
        }

        _knownCount++;
        if (_codes is null)
        {
            _values.Add(ReadNumber(text));
            return;
        }

        if (!_codes.TryGetValue(text, out var code))
        {
            if (_levels.Count == MostLevels)
            {
                BecomeNumbers();
                _values.Add(ReadNumber(text));
                return;
            }

            code = AddLevel(text);
        }

        if (float.IsNaN(_numbers[code]))
            _textCount++;
        _values.Add(code);
    }

    /// <summary>Decides what the column is, after the last row.</summary>
    /// <exception cref="CohortFormatException">It holds dates, identifiers, or numbers with something else among them.</exception>
    public void Finish()
    {
        if (_codes is null)
            return;
        if (_firstText is null && !_isCategorical)
        {
            BecomeNumbers();
            return;
        }

        if (!_isCategorical && _textCount <= (1 - MostlyNumbers) * _knownCount)
            throw _firstText!;
        if (_levels.All(TableWords.IsDate))
            throw Refusal(_levels[0], "this column holds dates: leave it out with --ignore, or make a number of it, such as days since admission.");
        if (_levels.Count > FewLevels && _levels.Count > _values.Count / 2)
            throw TooManyLevels();
        IsText = true;
        _codes = null;
    }

    private int AddLevel(string text)
    {
        var isNumber = TableWords.TryParseNumber(text, out var number);
        if (!isNumber && !_isCategorical)
        {
            RequirePossible(text);
            _firstText ??= _table.Error(_column, $"this is no number, and most of the column is: {WaysOut}.");
        }

        var code = _levels.Count;
        _codes!.Add(text, code);
        _levels.Add(text);
        _numbers.Add(isNumber ? number : float.NaN);
        return code;
    }

    private float ReadNumber(string text)
    {
        if (TableWords.TryParseNumber(text, out var number))
            return number;
        RequirePossible(text);
        throw _table.Error(_column, $"this is no number, and the {MostLevels:N0} different values before it are: {WaysOut}.");
    }

    // A number that was written in another way must not become a category unseen.
    private void RequirePossible(string text)
    {
        if (TableWords.IsInfinite(text))
            throw _table.Error(_column, "numbers must be finite, at most 3.4e38 in magnitude; leave the cell empty where the value is missing.");
        if (TableWords.IsNumberWithSeparators(text))
            throw _table.Error(_column, "this seems to be a number with a decimal comma or with separators of thousands: write it with a decimal point and without separators, or take the column for categories with --categorical.");
        if (text.Contains('\ufffd', StringComparison.Ordinal))
            throw _table.Error(_column, "the text is not UTF-8; save the file as UTF-8.");
    }

    private void BecomeNumbers()
    {
        if (_firstText is not null || _isCategorical)
            throw TooManyLevels();
        for (var row = 0; row < _values.Count; row++)
        {
            if (!float.IsNaN(_values[row]))
                _values[row] = _numbers[(int)_values[row]];
        }

        _codes = null;
        _levels.Clear();
        _numbers.Clear();
    }

    private CohortFormatException TooManyLevels()
    {
        if (_levels.TrueForAll(TableWords.IsDate))
            return Refusal(_levels[0], "this column holds dates: leave it out with --ignore, or make a number of it, such as days since admission.");
        var count = _levels.Count == MostLevels ? $"more than {MostLevels:N0}" : $"{_levels.Count:N0}";
        return Refusal(
            _firstText?.Value ?? _levels[0],
            $"this column has {count} different values in {_values.Count:N0} rows: it seems to be an identifier or free text. Leave it out with --ignore, name it with --patient if it is the patient and the command has that option, or group its values ({MostLevels:N0} at most, and no more than half of the rows).");
    }

    private CohortFormatException Refusal(string value, string reason) => new(_table.File, 0, Name, value, reason);
}
