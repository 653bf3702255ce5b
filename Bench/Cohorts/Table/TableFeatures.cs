using Engine.Data;

namespace Bench.Cohorts.Table;

/// <summary>The features that the columns of a table become: numbers as they are, an indicator for each category of the training rows, and one where values are missing.</summary>
internal sealed class TableFeatures
{
    private const int Absent = -1;
    private const int RowsBetweenChecks = 4096;

    /// <summary>In fewer rows, any numbers may all differ.</summary>
    private const int FewestNumbered = 20;

    private readonly List<string> _names = [];
    private readonly List<string> _notes = [];
    private readonly List<Placed> _columns = [];

    private TableFeatures()
    {
    }

    /// <summary>Gets the names of the features.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Gets what a reader must know of them.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Decides on the features, by the training rows alone.</summary>
    /// <param name="file">The file as it is named in errors.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="splits">What every row is for.</param>
    /// <exception cref="CohortFormatException">No column tells anything.</exception>
    public static TableFeatures Plan(string file, IReadOnlyList<TableColumn> columns, CohortSplit[] splits)
    {
        var features = new TableFeatures();
        var (constant, flagged) = (new List<string>(), 0);
        foreach (var column in columns)
        {
            var seen = Seen.In(column, splits);
            // A column of one value tells only where it is missing.
            if (!seen.Varies)
                constant.Add(column.Name);
            flagged += seen.IsSometimesMissing ? 1 : 0;
            features.Place(column, seen, splits);
        }

        if (features._names.Count == 0)
            throw new CohortFormatException(file, 0, "", "", "no column is left that tells one training row from another.");
        if (constant.Count > 0)
            features._notes.Insert(0, $"Left out, as they have one value or none in the training rows: {string.Join(", ", constant)}.");
        var numbered = columns.Where(column => IsNumbered(column, splits.Length)).Select(column => column.Name).ToArray();
        if (numbered.Length > 0)
            features._notes.Add($"A different whole number in every row: {string.Join(", ", numbered)}. If that is an identifier or a time, leave it out with --ignore: it tells of the file and not of patients.");
        if (flagged > 0)
            features._notes.Add($"{flagged:N0} {(flagged == 1 ? "column has" : "columns have")} missing values in the training rows: numbers become the median of those rows, and a feature '<column> is missing' says where.");
        return features;
    }

    /// <summary>Writes the features of some rows into a matrix of its own.</summary>
    /// <param name="rows">Rows of the table.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>One row each; NaN where a number is missing.</returns>
    /// <exception cref="InsufficientMemoryException">There is no memory for it.</exception>
    public SampleMatrix ToSamples(long[] rows, CancellationToken cancellation)
    {
        MemoryNeed.Require((double)rows.Length * _names.Count * sizeof(float), $"{_names.Count:N0} features of {rows.Length:N0} rows");
        var samples = SampleMatrix.Create(rows.Length, _names.Count);
        for (var row = 0; row < rows.Length; row++)
        {
            if (row % RowsBetweenChecks == 0)
                cancellation.ThrowIfCancellationRequested();
            var target = samples.GetWritableRow(row);
            foreach (var column in _columns)
                column.Write(target, (int)rows[row]);
        }

        return samples;
    }

    private static bool IsNumbered(TableColumn column, int rowCount)
    {
        if (column.IsText || rowCount < FewestNumbered)
            return false;
        var seen = new HashSet<float>();
        for (var row = 0; row < rowCount; row++)
        {
            if (!float.IsInteger(column[row]) || !seen.Add(column[row]))
                return false;
        }

        return true;
    }

    private void Place(TableColumn column, Seen seen, CohortSplit[] splits)
    {
        var (number, levels) = (Absent, (int[]?)null);
        if (seen.Varies && column.IsText)
            levels = PlaceLevels(column, seen, splits);
        else if (seen.Varies)
            number = Add(column.Name);
        var missing = seen.IsSometimesMissing ? Add($"{column.Name} is missing") : Absent;
        _columns.Add(new Placed(column, number, levels, missing));
    }

    private int[] PlaceLevels(TableColumn column, Seen seen, CohortSplit[] splits)
    {
        var places = new int[column.Levels.Count];
        Array.Fill(places, Absent);
        foreach (var code in Enumerable.Range(0, places.Length).Where(code => seen.Levels[code]).OrderBy(code => column.Levels[code], StringComparer.Ordinal))
            places[code] = Add($"{column.Name}={PrintableText.Of(column.Levels[code], 80)}");
        var unseen = Enumerable.Range(0, splits.Length).Count(row => !float.IsNaN(column[row]) && places[(int)column[row]] == Absent);
        if (unseen > 0)
            _notes.Add($"{unseen:N0} {(unseen == 1 ? "row has a value" : "rows have values")} of {column.Name} that no training row has: all of its features are 0 there.");
        return places;
    }

    private int Add(string name)
    {
        _names.Add(name);
        return _names.Count - 1;
    }

    /// <summary>What the training rows have of a column.</summary>
    private sealed record Seen(bool Varies, bool IsSometimesMissing, bool[] Levels)
    {
        public static Seen In(TableColumn column, CohortSplit[] splits)
        {
            var (least, most, known, missing) = (float.PositiveInfinity, float.NegativeInfinity, 0, 0);
            var levels = new bool[column.Levels.Count];
            for (var row = 0; row < splits.Length; row++)
            {
                if (splits[row] != CohortSplit.Train)
                    continue;
                var value = column[row];
                if (float.IsNaN(value))
                {
                    missing++;
                    continue;
                }

                known++;
                (least, most) = (Math.Min(least, value), Math.Max(most, value));
                if (column.IsText)
                    levels[(int)value] = true;
            }

            return new Seen(least < most, known > 0 && missing > 0, levels);
        }
    }

    /// <summary>Where the values of a column go.</summary>
    private sealed record Placed(TableColumn Column, int Number, int[]? Levels, int Missing)
    {
        public void Write(Span<float> target, int row)
        {
            var value = Column[row];
            if (Number != Absent)
                target[Number] = value;
            if (float.IsNaN(value))
            {
                if (Missing != Absent)
                    target[Missing] = 1;
            }
            else if (Levels is not null && Levels[(int)value] is not Absent and var place)
            {
                target[place] = 1;
            }
        }
    }
}
