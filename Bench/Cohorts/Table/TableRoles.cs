namespace Bench.Cohorts.Table;

/// <summary>Which column of a table is what.</summary>
internal sealed class TableRoles
{
    private const int LongestList = 300;
    private const char ListSeparator = ',';

    private readonly TextTable _table;
    private readonly string[] _names;

    private TableRoles(TextTable table)
    {
        _table = table;
        _names = [.. table.Header.Select(name => name.Trim())];
        RequireDistinct();
    }

    /// <summary>Gets the column with the class.</summary>
    public required int Label { get; init; }

    /// <summary>Gets the column that says what a row is for; null without.</summary>
    public required int? Split { get; init; }

    /// <summary>Gets the column with the patient; null without.</summary>
    public required int? Patient { get; init; }

    /// <summary>Gets the columns that make groups, in the order in which they were named.</summary>
    public required IReadOnlyList<int> Groups { get; init; }

    /// <summary>Gets the columns that become features, in the order of the file.</summary>
    public required IReadOnlyList<int> Features { get; init; }

    /// <summary>Gets the columns whose numbers are codes.</summary>
    public required IReadOnlyList<int> Categorical { get; init; }

    /// <summary>Gets how many columns have no name, and are left out.</summary>
    public required int UnnamedCount { get; init; }

    /// <summary>Finds the columns that were named, and what remains.</summary>
    /// <exception cref="CohortFormatException">There is no such column, the header has a name twice, or a column was named for two things.</exception>
    public static TableRoles Find(TextTable table, TableDescription description)
    {
        var header = new TableRoles(table) { Label = 0, Split = null, Patient = null, Groups = [], Features = [], Categorical = [], UnnamedCount = 0 };
        return header.Assign(description);
    }

    /// <summary>Finds columns by their names alone.</summary>
    /// <param name="table">The table.</param>
    /// <param name="entries">Names, or several separated by commas.</param>
    /// <returns>Each column once, in the order in which they were named.</returns>
    /// <exception cref="CohortFormatException">There is no such column, or the header has a name twice.</exception>
    public static int[] FindAll(TextTable table, IReadOnlyList<string> entries) =>
        new TableRoles(table) { Label = 0, Split = null, Patient = null, Groups = [], Features = [], Categorical = [], UnnamedCount = 0 }.FindAll(entries);

    /// <summary>Returns the name of a column as it may be shown.</summary>
    public string NameOf(int column) => PrintableText.Of(_names[column], LongestList);

    private TableRoles Assign(TableDescription description)
    {
        var label = Find(description.Label);
        int? split = description.Split is { } splitName ? Find(splitName) : null;
        int? patient = description.Patient is { } patientName ? Find(patientName) : null;
        var (groups, ignored) = (FindAll(description.Groups), FindAll(description.Ignored));
        int?[] taken = [label, split, patient];
        RequireOneRole([(label, "label"), (split, "split"), (patient, "patient"), .. groups.Select(column => ((int?)column, "group"))]);
        RequireOneRole([(label, "label"), (split, "split"), (patient, "patient"), .. ignored.Select(column => ((int?)column, "ignored"))]);
        var named = Enumerable.Range(0, _names.Length).Where(column => _names[column].Length > 0).ToArray();
        return new TableRoles(_table)
        {
            Label = label,
            Split = split,
            Patient = patient,
            Groups = groups,
            Features = [.. named.Where(column => !taken.Contains(column) && !ignored.Contains(column))],
            Categorical = FindAll(description.Categorical),
            UnnamedCount = _names.Length - named.Length,
        };
    }

    private int[] FindAll(IReadOnlyList<string> entries) => [.. entries.SelectMany(FindEntry).Distinct()];

    // A name that has commas itself is taken whole.
    private IEnumerable<int> FindEntry(string entry) => _names.Contains(entry.Trim(), StringComparer.Ordinal)
        ? [Find(entry)]
        : entry.Split(ListSeparator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Find);

    private int Find(string name)
    {
        var column = Array.IndexOf(_names, name.Trim());
        return column >= 0 && name.Trim().Length > 0
            ? column
            : throw _table.HeaderError(name, $"the header lacks this column{NearestName.Hint(name, _names)} It has {PrintableText.Of(string.Join(", ", _names.Where(other => other.Length > 0)), LongestList)}.");
    }

    private void RequireDistinct()
    {
        if (_names.Where(name => name.Length > 0).GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            var columns = Enumerable.Range(0, _names.Length).Where(column => _names[column] == twice.Key).Select(column => column + 1);
            throw _table.HeaderError(twice.Key, $"the header has this name more than once, in columns {string.Join(" and ", columns)}; every column needs a name of its own.");
        }
    }

    private void RequireOneRole((int? Column, string Role)[] roles)
    {
        if (roles.Where(role => role.Column is not null).GroupBy(role => role.Column!.Value).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw _table.HeaderError(_names[twice.Key], $"this column is named for two things, {string.Join(" and ", twice.Select(role => role.Role))}; it can be one of them.");
    }
}
