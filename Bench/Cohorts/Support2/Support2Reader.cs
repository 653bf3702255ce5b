using Engine.Data;

namespace Bench.Cohorts.Support2;

/// <summary>Reads SUPPORT2: 9,105 seriously ill adults in five US hospitals, 1989 to 1994, with race, sex, age and death in hospital.</summary>
public static class Support2Reader
{
    private const int RowsBetweenReports = 1000;

    /// <summary>Reads the table.</summary>
    /// <param name="file">support2.csv, as published (48 columns) or any part of it that holds the columns needed; may end in ".gz".</param>
    /// <param name="progress">Told of every thousand rows.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>31 features; class 1 is death in hospital; groups by sex, race and age; every fifth row is for the test.</returns>
    /// <exception cref="CohortFormatException">The file is missing, lacks a column, holds a value of the wrong kind, or a person twice.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was set.</exception>
    public static Cohort Read(string file, IProgress<CohortProgress>? progress = null, CancellationToken cancellation = default)
    {
        using var table = CsvTable.Open(file);
        var features = Support2Feature.Bind(table);
        var label = table.RequireColumn("hospdead");
        // Copies differ in how they number persons, and some do not: it only serves to find a person twice.
        var id = Array.FindIndex(table.Header, header => header is "sno" or "id");
        var (age, sex, race) = (table.RequireColumn("age"), table.RequireColumn("sex"), table.RequireColumn("race"));

        var rows = new TableRows(features.Length);
        var races = new List<string>();
        var persons = new HashSet<long>();
        while (table.Next())
        {
            cancellation.ThrowIfCancellationRequested();
            if (id >= 0 && !persons.Add(table.Integer(id)))
                throw table.Error(id, "this person occurs twice.");
            races.Add(table.Level(race, Support2Columns.Levels["race"]));
            rows.Add([.. features.Select(feature => feature.Read(table))], table.Label(label), table[sex].Trim() == "male", ReadAge(table, age));
            if (rows.Count % RowsBetweenReports == 0)
                progress?.Report(new("reading SUPPORT2", rows.Count, 0, "rows"));
        }

        if (rows.Count == 0)
            throw new CohortFormatException(file, 0, "", "", "the file has a header and no rows.");
        return ToCohort(rows, races);
    }

    private static double ReadAge(CsvTable table, int column)
    {
        var age = table.NumberOrMissing(column, Support2Columns.Missing);
        return age < 0 ? throw table.Error(column, "an age of 0 or more was expected.") : age;
    }

    private static Cohort ToCohort(TableRows rows, List<string> races)
    {
        var groups = rows.GroupBySex();
        foreach (var race in Support2Columns.Races)
            groups.Add(race, RowMask.From(rows.Count, row => races[row] == race));
        rows.AddAgeBandsTo(groups);

        return new Cohort
        {
            Name = "SUPPORT2, death in hospital",
            PositiveMeaning = "death in hospital",
            FeatureNames = Support2Columns.Features,
            Samples = rows.ToSamples(),
            Labels = rows.ToLabels(),
            Groups = groups,
            Splits = FifthRowSplit.Of(rows.Count),
            RidgePenalty = 1,
        };
    }
}
