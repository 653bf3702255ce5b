using Bench.Cohorts.Table;
using Engine.Data;

namespace Bench.Cohorts.Equity;

/// <summary>What somebody says of a table of their own for the study of synthetic rows. An entry of a list is one name, or several separated by commas.</summary>
/// <param name="Outcomes">The columns that are predicted, each of two different values.</param>
/// <param name="Group">The column whose values make the groups.</param>
public sealed record TableEquityDescription(IReadOnlyList<string> Outcomes, string Group)
{
    /// <summary>Gets the group that the others are compared with; the largest when null.</summary>
    public string? Majority { get; init; }

    /// <summary>Gets the value of every outcome that is class 1; null where the values tell: 0 and 1, false and true, no and yes.</summary>
    public string? Positive { get; init; }

    /// <summary>Gets the column with the patient; null where every row is a patient.</summary>
    public string? Patient { get; init; }

    /// <summary>Gets the columns that are no features.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>Gets the columns whose numbers are codes of categories.</summary>
    public IReadOnlyList<string> Categorical { get; init; } = [];

    /// <summary>Gets words for a missing value beside those that are known for it.</summary>
    public IReadOnlyList<string> MissingWords { get; init; } = [];
}

/// <summary>Reads any table of one's own for the study of synthetic rows: outcomes, a column that makes groups, and features of all the rest, as they are.</summary>
public static class TableEquity
{
    private const int RowsBetweenReports = 10_000;
    private const int LongestLevel = 200;

    /// <summary>Reads the table, in one pass.</summary>
    /// <param name="file">Text separated by commas, semicolons, tabs or vertical bars, with a header, which may be compressed by gzip; or Parquet.</param>
    /// <param name="description">Which column is what.</param>
    /// <param name="progress">Told of every ten thousand rows.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>One row a row of the file; columns of numbers within the range that they have in it, of text with its levels in ordinal order.</returns>
    /// <exception cref="CohortFormatException">The file is missing or not in the format, a column is not what it was called, or no group has rows enough to be made small.</exception>
    /// <exception cref="InsufficientMemoryException">The rows do not fit into memory.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was set.</exception>
    /// <remarks><b>Cost</b>: 4 bytes a cell, twice while the last of it is copied; the file itself is never in memory.</remarks>
    public static EquityCohort Read(string file, TableEquityDescription description, IProgress<CohortProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(description);
        using var table = TableFile.Open(file);
        var (outcomes, group) = Find(table, description);
        var roles = TableRoles.Find(table, new TableDescription(table.Header[outcomes[0]])
        {
            Patient = description.Patient,
            Ignored = [.. description.Ignored, .. outcomes[1..].Append(group).Select(column => table.Header[column])],
            Categorical = description.Categorical,
        });
        var missing = TableWords.MissingWith(description.MissingWords);
        TableLabels[] labels = [.. outcomes.Select(column => new TableLabels(table, column, missing, description.Positive))];
        var splits = new TableSplits(table, null, roles.Patient, missing);
        TableColumn[] columns = [.. roles.Features.Append(group).Select(column => new TableColumn(table, column, roles.NameOf(column), roles.Categorical.Contains(column), missing))];
        var rowCount = ReadRows(table, labels, splits, columns, progress, cancellation);

        foreach (var column in columns)
            column.Finish();
        var groups = GroupsOf(file, columns[^1], rowCount);
        var majority = MajorityOf(file, columns[^1].Name, groups, description.Majority);
        var (minorities, tooSmall) = SmallGroups.Choose(groups, groups.Names.Where(name => name != majority));
        if (minorities.Count == 0)
            throw new CohortFormatException(file, 0, columns[^1].Name, "", $"no group beside '{majority}' has {SmallGroups.FewestRows} rows, so that a hundred could be drawn and as many be judged on; name a coarser column.");
        var kept = columns[..^1].Select(Column.Of).OfType<Column>().ToArray();
        if (kept.Length == 0)
            throw new CohortFormatException(file, 0, "", "", "no column is left that tells one row from another.");
        return new EquityCohort
        {
            Name = PrintableText.Of(Path.GetFileName(file), 80),
            Subject = $"the table {PrintableText.Of(Path.GetFileName(file), 80)}",
            Table = ToTable(kept, [.. outcomes.Select(roles.NameOf)], [.. labels.Select(label => label.ToLabels())], rowCount),
            Groups = groups,
            Majority = majority,
            Minorities = minorities,
            Patients = splits.Patients,
            Notes = [.. NotesOn(columns[..^1].Where(column => !kept.Any(other => other.Source == column))), .. tooSmall],
        };
    }

