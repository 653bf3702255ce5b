using Engine.Data;
using Engine.Tests.Support;

namespace Engine.Tests.Data;

public sealed class TableSchemaTests
{
    private const float Missing = float.NaN;

    private static readonly string[] s_names = ["age", "sodium", "sex", "ward", "empty", "died"];

    private static readonly Dictionary<string, IReadOnlyList<string>> s_levels = new() { ["ward"] = ["medical", "surgical", "other"] };

    private static readonly float[][] s_rows =
    [
        [61, 140.5f, 1, 0, Missing, 0],
        [18, 136.7f, 0, 2, Missing, 1],
        [97, Missing, 1, 2, Missing, 0],
    ];

    [Fact]
    public void Infer_EveryKind_IsThatOfTheValues()
    {
        var schema = Infer();
        Assert.Equal(
            [ColumnKind.Integer, ColumnKind.Continuous, ColumnKind.Binary, ColumnKind.Category, ColumnKind.Continuous, ColumnKind.Binary],
            schema.Columns.Select(column => column.Kind));
        Assert.Equal([18, 136.7, null, null, null, null], schema.Columns.Select(column => column.Minimum));
        Assert.Equal([97, 140.5, null, null, null, null], schema.Columns.Select(column => column.Maximum));
        Assert.Equal([false, true, false, false, true, false], schema.Columns.Select(column => column.MayBeMissing));
        Assert.Equal(["medical", "surgical", "other"], schema.Columns[3].Levels);
        Assert.Equal([5], schema.Outcomes);
        Assert.Equal([0, 1, 2, 3, 4], schema.Features);
        new SchemaTable(schema, Rows()).EnsureLegal("rows", TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(0, 0, float.PositiveInfinity, "row 0, column 0")]
    [InlineData(1, 3, 3f, "row 1, column 3, 'ward', which holds 3")]
    [InlineData(2, 5, 2f, "row 2, column 5, 'died', which holds 2")]
    [InlineData(2, 3, 0.5f, "row 2, column 3")]
    public void Infer_ValueThatFitsNoKind_NamesRowAndColumn(int row, int column, float value, string place)
    {
        var rows = Array.ConvertAll(s_rows, values => (float[])values.Clone());
        rows[row][column] = value;
        Assert.Contains(place, Assert.Throws<ArgumentException>(() => Infer(rows)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Infer_WrongArguments_SaysWhich()
    {
        Assert.Contains("'dead'", Assert.Throws<ArgumentException>(() => TableSchema.Infer(s_names, Rows(), ["dead"])).Message, StringComparison.Ordinal);
        Assert.Contains("'Ward'", Assert.Throws<ArgumentException>(() => TableSchema.Infer(s_names, Rows(), levels: new Dictionary<string, IReadOnlyList<string>> { ["Ward"] = ["a", "b"] })).Message, StringComparison.Ordinal);
        Assert.Contains("6 features where names has 5", Assert.Throws<ArgumentException>(() => TableSchema.Infer(s_names[..5], Rows())).Message, StringComparison.Ordinal);
        Assert.Contains("one row at least", Assert.Throws<ArgumentException>(() => TableSchema.Infer(s_names, SampleMatrix.Create(0, 6))).Message, StringComparison.Ordinal);
        Assert.Contains("two columns are called 'age'", Assert.Throws<ArgumentException>(() => TableSchema.Infer(["age", "age", "sex", "ward", "empty", "died"], Rows())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_WrittenAndRead_IsTheSameSchema()
    {
        var schema = new TableSchema(
        [
            new() { Name = "kreatinin µmol/l", Kind = ColumnKind.Continuous, Unit = "µmol/l", Minimum = 0.1, Maximum = 1e30, MayBeMissing = true },
            new() { Name = "age", Kind = ColumnKind.Integer, Minimum = 18 },
            new() { Name = "sex \"m\"", Kind = ColumnKind.Binary },
            new() { Name = "ward", Kind = ColumnKind.Category, Levels = ["<a>", "b & c"], MayBeMissing = true },
            new() { Name = "died", Kind = ColumnKind.Binary, IsOutcome = true },
        ]);
        var json = schema.ToJson();
        Assert.Contains("\"unit\": \"µmol/l\"", json, StringComparison.Ordinal);
        AssertSame(schema, TableSchema.Parse(json));
        Assert.Equal(json, TableSchema.Parse(json).ToJson());

        using var folder = new TemporaryFolder();
        schema.Save(folder.File("schema.json"));
        AssertSame(schema, TableSchema.Load(folder.File("schema.json")));
        Assert.Equal(["schema.json"], Directory.EnumerateFiles(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void Parse_WhatAPersonWrites_IsRead()
    {
        var schema = TableSchema.Parse(
            """
            // Blood pressure has a range now.
            { "columns": [
              { "name": "pressure", "kind": "continuous", "minimum": 20, "maximum": 300, },
              { "kind": "category", "name": "ward", "levels": ["a", "b"] /* or c? */ },
            ] }
            """);
        Assert.Equal(["pressure", "ward"], schema.Columns.Select(column => column.Name));
        Assert.Equal(300, schema.Columns[0].Maximum);
    }

    [Theory]
    [InlineData("""{ "columns": [] }""", "columns is missing or empty")]
    [InlineData("null", "columns is missing or empty")]
    [InlineData("""{ "columns": [null] }""", "columns[0] is null")]
    [InlineData("""{ "columns": [{ "kind": "binary" }] }""", "columns[0].name is missing")]
    [InlineData("""{ "columns": [{ "name": "a" }] }""", "columns[0].kind is missing; allowed are continuous, integer, binary, category")]
    [InlineData("""{ "columns": [{ "name": "a", "kind": "binary" }, { "name": "b", "kind": "number" }] }""", "columns[1].kind is 'number'")]
    [InlineData("""{ "columns": [{ "name": "a", "kind": 0 }] }""", "$.columns[0].kind")]
    [InlineData("""{ "columns": [{ "name": "a", "kind": "continuous", "minimum": "0" }] }""", "$.columns[0].minimum")]
    [InlineData("""{ "columns": [{ "name": "a", "kind": "continuous", "minimun": 0 }] }""", "'minimun'")]
    [InlineData("""{ "columns": [{ "name": "a", "name": "b", "kind": "continuous" }] }""", "name")]
    [InlineData("""{ "columns": [{ "name": "a", "kind": "category", "levels": [1, 2] }] }""", "$.columns[0].levels[0]")]
    [InlineData("""{ "columns": [{ "name": "a", "kind": "category", "levels": ["one"] }] }""", "column 0, 'a': its category has 1 levels")]
    [InlineData("""{ "columns": [{ "name": "a", "kind": "category", "levels": ["one", "one"] }] }""", "stands twice")]
    [InlineData("""{ "columns": [{ "name": "a", "kind": "binary", "levels": ["no", "yes"] }] }""", "only a category has levels")]
    [InlineData("""{ "columns": [{ "name": "a", "kind": "binary", "minimum": 0 }] }""", "only numbers have a range")]
    [InlineData("""{ "columns": [{ "name": "a", "kind": "continuous", "minimum": 3, "maximum": 2 }] }""", "its range 3 to 2 is empty")]
    [InlineData("""{ "columns": [{ "name": "a", "kind": "integer", "minimum": 0.2, "maximum": 0.8 }] }""", "holds no whole number")]
    [InlineData("""{ "columns": [{ "name": "a", "kind": "continuous", "maximum": 1e39 }] }""", "not finite in float32")]
    [InlineData("""{ "columns": [{ "name": "a", "kind": "integer", "isOutcome": true }] }""", "outcomes are binary")]
    [InlineData("""{ "columns": [{ "name": " ", "kind": "integer" }] }""", "it has no name")]
    [InlineData("""{ "columns": [{ "name": "a", "kind": "binary" }, { "name": "a", "kind": "binary" }] }""", "two columns are called 'a'")]
    [InlineData("""{ "columns": [""", "columns")]
    public void Parse_AnythingElse_SaysWhatIsWrong(string json, string fault)
    {
        Assert.Contains(fault, Assert.Throws<InvalidDataException>(() => TableSchema.Parse(json)).Message, StringComparison.Ordinal);
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("schema.json"), json);
        var message = Assert.Throws<InvalidDataException>(() => TableSchema.Load(folder.File("schema.json"))).Message;
        Assert.Contains("schema.json", message, StringComparison.Ordinal);
        Assert.Contains(fault, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ranges_AreThoseOfFloat32()
    {
        // 36.7 in float32 lies above 36.7.
        var column = new ColumnDescription { Name = "temperature", Kind = ColumnKind.Continuous, Minimum = 36.6, Maximum = 36.7 };
        foreach (var (value, isLegal) in new[] { (36.7f, true), (36.6f, true), (MathF.BitIncrement(36.7f), false), (MathF.BitDecrement(36.6f), false), (float.NaN, false) })
            Assert.Equal(isLegal, column.FindFault(value) is null);
    }

    [Fact]
    public void EnsureLegal_SeveralBadRows_NamesTheFirst()
    {
        var schema = new TableSchema([new() { Name = "a", Kind = ColumnKind.Integer, Minimum = 0, Maximum = 9 }, new() { Name = "b", Kind = ColumnKind.Binary }]);
        var rows = SampleMatrix.Create(3_000, 2);
        new SchemaTable(schema, rows).EnsureLegal("rows", TestContext.Current.CancellationToken);
        rows.GetWritableRow(2_900)[0] = 10;
        rows.GetWritableRow(1_234)[1] = float.NaN;
        var message = Assert.Throws<ArgumentException>(() => new SchemaTable(schema, rows).EnsureLegal("table", TestContext.Current.CancellationToken)).Message;
        Assert.Contains("table contradicts its schema at row 1,234, column 1, 'b', which holds NaN: a value is missing", message, StringComparison.Ordinal);
    }

    private static TableSchema Infer(float[][]? rows = null) => TableSchema.Infer(s_names, Rows(rows), ["died"], s_levels);

    private static SampleMatrix Rows(float[][]? rows = null) => SampleMatrix.Wrap((rows ?? s_rows).SelectMany(row => row).ToArray(), s_rows.Length, s_names.Length);

    private static void AssertSame(TableSchema expected, TableSchema actual)
    {
        Assert.Equal(expected.Columns.Count, actual.Columns.Count);
        foreach (var (one, other) in expected.Columns.Zip(actual.Columns))
        {
            Assert.Equal(one.Levels, other.Levels);
            Assert.Equal(one with { Levels = [] }, other with { Levels = [] });
        }
    }
}
