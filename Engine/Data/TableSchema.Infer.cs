using System.Globalization;
using Engine.Diagnostics;

namespace Engine.Data;

/// <content>Schemas of tables that come without one.</content>
public sealed partial class TableSchema
{
    /// <summary>Describes the columns of a table by the values that they hold.</summary>
    /// <param name="names">One name a column, each different.</param>
    /// <param name="rows">n rows of as many values as there are names, one row at least; NaN where a value is missing, and the place of its level where a column has levels.</param>
    /// <param name="outcomes">The names of the columns that are outcomes, which hold 0, 1 and NaN; none when null.</param>
    /// <param name="levels">The levels of the columns that are categories, by name; no column is one when null.</param>
    /// <returns>
    /// A category where levels are given; else binary where every value is 0 or 1, integer where every value is a whole number, and continuous elsewhere, with the least and the
    /// largest value as the range. A value may be missing where one is. A column without any value is continuous, of open range.
    /// </returns>
    /// <remarks>What the values cannot tell, such as units, ranges that reach beyond the rows, and columns of 0 and 1 that are counts, is for a person to write into the JSON.</remarks>
    /// <exception cref="ArgumentException">A name is missing or stands twice, there is no row, a value is infinite or the place of no level, or an outcome holds anything but 0 and 1.</exception>
    public static TableSchema Infer(
        IReadOnlyList<string> names, SampleMatrix rows, IReadOnlyCollection<string>? outcomes = null, IReadOnlyDictionary<string, IReadOnlyList<string>>? levels = null)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(rows);
        if (names.Count != rows.FeatureCount)
            Throw.Argument_FeatureCountsDiffer(nameof(rows), rows.FeatureCount, nameof(names), names.Count);
        if (rows.RowCount == 0)
            Throw.Argument_Invalid(nameof(rows), "rows has none; kinds and ranges are inferred from values, pass one row at least.");
        CheckKnown(nameof(outcomes), outcomes ?? [], names);
        CheckKnown(nameof(levels), levels?.Keys ?? [], names);
        var seen = SeenValues.In(rows);
        var columns = new List<ColumnDescription>(names.Count);
        foreach (var (name, values) in names.Zip(seen))
        {
            var known = levels is not null && name is not null && levels.TryGetValue(name, out var given) ? given : null;
            columns.Add(values.Describe(name!, known, isOutcome: outcomes?.Contains(name) == true));
        }

        var schema = new TableSchema(columns);
        new SchemaTable(schema, rows).EnsureLegal(nameof(rows));
        return schema;
    }

    private static void CheckKnown(string argument, IEnumerable<string> asked, IReadOnlyList<string> names)
    {
        if (asked.FirstOrDefault(name => !names.Contains(name)) is { } unknown)
            Throw.Argument_Invalid(argument, $"{argument} speaks of a column '{unknown}', which is not among the {names.Count:N0} columns; names are compared with case.");
    }

    /// <summary>What the rows have of a column.</summary>
    private sealed class SeenValues
    {
        private float _least = float.PositiveInfinity;
        private float _most = float.NegativeInfinity;
        private bool _isBinary = true;
        private bool _isWhole = true;
        private bool _isMissing;

        public static SeenValues[] In(SampleMatrix rows)
        {
            using var hold = rows.Hold();
            var seen = new SeenValues[rows.FeatureCount];
            for (var column = 0; column < seen.Length; column++)
                seen[column] = new SeenValues();
            var scratch = new float[rows.BlockScratchLength];
            for (var blockIndex = 0L; blockIndex < rows.BlockCount; blockIndex++)
            {
                var block = rows.ReadBlock(blockIndex, scratch);
                for (var row = 0; row < block.RowCount; row++)
                {
                    var values = block.Row(row);
                    for (var column = 0; column < seen.Length; column++)
                    {
                        if (float.IsInfinity(values[column]))
                            Throw.Argument_Invalid(nameof(rows), $"rows holds {values[column]} at row {block.FirstRow + row:N0}, column {column:N0}; every value must be finite, or NaN where it is missing.");
                        seen[column].Add(values[column]);
                    }
                }
            }

            return seen;
        }

        public ColumnDescription Describe(string name, IReadOnlyList<string>? levels, bool isOutcome)
        {
            var isEmpty = _least > _most;
            var kind = (levels, isEmpty) switch
            {
                (not null, _) => ColumnKind.Category,
                _ when isOutcome => ColumnKind.Binary,
                (_, true) => ColumnKind.Continuous,
                _ => _isBinary ? ColumnKind.Binary : _isWhole ? ColumnKind.Integer : ColumnKind.Continuous,
            };
            var hasRange = !isEmpty && kind is (ColumnKind.Continuous or ColumnKind.Integer);
            return new ColumnDescription
            {
                Name = name,
                Kind = kind,
                Minimum = hasRange ? Decimal(_least) : null,
                Maximum = hasRange ? Decimal(_most) : null,
                Levels = levels ?? [],
                MayBeMissing = _isMissing,
                IsOutcome = isOutcome,
            };
        }

        /// <summary>Returns the shortest decimal number that rounds to a float32: 36.6 and not 36.599998474121094.</summary>
        private static double Decimal(float value) => double.Parse(value.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

        private void Add(float value)
        {
            if (float.IsNaN(value))
            {
                _isMissing = true;
                return;
            }

            _least = Math.Min(_least, value);
            _most = Math.Max(_most, value);
            _isBinary &= value is 0 or 1;
            _isWhole &= float.IsInteger(value);
        }
    }
}
