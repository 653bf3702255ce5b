using Engine.Data;

namespace Bench.Cohorts.Table;

/// <summary>What somebody says of a table whose rows are to be made like. An entry of a list is one name, or several separated by commas.</summary>
internal sealed record SchemaTableDescription
{
    /// <summary>Gets what the columns hold; inferred from the values when null.</summary>
    public TableSchema? Schema { get; init; }

    /// <summary>Gets the columns that are outcomes, of 0 and 1; for an inferred schema.</summary>
    public IReadOnlyList<string> Outcomes { get; init; } = [];

    /// <summary>Gets the columns that are left out; for an inferred schema, as one that is given leaves out what it does not name.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>Gets the columns whose numbers are codes of categories; for an inferred schema.</summary>
    public IReadOnlyList<string> Categorical { get; init; } = [];

    /// <summary>Gets words for a missing value beside those that are known for it.</summary>
    public IReadOnlyList<string> MissingWords { get; init; } = [];
}

/// <summary>Reads a table of one's own as it is: every column a column of its schema.</summary>
internal static class SchemaTableReader
{
    private const int RowsBetweenReports = 10_000;

    /// <summary>Reads the table, in one pass.</summary>
    /// <param name="file">Text separated by commas, semicolons, tabs or vertical bars, with a header, which may be compressed by gzip; or Parquet.</param>
    /// <param name="description">What its columns hold.</param>
    /// <param name="progress">Told of every ten thousand rows.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>The rows, one a row of the file, and the columns that were left out as they have no value or no name.</returns>
    /// <exception cref="CohortFormatException">The file is missing or not in the format, or a cell cannot be what its column holds.</exception>
    /// <exception cref="ArgumentException">An outcome holds something else than 0 and 1.</exception>
    public static (SchemaTable Table, IReadOnlyList<string> LeftOut) Read(string file, SchemaTableDescription description, IProgress<CohortProgress>? progress, CancellationToken cancellation)
    {
        using var table = TableFile.Open(file);
        var missing = TableWords.MissingWith(description.MissingWords);
        return description.Schema is { } schema ? (ReadAs(table, schema, missing, progress, cancellation), []) : Infer(table, description, missing, progress, cancellation);
    }

    private static SchemaTable ReadAs(TextTable table, TableSchema schema, HashSet<string> missing, IProgress<CohortProgress>? progress, CancellationToken cancellation)
    {
        int[] cells = [.. schema.Columns.Select(column => table.RequireColumn(column.Name))];
        Dictionary<string, int>[] levels = [.. schema.Columns.Select(column => column.Levels.Index().ToDictionary(level => level.Item, level => level.Index, StringComparer.Ordinal))];
        var (rows, values) = (new SchemaRows(schema), new float[cells.Length]);
        ReadRows(table, ReadRow, progress, cancellation);
        return rows.ToTable();

        void ReadRow()
        {
            for (var column = 0; column < cells.Length; column++)
                values[column] = ReadCell(table, cells[column], schema.Columns[column], levels[column], missing);
            rows.Add(values);
        }
    }

    private static float ReadCell(TextTable table, int cell, ColumnDescription column, Dictionary<string, int> levels, HashSet<string> missing)
    {
        var text = table.Text(cell).Trim();
        if (missing.Contains(text) && !levels.ContainsKey(text))
            return column.MayBeMissing ? float.NaN : throw table.Error(cell, "a value is missing where the schema allows none; write \"mayBeMissing\": true there, or mend the cell.");
        if (column.Kind == ColumnKind.Category)
            return levels.TryGetValue(text, out var level) ? level : throw table.Error(cell, $"the schema has no such level{NearestName.Hint(text, [.. levels.Keys])} Add it there, or mend the cell.");
        if (column.Kind == ColumnKind.Binary && TableWords.TruthOf(text) is { } truth)
            return truth ? 1 : 0;
        // Before it is rounded: the limits of a schema are decimals too.
        var number = table.Number(cell);
        return SchemaRows.FaultOf(column, number) is { } fault ? throw table.Error(cell, $"{fault} Mend the cell, or the schema.") : (float)number;
    }

    private static (SchemaTable Table, IReadOnlyList<string> LeftOut) Infer(TextTable table, SchemaTableDescription description, HashSet<string> missing, IProgress<CohortProgress>? progress, CancellationToken cancellation)
    {
        var (outcomes, ignored, categorical) = (TableRoles.FindAll(table, description.Outcomes), TableRoles.FindAll(table, description.Ignored), TableRoles.FindAll(table, description.Categorical));
        if (outcomes.Concat(categorical).FirstOrDefault(ignored.Contains, -1) is >= 0 and var twice)
            throw table.HeaderError(table.Header[twice], "this column is left out and named for something else; it can be one of them.");
        var unnamed = table.Header.Index().Where(column => column.Item.Trim().Length == 0).Select(column => column.Index).ToArray();
        TableColumn[] columns = [.. Enumerable.Range(0, table.Header.Length).Except(ignored).Except(unnamed).Select(column => new TableColumn(table, column, table.Header[column].Trim(), categorical.Contains(column), missing))];
        var count = ReadRows(table, () => Array.ForEach(columns, static column => column.Read()), progress, cancellation);
        foreach (var column in columns)
            column.Finish();
        var kept = Array.FindAll(columns, column => Enumerable.Range(0, count).Any(row => !float.IsNaN(column[row])));
        if (kept.Length == 0)
            throw new CohortFormatException(table.File, 0, "", "", "no column is left that has a value.");
        // Ordinal order: that of the file would change with its rows.
        int[]?[] places = [.. kept.Select(column => column.IsText ? PlacesOf(column.Levels) : null)];
        var rows = SampleMatrix.Create(count, kept.Length);
        for (var row = 0; row < count; row++)
        {
            var target = rows.GetWritableRow(row);
            for (var column = 0; column < kept.Length; column++)
                target[column] = kept[column][row] is var value && places[column] is { } place && !float.IsNaN(value) ? place[(int)value] : value;
        }

        var levels = kept.Where(column => column.IsText).ToDictionary(column => column.Name, column => (IReadOnlyList<string>)[.. column.Levels.Order(StringComparer.Ordinal)]);
        var schema = TableSchema.Infer([.. kept.Select(column => column.Name)], rows, [.. outcomes.Select(column => table.Header[column].Trim())], levels);
        return (new SchemaTable(schema, rows), [.. columns.Except(kept).Select(column => column.Name), .. unnamed.Select(column => $"column {column + 1} without a name")]);
    }

    private static int ReadRows(TextTable table, Action read, IProgress<CohortProgress>? progress, CancellationToken cancellation)
    {
        var count = 0;
        while (table.Next())
        {
            cancellation.ThrowIfCancellationRequested();
            read();
            if (++count % RowsBetweenReports == 0)
                progress?.Report(new("reading the table", count, 0, "rows"));
        }

        return count > 0 ? count : throw new CohortFormatException(table.File, 0, "", "", "the file has a header and no rows.");
    }

    private static int[] PlacesOf(IReadOnlyList<string> levels)
    {
        var places = new int[levels.Count];
        foreach (var (place, code) in Enumerable.Range(0, levels.Count).OrderBy(code => levels[code], StringComparer.Ordinal).Index())
            places[code] = place;
        return places;
    }
}
