using Engine.Diagnostics;

namespace Engine.Data;

/// <summary>The columns that models see in place of those of a table: numbers, 0/1 masks and one-hot groups, and the way back.</summary>
/// <remarks>
/// <para><b>Computes</b>, in the order of the table's columns: of a number, itself, which is NaN where it is missing, for a <see cref="FeatureScaler"/> to impute; of a binary column, a mask,
/// 0 where it is missing; of a category, one column a level, "x=level". Where a value may be missing, a column "x is missing" follows: a mask, and for a category one more level,
/// so that exactly one column of its group holds 1.</para>
/// <para><b>Determinism</b>: values are copied; the same bits for any number of threads.</para>
/// </remarks>
public sealed class TableEncoding
{
    private const int Absent = -1;

    private readonly Place[] _places;

    private TableEncoding(TableSchema schema, bool hasOutcomes)
    {
        TableSchema = schema;
        var (names, masks, groups, numbers) = (new List<string>(), new List<int>(), new List<int[]>(), new List<int>());
        var places = new List<Place>();
        foreach (var (source, column) in schema.Columns.Index())
        {
            if (column.IsOutcome && !hasOutcomes)
                continue;
            var first = names.Count;
            if (column.Kind == ColumnKind.Category)
                names.AddRange(column.Levels.Select(level => $"{column.Name}={level}"));
            else
                names.Add(column.Name);
            var missing = column.MayBeMissing ? names.Count : Absent;
            if (column.MayBeMissing)
                names.Add($"{column.Name} is missing");
            places.Add(new Place(source, column, first, missing));
            if (column.Kind == ColumnKind.Category)
                groups.Add([.. Enumerable.Range(first, names.Count - first)]);
            else if (column.Kind == ColumnKind.Binary)
                masks.AddRange(Enumerable.Range(first, names.Count - first));
            else
                (numbers, masks) = ([.. numbers, first], missing == Absent ? masks : [.. masks, missing]);
        }

        if (names.Count == 0)
            Throw.Argument_Invalid(nameof(schema), "every column of the schema is an outcome; without outcomes nothing is left to encode.");
        (_places, Names, Numbers) = ([.. places], names, numbers);
        ColumnSchema = groups.Aggregate(ColumnSchema.Continuous(names.Count).WithMasks([.. masks]), static (columns, group) => columns.WithOneHot(group));
    }

    /// <summary>Gets the schema of the table.</summary>
    public TableSchema TableSchema { get; }

    /// <summary>Gets what the encoded columns hold.</summary>
    public ColumnSchema ColumnSchema { get; }

    /// <summary>Gets the name of each encoded column.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Gets the encoded columns that hold numbers, ascending: those to scale.</summary>
    public IReadOnlyList<int> Numbers { get; }

    /// <summary>Encodes all columns but the outcomes: what models predict from.</summary>
    /// <param name="schema">The columns of the table.</param>
    /// <returns>The encoding.</returns>
    /// <exception cref="ArgumentException">Every column is an outcome.</exception>
    public static TableEncoding OfFeatures(TableSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return new TableEncoding(schema, hasOutcomes: false);
    }

    /// <summary>Encodes all columns, outcomes as masks: what can be turned back into rows of the table.</summary>
    /// <param name="schema">The columns of the table.</param>
    /// <returns>The encoding.</returns>
    public static TableEncoding OfAll(TableSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return new TableEncoding(schema, hasOutcomes: true);
    }

    /// <summary>Encodes the rows of a table.</summary>
    /// <param name="table">n rows under the schema of this encoding.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>n x <see cref="Names"/> values in memory of their own, NaN where a number is missing.</returns>
    /// <exception cref="ArgumentException">The columns differ in number, or a value is not legal under the schema; the message names row and column.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was signaled.</exception>
    public SampleMatrix Encode(SchemaTable table, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (table.Rows.FeatureCount != TableSchema.Columns.Count)
            Throw.Argument_FeatureCountsDiffer(nameof(table), table.Rows.FeatureCount, "the schema", TableSchema.Columns.Count);
        new SchemaTable(TableSchema, table.Rows).EnsureLegal(nameof(table), cancellation);
        return Convert(table.Rows, Names.Count, EncodeRow, cancellation);
    }

    /// <summary>Turns encoded rows, such as interpolated ones, into legal rows of the table.</summary>
    /// <param name="encoded">n x <see cref="Names"/> values.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>
    /// n rows under the schema: whole numbers rounded, to even at halves, and all numbers brought into their range; 1 where a mask is 1/2 or more; the level whose column is largest,
    /// the first of equal ones. Missing where the column that says so is 1/2 or more, or largest of its category, and where a number is NaN that may be.
    /// </returns>
    /// <exception cref="ArgumentException">The encoding is one of features alone, the columns differ in number, or a number is NaN that may not be missing.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was signaled.</exception>
    public SchemaTable Decode(SampleMatrix encoded, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(encoded);
        if (_places.Length < TableSchema.Columns.Count)
            Throw.Argument_Invalid(nameof(encoded), "this encoding leaves outcomes out, which no row can then get back; decode with TableEncoding.OfAll.");
        if (encoded.FeatureCount != Names.Count)
            Throw.Argument_FeatureCountsDiffer(nameof(encoded), encoded.FeatureCount, "the encoding", Names.Count);
        var table = new SchemaTable(TableSchema, Convert(encoded, TableSchema.Columns.Count, DecodeRow, cancellation));
        table.EnsureLegal(nameof(encoded), cancellation);
        return table;
    }

    private delegate void RowConversion(ReadOnlySpan<float> source, Span<float> target);

    private static SampleMatrix Convert(SampleMatrix source, int columnCount, RowConversion convert, CancellationToken cancellation)
    {
        var target = SampleMatrix.Create(source.RowCount, columnCount);
        RowLoop.For(source, new ParallelOptions { CancellationToken = cancellation }, (row, values) => convert(values, target.GetWritableRow(row)));
        return target;
    }

    private void EncodeRow(ReadOnlySpan<float> source, Span<float> target)
    {
        foreach (var place in _places)
        {
            var value = source[place.Source];
            if (float.IsNaN(value))
                target[place.Missing] = 1;
            if (place.Column.Kind != ColumnKind.Category)
                target[place.First] = float.IsNaN(value) && place.Column.IsNominal ? 0 : value;
            else if (!float.IsNaN(value))
                target[place.First + (int)value] = 1;
        }
    }

    private void DecodeRow(ReadOnlySpan<float> source, Span<float> target)
    {
        foreach (var place in _places)
            target[place.Source] = place.Decode(source);
    }

    /// <summary>Where the values of a column go.</summary>
    private sealed record Place(int Source, ColumnDescription Column, int First, int Missing)
    {
        public float Decode(ReadOnlySpan<float> row)
        {
            if (Column.Kind == ColumnKind.Category)
                return DecodeLevel(row);
            if (Missing != Absent && row[Missing] >= 0.5f)
                return float.NaN;
            return Column.Kind == ColumnKind.Binary ? (row[First] >= 0.5f ? 1 : 0) : Column.ToLegalNumber(row[First]);
        }

        private float DecodeLevel(ReadOnlySpan<float> row)
        {
            var best = First;
            for (var column = First + 1; column < First + Column.Levels.Count; column++)
            {
                if (row[column] > row[best])
                    best = column;
            }

            return Missing != Absent && row[Missing] > row[best] ? float.NaN : best - First;
        }
    }
}
