using System.Globalization;
using System.Text.Json;
using Engine.Data;
using Engine.Synthesis.Language;
using Engine.Tests.Support;

namespace Engine.Tests.Synthesis.Language;

public sealed class ReplyFormatTests
{
    [Fact]
    public void JsonSchema_OfEveryKind_SaysWhatIsLegal()
    {
        using var schema = JsonDocument.Parse(new ReplyFormat(TriageTable.Schema, 7).JsonSchema);
        var properties = schema.RootElement.GetProperty("properties");
        Assert.Equal(TriageTable.Schema.Columns.Select(column => column.Name), properties.EnumerateObject().Select(property => property.Name));
        Assert.Equal(TriageTable.Schema.Columns.Select(column => column.Name), schema.RootElement.GetProperty("required").EnumerateArray().Select(name => name.GetString()));
        Assert.False(schema.RootElement.GetProperty("additionalProperties").GetBoolean());
        Assert.All(properties.EnumerateObject(), property =>
        {
            Assert.Equal("array", property.Value.GetProperty("type").GetString());
            Assert.Equal(7, property.Value.GetProperty("minItems").GetInt32());
            Assert.Equal(7, property.Value.GetProperty("maxItems").GetInt32());
        });
        string Items(string name) => properties.GetProperty(name).GetProperty("items").GetRawText();
        Assert.Equal("""{"type": "integer", "minimum": 18, "maximum": 110}""", Items("age"));
        Assert.Equal("""{"type": "integer", "enum": [0, 1]}""", Items("CHD"));
        Assert.Equal("""{"type": ["number", "null"], "minimum": 35.5, "maximum": 41.25}""", Items("temperature"));
        var levels = properties.GetProperty("complaint").GetProperty("items").GetProperty("enum").EnumerateArray().Select(level => level.GetString());
        Assert.Equal([.. TriageTable.Schema.Columns[3].Levels, null], levels);
    }

    [Fact]
    public void Grammar_OfEveryKind_AdmitsWhatIsLegalAndNothingElse()
    {
        var format = new ReplyFormat(TriageTable.Schema, 1);
        var grammar = GrammarRegex.Of(format.Grammar);
        string[] good = [TriageTable.One(temperature: "37.500"), TriageTable.One(age: "18", sex: "0", temperature: "null", complaint: "null"), TriageTable.One(age: "110", temperature: "41.250", complaint: "\"fever, \\\"chills\\\"\"")];
        Assert.All(good, text => Assert.Matches(grammar, text));
        Assert.All(good, text => Assert.Single(ReplyRows.Read(text, format).Rows));
        string[] bad =
        [
            TriageTable.One(age: "17"), TriageTable.One(age: "111"), TriageTable.One(age: "0040"), TriageTable.One(age: "null"), TriageTable.One(age: "40, 41"), TriageTable.One(age: ""),
            TriageTable.One(sex: "2"), TriageTable.One(temperature: "41.251"), TriageTable.One(temperature: "NaN"), TriageTable.One(complaint: "\"cough\""), TriageTable.One(complaint: "chest pain"),
            TriageTable.One(temperature: "37.500") + " ", "{}",
        ];
        Assert.All(bad, text => Assert.DoesNotMatch(grammar, text));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(10)]
    public void Grammar_OfSeveralRows_FixesTheirNumber(int rowCount)
    {
        var schema = new TableSchema([new() { Name = "x", Kind = ColumnKind.Binary }, new() { Name = "y", Kind = ColumnKind.Binary }]);
        var grammar = GrammarRegex.Of(new ReplyFormat(schema, rowCount).Grammar);
        string Text(int x, int y) => $$"""{"x": [{{string.Join(", ", Enumerable.Repeat("0", x))}}], "y": [{{string.Join(", ", Enumerable.Repeat("1", y))}}]}""";
        Assert.Matches(grammar, Text(rowCount, rowCount));
        Assert.DoesNotMatch(grammar, Text(rowCount + 1, rowCount));
        Assert.DoesNotMatch(grammar, Text(rowCount, rowCount - 1));
    }

    [Theory]
    [InlineData(0, 9)]
    [InlineData(1, 1000)]
    [InlineData(18, 110)]
    [InlineData(-5, 12)]
    [InlineData(-123, -7)]
    [InlineData(995, 1234)]
    [InlineData(1009, 1937)]
    [InlineData(-393, 105)]
    [InlineData(0, 0)]
    [InlineData(7, 8)]
    public void Grammar_OfWholeNumbers_AdmitsExactlyTheRange(int low, int high)
    {
        var grammar = GrammarOf(new() { Name = "x", Kind = ColumnKind.Integer, Minimum = low, Maximum = high });
        for (var number = low - 150; number <= high + 150; number++)
            Assert.Equal(number >= low && number <= high, grammar(number.ToString(CultureInfo.InvariantCulture)));
        Assert.False(grammar("007"));
        Assert.False(grammar("-"));
        Assert.False(grammar(""));
    }

