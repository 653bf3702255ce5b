using Bench.Cohorts.Support2;
using Bench.Cohorts.Table;
using Engine.Data;

namespace Bench.Cohorts.Equity;

/// <summary>Reads SUPPORT2 for the study of synthetic rows: real patients with their race, columns as they are.</summary>
public static class Support2Equity
{
    private const string Majority = "White";
    private const double HalfYearInDays = 180;

    private static readonly string[] s_groups = [Majority, "Black", "Hispanic", "Asian", "Other"];

    // Ranges are wide: they exclude what cannot be, not what is rare.
    private static readonly ColumnDescription[] s_features =
    [
        Number("age", ColumnKind.Continuous, "years", 0, 130) with { MayBeMissing = false },
        Number("num.co", ColumnKind.Integer, null, 0, 50),
        Number("edu", ColumnKind.Integer, "years", 0, 60),
        Number("scoma", ColumnKind.Integer, null, 0, 100),
        Number("avtisst", ColumnKind.Continuous, null, 0, 200),
        Number("meanbp", ColumnKind.Continuous, "mmHg", 0, 400),
        Number("wblc", ColumnKind.Continuous, "10^9/L", 0, 1000),
        Number("hrt", ColumnKind.Continuous, "/min", 0, 400),
        Number("resp", ColumnKind.Continuous, "/min", 0, 200),
        Number("temp", ColumnKind.Continuous, "°C", 14, 50),
        Number("pafi", ColumnKind.Continuous, "mmHg", 0, 2000),
        Number("alb", ColumnKind.Continuous, "g/dL", 0, 100),
        Number("bili", ColumnKind.Continuous, "mg/dL", 0, 200),
        Number("crea", ColumnKind.Continuous, "mg/dL", 0, 100),
        Number("sod", ColumnKind.Continuous, "mmol/L", 50, 300),
        Number("ph", ColumnKind.Continuous, null, 6, 9),
        Number("glucose", ColumnKind.Continuous, "mg/dL", 0, 5000),
        Number("bun", ColumnKind.Continuous, "mg/dL", 0, 1000),
        Number("urine", ColumnKind.Continuous, "mL/day", 0, 50_000),
        Category("sex"),
        new() { Name = "diabetes", Kind = ColumnKind.Binary, MayBeMissing = true },
        new() { Name = "dementia", Kind = ColumnKind.Binary, MayBeMissing = true },
        Category("dzgroup"),
        Category("ca"),
    ];

    private static readonly TableSchema s_schema = new([.. s_features, FraminghamEquity.Outcome("hospdead"), FraminghamEquity.Outcome("death_180d")]);

    /// <summary>Reads the table.</summary>
    /// <param name="file">support2.csv, as published (48 columns) or any part of it that holds the columns needed; may end in ".gz".</param>
    /// <param name="progress">Told when the file has been read.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>The columns of the reference regression as they are, 24 of them; death in hospital, and within 180 days; groups by race.</returns>
    /// <exception cref="CohortFormatException">The file is missing, lacks a column, holds a value that may not stand in its column, or a person twice; or no person is white.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was set.</exception>
    public static EquityCohort Read(string file, IProgress<CohortProgress>? progress = null, CancellationToken cancellation = default)
    {
        using var table = CsvTable.Open(file);
        int[] cells = [.. s_features.Select(feature => table.RequireColumn(feature.Name))];
        var (race, inHospital, died, days) = (table.RequireColumn("race"), table.RequireColumn("hospdead"), table.RequireColumn("death"), table.RequireColumn("d.time"));
        // Copies differ in how they number persons, and some do not: it only serves to find a person twice.
        var id = Array.FindIndex(table.Header, static header => header is "sno" or "id");
        var (rows, races, persons) = (new SchemaRows(s_schema), new List<string?>(), new HashSet<long>());
        var values = new float[s_schema.Columns.Count];
        while (table.Next())
        {
            cancellation.ThrowIfCancellationRequested();
            if (id >= 0 && !persons.Add(table.Integer(id)))
                throw table.Error(id, "this person occurs twice.");
            for (var feature = 0; feature < cells.Length; feature++)
                values[feature] = Read(table, cells[feature], s_features[feature]);
            values[^2] = table.Label(inHospital);
            values[^1] = DiedWithin(table, died, days, HalfYearInDays) ? 1 : 0;
            rows.Add(values);
            races.Add(GroupOf(table.Level(race, Support2Columns.Levels["race"])));
        }

        progress?.Report(new("reading SUPPORT2", rows.Count, rows.Count, "rows"));
        var found = Subgroups.From(races);
        if (!found.TryGet(Majority, out _))
            throw new CohortFormatException(file, 0, "race", "", "no row is of a white person; the other groups are compared with that one.");
        var groups = new Subgroups(rows.Count);
        foreach (var name in s_groups.Where(name => found.TryGet(name, out _)))
            groups.Add(name, found[name]);
        // The others are no group that anybody belongs to.
        var (minorities, notes) = SmallGroups.Choose(groups, s_groups[1..^1]);
        return new EquityCohort
        {
            Name = "SUPPORT2",
            Subject = "seriously ill adults in hospital and their deaths",
            Table = rows.ToTable(),
            Groups = groups,
            Majority = Majority,
            Minorities = minorities,
            Notes = notes,
        };
    }

    private static float Read(CsvTable table, int cell, ColumnDescription feature) => feature.Kind == ColumnKind.Category
        ? Array.IndexOf([.. feature.Levels], table.Level(cell, [.. feature.Levels]))
        : SchemaRows.Read(table, cell, feature, Support2Columns.Missing);

    // Everyone alive was followed for 344 days at least, so that nobody is lost before.
    private static bool DiedWithin(CsvTable table, int died, int days, double limit)
    {
        var (isDead, time) = (table.Label(died) == 1, table.Number(days));
        return !isDead && time < limit
            ? throw table.Error(days, $"this person was alive when last seen, before {limit} days had passed: whether death came within them is not known.")
            : isDead && time <= limit;
    }

    private static string? GroupOf(string race) => s_groups.FirstOrDefault(name => name.Equals(race, StringComparison.OrdinalIgnoreCase));

    private static ColumnDescription Number(string name, ColumnKind kind, string? unit, double least, double most) =>
        new() { Name = name, Kind = kind, Unit = unit, Minimum = least, Maximum = most, MayBeMissing = true };

    private static ColumnDescription Category(string name) => new() { Name = name, Kind = ColumnKind.Category, Levels = Support2Columns.Levels[name] };
}
