using System.Globalization;
using System.Text;
using Engine.Data;
using Engine.Diagnostics;

namespace Engine.Synthesis.Language;

/// <summary>The form of a reply with rows: a JSON object of columns, each a list of as many values as rows were asked for.</summary>
/// <remarks>
/// <para>It is said in two languages: a JSON schema for servers that hold their models to one, and a grammar in GBNF for models on this machine.</para>
/// <para>Names and levels are cut to 200 characters, and what is not visible in them is written as its code.</para>
/// </remarks>
public sealed class ReplyFormat
{
    /// <summary>The largest number of characters of a name or level that a prompt shows.</summary>
    internal const int LongestText = 200;

    private const int MostRows = 1_000;

    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
    private readonly string[][] _levels;
    private readonly Dictionary<string, int>?[] _places;

    /// <summary>Creates the form of a reply.</summary>
    /// <param name="schema">The columns.</param>
    /// <param name="rowCount">The number of rows, 1 to 1,000.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rowCount"/> is outside its range.</exception>
    public ReplyFormat(TableSchema schema, int rowCount)
    {
        ArgumentNullException.ThrowIfNull(schema);
        if (rowCount is < 1 or > MostRows)
            Throw.ArgumentOutOfRange(nameof(rowCount), rowCount, $"1 to {MostRows:N0}");
        (Schema, RowCount) = (schema, rowCount);
        Names = PromptText.CutApart([.. schema.Columns.Select(column => column.Name)], LongestText);
        _levels = [.. schema.Columns.Select(column => PromptText.CutApart(column.Levels, LongestText))];
        _places = [.. schema.Columns.Select((column, place) => column.Kind == ColumnKind.Category ? PlacesOf(column, _levels[place]) : null)];
        for (var column = 0; column < schema.Columns.Count; column++)
        {
            _columns[schema.Columns[column].Name] = column;
            _columns[Names[column]] = column;
        }
    }

    /// <summary>Gets the columns.</summary>
    public TableSchema Schema { get; }

    /// <summary>Gets the number of rows.</summary>
    public int RowCount { get; }

    /// <summary>Gets the form as a JSON schema.</summary>
    public string JsonSchema => field ??= MakeJsonSchema();

    /// <summary>Gets the form as a grammar in GBNF, the language of llama.cpp, whose first rule is root.</summary>
    /// <remarks>Every text of the grammar is a legal reply: levels are those of the column, lists have the right length, numbers lie in their range. Numbers of a continuous column are
    /// written with so many decimals that its range has a thousand steps; an open end lies a million beyond the other. Only ranges beyond 10^15 are left open.</remarks>
    public string Grammar => field ??= ReplyGrammar.Make(this);

    /// <summary>Gets the names of the columns as prompts show them.</summary>
    internal IReadOnlyList<string> Names { get; }

    /// <summary>Finds a column by its name, or by what prompts show of it.</summary>
    internal bool TryFindColumn(string name, out int column) => _columns.TryGetValue(name, out column);

    /// <summary>Finds a level of a category by its text, or by what prompts show of it.</summary>
    internal bool TryFindLevel(int column, string text, out int level) => _places[column]!.TryGetValue(text, out level);

    /// <summary>Returns the levels of a category as prompts show them.</summary>
    internal IReadOnlyList<string> LevelsOf(int column) => _levels[column];

    /// <summary>Writes rows as a reply would: names and lists of values.</summary>
    internal string Write(SampleMatrix rows, ReadOnlySpan<long> chosen)
    {
        var values = new float[chosen.Length][];
        for (var row = 0; row < chosen.Length; row++)
            rows.CopyRow(chosen[row], values[row] = new float[rows.FeatureCount]);
        var text = new StringBuilder();
        for (var column = 0; column < Names.Count; column++)
        {
            text.Append(column == 0 ? "{" : ", ").Append(PromptText.Quote(Names[column])).Append(": [");
            text.AppendJoin(", ", values.Select(row => Write(column, row[column]))).Append(']');
        }

        return text.Append('}').ToString();
    }

    private static Dictionary<string, int> PlacesOf(ColumnDescription column, string[] shown)
    {
        // The levels themselves last: where one is what is shown of another, it wins.
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var texts in (IEnumerable<string>[])[shown, column.Levels])
        {
            foreach (var (place, text) in texts.Index())
                places[text] = place;
        }

        return places;
    }

    private string Write(int column, float value)
    {
        if (float.IsNaN(value))
            return "null";
        return Schema.Columns[column].Kind == ColumnKind.Category
            ? PromptText.Quote(_levels[column][(int)value])
            : (value + 0f).ToString(CultureInfo.InvariantCulture);
    }

    private string MakeJsonSchema()
    {
        var text = new StringBuilder("""{"type": "object", "properties": {""");
        for (var column = 0; column < Names.Count; column++)
        {
            text.Append(column == 0 ? "" : ", ").Append(PromptText.Quote(Names[column])).Append(""": {"type": "array", "items": {""");
            AppendItem(text, column);
            text.Append(CultureInfo.InvariantCulture, $$"""}, "minItems": {{RowCount}}, "maxItems": {{RowCount}}}""");
        }

        return text.Append("""}, "required": [""").AppendJoin(", ", Names.Select(PromptText.Quote)).Append("""], "additionalProperties": false}""").ToString();
    }

    private void AppendItem(StringBuilder text, int column)
    {
        var description = Schema.Columns[column];
        var type = description.Kind switch
        {
            ColumnKind.Continuous => "number",
            ColumnKind.Category => "string",
            _ => "integer",
        };
        text.Append(description.MayBeMissing ? $"\"type\": [\"{type}\", \"null\"]" : $"\"type\": \"{type}\"");
        if (description.IsNominal)
        {
            var values = description.Kind == ColumnKind.Category ? _levels[column].Select(PromptText.Quote) : ["0", "1"];
            text.Append(", \"enum\": [").AppendJoin(", ", description.MayBeMissing ? values.Append("null") : values).Append(']');
        }

        if (description.Minimum is { } least)
            text.Append(CultureInfo.InvariantCulture, $""", "minimum": {least:R}""");
        if (description.Maximum is { } most)
            text.Append(CultureInfo.InvariantCulture, $""", "maximum": {most:R}""");
    }
}