    [Theory]
    [InlineData(0, 1, 3)]
    [InlineData(35.5, 41.25, 3)]
    [InlineData(-2.5, 0.75, 3)]
    [InlineData(0, 250, 1)]
    [InlineData(-0.01, 0.02, 5)]
    [InlineData(0.15, 0.35, 4)]
    [InlineData(-8, -3.125, 3)]
    public void Grammar_OfDecimals_AdmitsExactlyTheRange(double low, double high, int decimals)
    {
        var grammar = GrammarOf(new() { Name = "x", Kind = ColumnKind.Continuous, Minimum = low, Maximum = high });
        var scale = Math.Pow(10, decimals);
        for (var step = (long)Math.Floor(low * scale) - 1_200; step <= (long)Math.Ceiling(high * scale) + 1_200; step++)
        {
            var number = (decimal)step / (decimal)scale;
            var text = number.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            Assert.True((step / scale >= low && step / scale <= high) == grammar(text), text);
        }
    }

    [Theory]
    [InlineData(null, null, "-1000000.00 1000000.00 0.00 12.34", "1000000.01 1 .5 01.00")]
    [InlineData(0.0, null, "0.00 1000000.00", "-0.01 -1.00")]
    [InlineData(null, -3.0, "-3.00 -1000003.00 -1000000.00", "3.00 -2.99 0.00")]
    [InlineData(1e20, 1e21, "0 12.5 -3", "1e20 x")]
    [InlineData(0.1, 0.1, "0.1", "0.2 0")]
    [InlineData(0.123456789, 0.123456791, "0.123456790000", "0.123456792000 0.123456790")]
    public void Grammar_OfOpenOrNarrowRanges_StaysWithinThem(double? low, double? high, string good, string bad)
    {
        var grammar = GrammarOf(new() { Name = "x", Kind = ColumnKind.Continuous, Minimum = low, Maximum = high });
        Assert.All(good.Split(' '), text => Assert.True(grammar(text), text));
        Assert.All(bad.Split(' '), text => Assert.False(grammar(text), text));
    }

    [Fact]
    public void Write_TableWithEveryKind_ReadsBack()
    {
        var table = TriageTable.Rows(25, seed: 5);
        var format = new ReplyFormat(TriageTable.Schema, 25);
        var text = format.Write(table.Rows, [.. Enumerable.Range(0, 25).Select(row => (long)row)]);
        using var json = JsonDocument.Parse(text);
        Assert.Equal(6, json.RootElement.EnumerateObject().Count());
        var read = ReplyRows.Read(text, format);
        Assert.Empty(read.Refused);
        for (var row = 0; row < 25; row++)
            Assert.Equal(table.Rows.Row(row), read.Rows[row]);
        Assert.DoesNotContain('\u001b', text);
        Assert.DoesNotContain("<|", text, StringComparison.Ordinal);
    }

    [Fact]
    public void LongTexts_AreCutInPromptsAndFoundInReplies()
    {
        var longest = new string('x', 5_000);
        var schema = new TableSchema([new() { Name = longest, Kind = ColumnKind.Category, Levels = [longest + "1", longest + "2", "short"] }]);
        var format = new ReplyFormat(schema, 1);
        Assert.InRange(format.JsonSchema.Length, 600, 2_000);
        foreach (var level in Enumerable.Range(0, 3))
        {
            var written = format.Write(Tables.From([[level]]), [0]);
            Assert.InRange(written.Length, 200, 500);
            Assert.Equal([level], Assert.Single(ReplyRows.Read(written, format).Rows));
            Assert.Equal([level], Assert.Single(ReplyRows.Read($$"""{"{{longest}}": ["{{schema.Columns[0].Levels[level]}}"]}""", format).Rows));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_001)]
    public void Constructor_BadRowCount_Throws(int rowCount) => Assert.Throws<ArgumentOutOfRangeException>(() => new ReplyFormat(TriageTable.Schema, rowCount));

    private static Func<string, bool> GrammarOf(ColumnDescription column)
    {
        var regex = GrammarRegex.Of(new ReplyFormat(new TableSchema([column]), 1).Grammar);
        return text => regex.IsMatch($$"""{"x": [{{text}}]}""");
    }
}
