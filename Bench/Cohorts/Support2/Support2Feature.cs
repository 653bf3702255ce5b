namespace Bench.Cohorts.Support2;

/// <summary>One feature, bound to its column in an open file.</summary>
internal sealed class Support2Feature
{
    private readonly int _column;
    private readonly string? _level;
    private readonly string[] _levels = [];

    private Support2Feature(CsvTable table, string name)
    {
        var parts = name.Split('=', 2);
        _column = table.RequireColumn(parts[0]);
        if (parts.Length == 2)
        {
            _level = parts[1];
            _levels = Support2Columns.Levels[parts[0]];
        }
    }

    /// <summary>Finds the columns of all features.</summary>
    /// <exception cref="CohortFormatException">The header lacks one.</exception>
    public static Support2Feature[] Bind(CsvTable table) => [.. Support2Columns.Features.Select(name => new Support2Feature(table, name))];

    /// <summary>Reads the feature from the current row: a number, NaN where the cell is empty or NA, or 1 and 0 for an indicator.</summary>
    /// <exception cref="CohortFormatException">The cell is neither a number nor empty, or not a known level.</exception>
    public float Read(CsvTable table)
    {
        if (_level is null)
            return (float)table.NumberOrMissing(_column, Support2Columns.Missing);
        return table.Level(_column, _levels) == _level ? 1 : 0;
    }
}
