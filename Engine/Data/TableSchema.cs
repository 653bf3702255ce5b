using Engine.Diagnostics;

namespace Engine.Data;

/// <summary>The columns of a table as its readers know them: names, units, kinds, ranges, levels, and which are outcomes.</summary>
/// <remarks>Immutable. Rows under a schema hold one float32 a column: a number, 0 or 1, or the place of a level; NaN where missing. See <see cref="SchemaTable"/>.</remarks>
public sealed partial class TableSchema
{
    private readonly Dictionary<string, int> _places;

    /// <summary>Creates a schema.</summary>
    /// <param name="columns">One column at least.</param>
    /// <exception cref="ArgumentException">There is no column, two have one name, a range is empty, a category has fewer than two levels or one twice, or an outcome is not binary.</exception>
    public TableSchema(IEnumerable<ColumnDescription> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        Columns = [.. columns];
        if (Columns.Count == 0)
            Throw.Argument_Invalid(nameof(columns), "there is no column; describe one at least.");
        _places = new Dictionary<string, int>(Columns.Count, StringComparer.Ordinal);
        for (var column = 0; column < Columns.Count; column++)
        {
            ArgumentNullException.ThrowIfNull(Columns[column], nameof(columns));
            if (FindFault(Columns[column]) is { } fault)
                Throw.Argument_Invalid(nameof(columns), $"column {column:N0}, '{Columns[column].Name}': {fault}.");
            if (!_places.TryAdd(Columns[column].Name, column))
                Throw.Argument_Invalid(nameof(columns), $"two columns are called '{Columns[column].Name}'; give every column a name of its own.");
        }
    }

    /// <summary>Gets the columns, in the order of the values of a row.</summary>
    public IReadOnlyList<ColumnDescription> Columns { get; }

    /// <summary>Gets the places of the outcomes, ascending.</summary>
    public IReadOnlyList<int> Outcomes => [.. Enumerable.Range(0, Columns.Count).Where(column => Columns[column].IsOutcome)];

    /// <summary>Gets the places of the columns that are no outcomes, ascending.</summary>
    public IReadOnlyList<int> Features => [.. Enumerable.Range(0, Columns.Count).Where(column => !Columns[column].IsOutcome)];

    /// <summary>Finds a column by its name.</summary>
    /// <param name="name">The name, in the same case.</param>
    /// <param name="column">The place of the column, 0 to the number of columns - 1.</param>
    /// <returns>False when no column has the name.</returns>
    public bool TryFind(string name, out int column) => _places.TryGetValue(name, out column);

    private static string? FindFault(ColumnDescription column)
    {
        if (string.IsNullOrWhiteSpace(column.Name))
            return "it has no name";
        if (!Enum.IsDefined(column.Kind))
            return $"its kind is {column.Kind}; allowed are {string.Join(", ", Enum.GetNames<ColumnKind>())}";
        if (column.Levels is null)
            return "its levels are null; leave them empty where there are none";
        if (column.Kind == ColumnKind.Category)
        {
            if (column.Levels.Count < 2)
                return $"its category has {column.Levels.Count} levels, which is no choice; give two or more";
            if (column.Levels.Any(static level => level is null) || column.Levels.Distinct(StringComparer.Ordinal).Count() < column.Levels.Count)
                return "a level is null or stands twice";
        }
        else if (column.Levels.Count > 0)
        {
            return $"it has levels and its kind is {column.Kind}; only a category has levels";
        }

        if (column.IsNominal && (column.Minimum is not null || column.Maximum is not null))
            return $"it has a range and its kind is {column.Kind}; only numbers have a range";
        if (column.Minimum is { } least && !float.IsFinite((float)least) || column.Maximum is { } most && !float.IsFinite((float)most))
            return "an end of its range is not finite in float32; leave it null where the range is open";
        if (column.Minimum > column.Maximum)
            return $"its range {column.Minimum} to {column.Maximum} is empty";
        if (column.Kind == ColumnKind.Integer && column is { Minimum: { } first, Maximum: { } last } && Math.Ceiling(first) > Math.Floor(last))
            return $"its range {first} to {last} holds no whole number";
        return column.IsOutcome && column.Kind != ColumnKind.Binary ? $"it is an outcome of kind {column.Kind}; outcomes are binary" : null;
    }
}
