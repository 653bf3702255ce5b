using Engine.Data;

namespace Bench.Cohorts.Table;

/// <summary>Reads any table of one's own: a label, columns that make groups, and features of all the rest.</summary>
public static class TableReader
{
    private const int RowsBetweenReports = 10_000;

    /// <summary>Reads the table, in one pass.</summary>
    /// <param name="file">Text separated by commas, semicolons, tabs or vertical bars, with a header, which may be compressed by gzip; or Parquet.</param>
    /// <param name="description">Which column is what.</param>
    /// <param name="progress">Told of every ten thousand rows.</param>
    /// <param name="rowsToHold">Chooses, once everything but features is known of the cohort, the rows whose features are read, ascending; all of them when null.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>One row a row of the file; NaN where a number is missing.</returns>
    /// <exception cref="CohortFormatException">The file is missing or not in the format, or a column is not what it was called.</exception>
    /// <exception cref="InsufficientMemoryException">The features do not fit into memory.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was set.</exception>
    /// <remarks><b>Cost</b>: 4 bytes a cell while it is read, and the features; the file itself is never in memory.</remarks>
    public static Cohort Read(
        string file, TableDescription description, IProgress<CohortProgress>? progress = null, Func<Cohort, long[]>? rowsToHold = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(description);
        // First: a table of hours is not read for a matrix that is not there.
        var matrix = description.Matrix is { } npy ? NpyFeatures.Open(npy, description.MatrixNames) : null;
        using var table = TableFile.Open(file);
        var roles = TableRoles.Find(table, description);
        var missing = TableWords.MissingWith(description.MissingWords);
        var labels = new TableLabels(table, roles.Label, missing, description.Positive);
        var splits = new TableSplits(table, roles.Split, roles.Patient, missing);
        var columns = (matrix is null ? roles.Features.Union(roles.Groups) : roles.Groups).ToDictionary(column => column, column => new TableColumn(table, column, roles.NameOf(column), roles.Categorical.Contains(column), missing));
        var rowCount = ReadRows(table, labels, splits, [.. columns.Values], progress, cancellation);

        var (classes, splitOfRow) = (labels.ToLabels(), splits.ToSplits());
        foreach (var column in columns.Values)
            column.Finish();
        var (groups, traits) = TableGroups.Build(file, [.. roles.Groups.Select(column => columns[column])], splitOfRow);
        matrix?.RequireRows(description.Matrix!, file, rowCount);
        var features = matrix is null ? TableFeatures.Plan(file, [.. roles.Features.Select(column => columns[column])], splitOfRow) : null;
        var cohort = new Cohort
        {
            Name = $"{PrintableText.Of(Path.GetFileName(description.Matrix ?? file), 80)}, {roles.NameOf(roles.Label)}",
            PositiveMeaning = $"{roles.NameOf(roles.Label)} = {PrintableText.Of(labels.Positive, 80)}",
            FeatureNames = matrix?.Names ?? features!.Names,
            Samples = matrix?.Samples ?? Cohort.NoFeatures(rowCount, features!.Names.Count),
            Labels = classes,
            Groups = groups,
            Traits = traits,
            Splits = splitOfRow,
            Patients = splits.Patients,
            RidgePenalty = 1,
            RidgePenaltySource = "that of scikit-learn",
            Notes = [.. NotesOn(roles, matrix), .. features?.Notes ?? []],
        };
        if (features is null)
            return cohort;
        if (rowsToHold is null)
            return cohort with { Samples = features.ToSamples([.. Enumerable.Range(0, rowCount).Select(static row => (long)row)], cancellation) };
        var rows = rowsToHold(cohort);
        return cohort with { Samples = SampleMatrix.OfHeldRows(features.ToSamples(rows, cancellation), rows, rowCount) };
    }

    private static int ReadRows(TextTable table, TableLabels labels, TableSplits splits, TableColumn[] columns, IProgress<CohortProgress>? progress, CancellationToken cancellation)
    {
        var rowCount = 0;
        while (table.Next())
        {
            cancellation.ThrowIfCancellationRequested();
            labels.Read();
            splits.Read();
            foreach (var column in columns)
                column.Read();
            if (++rowCount % RowsBetweenReports == 0)
                progress?.Report(new("reading the table", rowCount, 0, "rows"));
        }

        return rowCount > 0 ? rowCount : throw new CohortFormatException(table.File, 0, "", "", "the file has a header and no rows.");
    }

    private static IEnumerable<string> NotesOn(TableRoles roles, NpyFeatures? matrix)
    {
        if (roles.Groups.Count == 0)
            yield return "There are no groups but everyone: name columns with --groups to get them.";
        var both = roles.Groups.Intersect(roles.Features).Select(roles.NameOf).ToArray();
        if (matrix is null && both.Length > 0)
            yield return $"Features as well as groups: {string.Join(", ", both)}; --ignore takes a column out of the features and leaves its groups.";
        if (roles.Split is null)
            yield return $"Every fifth {(roles.Patient is null ? "row" : "patient, in the order of the file,")} is for the test; --split names a column that says otherwise.";
        if (matrix is not null)
        {
            var without = roles.Features.Except(roles.Groups).Select(roles.NameOf).ToArray();
            yield return $"The features are the {matrix.Names.Count:N0} columns of the matrix; columns of the table beside it are none{(without.Length == 0 ? "." : $", and of no use without a role: {string.Join(", ", without)}.")}";
        }
        else if (roles.UnnamedCount > 0)
            yield return $"Left out, as {(roles.UnnamedCount == 1 ? "it has" : "they have")} no name: {roles.UnnamedCount:N0} {(roles.UnnamedCount == 1 ? "column" : "columns")}.";
    }
}
