using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;

namespace Engine.Fidelity;

/// <summary>Rows of a schema as rows of numbers in which distances mean something: fitted on real rows, applied to any.</summary>
/// <remarks>
/// <para><b>Computes</b>, column by column:</para>
/// <code>
/// number            (x - mean) / deviation of the real values that are present; the deviation is that of the population, 1 where they are equal
/// 0 or 1            as it is
/// category          one column a level, 1/2 for the level of the row and 0 for the others: two different levels are 1 apart in L1
/// missing           a number or 0/1 becomes the real mean, a category has no level; a further column of 0 and 1 says that it was missing
/// </code>
/// The further columns are there where any of the tables that the encoding was fitted for lacks a value.
/// </remarks>
public sealed class RowEncoding
{
    private readonly TableSchema _schema;
    private readonly double[] _means;
    private readonly double[] _deviations;
    private readonly int[] _starts;
    private readonly int[] _flags;

    private RowEncoding(TableSchema schema, double[] means, double[] deviations, bool[] hasMissing)
    {
        (_schema, _means, _deviations) = (schema, means, deviations);
        (_starts, _flags) = (new int[means.Length], new int[means.Length]);
        var names = new List<string>();
        for (var column = 0; column < means.Length; column++)
        {
            var description = schema.Columns[column];
            _starts[column] = names.Count;
            if (description.Kind == ColumnKind.Category)
                names.AddRange(description.Levels.Select(level => $"{description.Name} = {level}"));
            else
                names.Add(description.Name);
            _flags[column] = hasMissing[column] ? names.Count : -1;
            if (hasMissing[column])
                names.Add($"{description.Name} is missing");
        }

        ColumnNames = names;
    }

    /// <summary>Gets the names of the columns of encoded rows.</summary>
    public IReadOnlyList<string> ColumnNames { get; }

    /// <summary>Learns means and deviations of real rows.</summary>
    /// <param name="real">n rows, 1 or more.</param>
    /// <param name="others">Further rows of the same columns that are to be encoded: where one lacks a value, all get a column that says so.</param>
    /// <returns>The encoding.</returns>
    /// <exception cref="ArgumentException">A table has no row, or columns differ.</exception>
    public static RowEncoding Fit(SchemaTable real, params IEnumerable<SchemaTable> others) => Fit(real, others, ComputeOptions.Default);

    /// <summary>Encodes rows.</summary>
    /// <param name="table">Rows of the schema that was fitted.</param>
    /// <returns>A view: rows are encoded each time they are read; <see cref="SampleMatrix.Copy"/> it for many searches.</returns>
    /// <exception cref="ArgumentException">The number of columns differs, or a value is missing from a column that was complete when the encoding was fitted; the latter is found when rows are read.</exception>
    public SampleMatrix Encode(SchemaTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (table.Schema.Columns.Count != _means.Length)
            Throw.Argument_FeatureCountsDiffer(nameof(table), table.Schema.Columns.Count, "the encoding", _means.Length);
        return new SampleMatrix(new EncodedRows(table.Rows, this), table.RowCount, ColumnNames.Count);
    }

    internal static RowEncoding Fit(SchemaTable real, IEnumerable<SchemaTable> others, ComputeOptions compute)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(others);
        var (count, parallel) = (real.Schema.Columns.Count, compute.ToParallelOptions());
        int[] all = [.. Enumerable.Range(0, count)];
        var moments = ColumnMoments.Of(real.Rows, all, parallel);
        var (means, deviations, hasMissing) = (new double[count], new double[count], new bool[count]);
        for (var column = 0; column < count; column++)
        {
            means[column] = moments.MeanOf(column);
            deviations[column] = real.Schema.Columns[column].IsNominal || moments.DeviationOf(column) == 0 ? 1 : moments.DeviationOf(column);
            hasMissing[column] = !moments.IsComplete(column);
        }

        foreach (var other in others)
        {
            TablePair.Check(real, other, nameof(others));
            var ofOther = ColumnMoments.Of(other.Rows, all, parallel);
            for (var column = 0; column < count; column++)
                hasMissing[column] |= !ofOther.IsComplete(column);
        }

        return new RowEncoding(real.Schema, means, deviations, hasMissing);
    }

    private void Encode(ReadOnlySpan<float> raw, Span<float> encoded)
    {
        encoded.Clear();
        for (var column = 0; column < raw.Length; column++)
        {
            var (value, kind, start) = (raw[column], _schema.Columns[column].Kind, _starts[column]);
            if (float.IsNaN(value))
            {
                if (_flags[column] < 0)
                    Throw.Argument_Invalid("table", $"column '{_schema.Columns[column].Name}' lacks a value, and no row that the encoding was fitted for did; pass this table to Fit as well.");
                encoded[_flags[column]] = 1;
                // A standardized mean is 0, and a category without a level has none.
                if (kind == ColumnKind.Binary)
                    encoded[start] = (float)_means[column];
            }
            else if (kind == ColumnKind.Category)
            {
                encoded[start + (int)value] = .5f;
            }
            else
            {
                encoded[start] = kind == ColumnKind.Binary ? value : (float)((value - _means[column]) / _deviations[column]);
            }
        }
    }

    private sealed class EncodedRows(SampleMatrix rows, RowEncoding encoding) : RowSource
    {
        private const int LargestOnStack = 512;

        public override void CopyRows(long firstRow, int rowCount, Span<float> destination, int stride)
        {
            var length = rows.FeatureCount;
            var raw = length <= LargestOnStack ? stackalloc float[length] : new float[length];
            for (var row = 0; row < rowCount; row++)
            {
                rows.CopyHeldRow(firstRow + row, raw);
                encoding.Encode(raw, destination.Slice(row * stride, encoding.ColumnNames.Count));
            }
        }

        public override bool Overlaps(ReadOnlySpan<byte> memory) => rows.Overlaps(memory);

        public override IDisposable? Hold() => rows.Hold();
    }
}