    private static (int[] Outcomes, int Group) Find(TextTable table, TableEquityDescription description)
    {
        var outcomes = TableRoles.FindAll(table, description.Outcomes);
        if (outcomes.Length == 0)
            throw table.HeaderError("", "no outcome is named; name one column or more of two different values.");
        var group = TableRoles.FindAll(table, [description.Group]) is [var one]
            ? one
            : throw table.HeaderError(description.Group, "one column makes the groups; name a single one.");
        int[] patient = description.Patient is { } name ? TableRoles.FindAll(table, [name]) : [];
        if (outcomes.Append(group).Concat(patient).GroupBy(column => column).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw table.HeaderError(table.Header[twice.Key], "this column is named for two things of outcome, group and patient; it can be one of them.");
        return (outcomes, group);
    }

    private static int ReadRows(TextTable table, TableLabels[] labels, TableSplits splits, TableColumn[] columns, IProgress<CohortProgress>? progress, CancellationToken cancellation)
    {
        var rowCount = 0;
        while (table.Next())
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var label in labels)
                label.Read();
            splits.Read();
            foreach (var column in columns)
                column.Read();
            if (++rowCount % RowsBetweenReports == 0)
                progress?.Report(new("reading the table", rowCount, 0, "rows"));
        }

        return rowCount > 0 ? rowCount : throw new CohortFormatException(table.File, 0, "", "", "the file has a header and no rows.");
    }

    // Everyone, whom the main job lists first, is no group of a trait.
    private static Subgroups GroupsOf(string file, TableColumn column, int rowCount)
    {
        var (groups, traits) = TableGroups.Build(file, [column], new CohortSplit[rowCount]);
        return groups.Only(traits[0].Groups);
    }

    private static string MajorityOf(string file, string column, Subgroups groups, string? named)
    {
        if (named is null)
            return groups.Names.MaxBy(name => groups[name].Count)!;
        return groups.Names.FirstOrDefault(name => name.Equals(named, StringComparison.OrdinalIgnoreCase))
            ?? throw new CohortFormatException(file, 0, column, named, $"no group is called so{NearestName.Hint(named, groups.Names)} There are {string.Join(", ", groups.Names)}.");
    }

    private static SchemaTable ToTable(Column[] columns, string[] outcomes, Labels[] labels, int rowCount)
    {
        var rows = new SchemaRows(new TableSchema([.. columns.Select(column => column.Description), .. outcomes.Select(FraminghamEquity.Outcome)]));
        var values = new float[columns.Length + labels.Length];
        for (var row = 0; row < rowCount; row++)
        {
            for (var column = 0; column < columns.Length; column++)
                values[column] = columns[column][row];
            for (var outcome = 0; outcome < labels.Length; outcome++)
                values[columns.Length + outcome] = labels[outcome].Values[row];
            rows.Add(values);
        }

        return rows.ToTable();
    }

    private static IEnumerable<string> NotesOn(IEnumerable<TableColumn> left)
    {
        var names = left.Select(column => column.Name).ToArray();
        if (names.Length > 0)
            yield return $"Left out, as they have one value or none: {string.Join(", ", names)}.";
    }

    /// <summary>A column of the table and what its values are.</summary>
    private sealed record Column(TableColumn Source, ColumnDescription Description, int[]? Places)
    {
        /// <summary>Gets the value of a row; levels by their place in ordinal order.</summary>
        public float this[int row] => Source[row] is var value && Places is not null && !float.IsNaN(value) ? Places[(int)value] : value;

        /// <summary>Describes a column by its values; null where they do not differ.</summary>
        public static Column? Of(TableColumn source)
        {
            var values = Enumerable.Range(0, source.Count).Select(row => source[row]).ToArray();
            var known = values.Where(value => !float.IsNaN(value)).ToArray();
            if (known.Length == 0 || known.Min() == known.Max())
                return null;
            var isSometimesMissing = known.Length < values.Length;
            if (source.IsText)
            {
                var order = Enumerable.Range(0, source.Levels.Count).OrderBy(code => source.Levels[code], StringComparer.Ordinal).ToArray();
                var places = new int[order.Length];
                for (var place = 0; place < order.Length; place++)
                    places[order[place]] = place;
                var levels = order.Select(code => PrintableText.Of(source.Levels[code], LongestLevel)).ToArray();
                return new Column(source, new() { Name = source.Name, Kind = ColumnKind.Category, Levels = levels, MayBeMissing = isSometimesMissing }, places);
            }

            var isBinary = known.All(value => value is 0 or 1);
            return new Column(source, new()
            {
                Name = source.Name,
                Kind = isBinary ? ColumnKind.Binary : known.All(float.IsInteger) ? ColumnKind.Integer : ColumnKind.Continuous,
                Minimum = isBinary ? null : known.Min(),
                Maximum = isBinary ? null : known.Max(),
                MayBeMissing = isSometimesMissing,
            }, null);
        }
    }
}
