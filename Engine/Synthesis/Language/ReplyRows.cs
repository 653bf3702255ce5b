using System.Globalization;
using Engine.Data;

namespace Engine.Synthesis.Language;

/// <summary>The legal rows of a reply, and why the others are none.</summary>
internal sealed class ReplyRows
{
    private readonly Dictionary<string, int> _refused = [];

    private ReplyRows()
    {
    }

    /// <summary>Gets the legal rows in their order, one value a column.</summary>
    public List<float[]> Rows { get; } = [];

    /// <summary>Gets how many rows were refused, by reason: with the legal ones, as many as were asked for.</summary>
    public IReadOnlyDictionary<string, int> Refused => _refused;

    /// <summary>Reads a reply.</summary>
    /// <param name="text">What the model said.</param>
    /// <param name="format">What it was asked for.</param>
    public static ReplyRows Read(string text, ReplyFormat format)
    {
        var rows = new ReplyRows();
        var found = ReplyScanner.Find(text, name => format.TryFindColumn(name, out _), out var isWhole);
        if (found.Count == 0)
            rows.Refuse(RefusalReason.NoJson, format.RowCount);
        else if (ColumnsOf(found, format) is not { } columns)
            // Where the reply was cut off, the columns that are not there were not denied.
            rows.Refuse(isWhole ? RefusalReason.BadColumn : RefusalReason.NotGiven, format.RowCount);
        else if (isWhole && columns.Any(column => column.Count != columns[0].Count))
            rows.Refuse(RefusalReason.Ragged, format.RowCount);
        else
            rows.Take(columns, format);
        return rows;
    }

    /// <summary>Returns the lists in the order of the columns, names that no column has left out; null where one is missing, twice there or no list.</summary>
    private static List<ReplyValue>[]? ColumnsOf(IReadOnlyList<ReplyColumn> found, ReplyFormat format)
    {
        var columns = new List<ReplyValue>?[format.Names.Count];
        foreach (var one in found)
        {
            if (!format.TryFindColumn(one.Name, out var column))
                continue;
            if (one.Values is null || columns[column] is not null)
                return null;
            columns[column] = one.Values;
        }

        return columns.Contains(null) ? null : [.. columns.OfType<List<ReplyValue>>()];
    }

    private void Take(List<ReplyValue>[] columns, ReplyFormat format)
    {
        // More rows than were asked for are left: what a call gives must not depend on a model's zeal.
        var given = Math.Min(columns.Min(static column => column.Count), format.RowCount);
        if (given < format.RowCount)
            Refuse(RefusalReason.NotGiven, format.RowCount - given);
        for (var row = 0; row < given; row++)
        {
            var values = new float[columns.Length];
            string? fault = null;
            for (var column = 0; column < columns.Length && fault is null; column++)
                fault = Parse(columns[column][row], format, column, out values[column]);
            if (fault is null)
                Rows.Add(values);
            else
                Refuse(fault, 1);
        }
    }

    private void Refuse(string reason, int count) => _refused[reason] = _refused.GetValueOrDefault(reason) + count;

    private static string? Parse(ReplyValue value, ReplyFormat format, int column, out float parsed)
    {
        var description = format.Schema.Columns[column];
        parsed = float.NaN;
        if (description.Kind == ColumnKind.Category && format.TryFindLevel(column, value.Text, out var level))
        {
            parsed = level;
            return null;
        }

        var text = value.Text.AsSpan().Trim();
        if (text is "" or "null" or "NaN" or "None" || value.IsQuoted && text is "NA" or "N/A")
            return description.MayBeMissing ? null : RefusalReason.Missing;
        if (description.Kind == ColumnKind.Category)
            return RefusalReason.NoLevel;
        if (description.Kind == ColumnKind.Binary && bool.TryParse(text, out var truth))
        {
            parsed = truth ? 1 : 0;
            return null;
        }

        // .NET takes a number followed by zero bytes for the number.
        if (text.Contains('\0') || !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || double.IsNaN(number))
            return RefusalReason.NoNumber;
        return Fit(number, description, out parsed);
    }

    private static string? Fit(double number, ColumnDescription column, out float fitted)
    {
        fitted = (float)number;
        if (!float.IsFinite(fitted) || number < column.Minimum || number > column.Maximum)
            return RefusalReason.OutsideRange;
        if (column.Kind == ColumnKind.Binary && number is not (0 or 1))
            return RefusalReason.NoLevel;
        if (column.Kind == ColumnKind.Integer && !double.IsInteger(number))
            return RefusalReason.NotWhole;
        // A number at the end of its range may round to a float32 beyond it.
        if (fitted > column.Maximum)
            fitted = float.BitDecrement(fitted);
        else if (fitted < column.Minimum)
            fitted = float.BitIncrement(fitted);
        // Minus zero would be another row than zero.
        fitted += 0f;
        return column.FindFault(fitted) is null ? null : RefusalReason.OutsideRange;
    }
}
