using Engine.Data;
using Engine.Numerics;
using Engine.Tests.Synthesis;

namespace Engine.Tests.Data;

public sealed class TableEncodingTests
{
    private static readonly TableSchema s_schema = new(
    [
        new() { Name = "age", Kind = ColumnKind.Integer, Minimum = 18, Maximum = 90 },
        new() { Name = "sodium", Kind = ColumnKind.Continuous, Minimum = 120, Maximum = 160.5, MayBeMissing = true },
        new() { Name = "sex", Kind = ColumnKind.Binary },
        new() { Name = "smokes", Kind = ColumnKind.Binary, MayBeMissing = true },
        new() { Name = "died", Kind = ColumnKind.Binary, IsOutcome = true },
        new() { Name = "ward", Kind = ColumnKind.Category, Levels = ["a", "b", "c"] },
        new() { Name = "race", Kind = ColumnKind.Category, Levels = ["x", "y"], MayBeMissing = true },
    ]);

    private static readonly float[] s_row = [61, float.NaN, 1, float.NaN, 1, 2, float.NaN];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Names_OfAll_SayWhatEachColumnHolds()
    {
        var encoding = TableEncoding.OfAll(s_schema);
        Assert.Equal(
            ["age", "sodium", "sodium is missing", "sex", "smokes", "smokes is missing", "died", "ward=a", "ward=b", "ward=c", "race=x", "race=y", "race is missing"],
            encoding.Names);
        Assert.Equal([0, 1], encoding.Numbers);
        Assert.Equal([2, 3, 4, 5, 6], encoding.ColumnSchema.Masks);
        Assert.Equal([[7, 8, 9], [10, 11, 12]], encoding.ColumnSchema.OneHotGroups);
    }

    [Fact]
    public void Encode_Features_LeavesOutcomesOutAndMissingNumbersToTheScaler()
    {
        var encoding = TableEncoding.OfFeatures(s_schema);
        Assert.DoesNotContain("died", encoding.Names);
        var encoded = encoding.Encode(new SchemaTable(s_schema, SampleMatrix.Wrap(s_row, 1, 7)), Stop);
        var row = new float[12];
        encoded.CopyRow(0, row);
        Assert.Equal([61, float.NaN, 1, 1, 0, 1, 0, 0, 1, 0, 0, 1], row);
        Assert.Contains("OfAll", Assert.Throws<ArgumentException>(() => encoding.Decode(encoded, Stop)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Decode_EncodedRows_GivesThemBack(ulong seed)
    {
        var table = HostileTables.Random(s_schema, 1_000, seed);
        var encoding = TableEncoding.OfAll(s_schema);
        var encoded = encoding.Encode(table, Stop);
        encoding.ColumnSchema.EnsureAgrees(FeatureScaler.Fit(encoded, Stop).Only([]).Transform(encoded), "encoded");
        Assert.Equal(Values(table.Rows), Values(encoding.Decode(encoded, Stop).Rows));
    }

    [Fact]
    public void Decode_AnyFiniteValues_GivesLegalRows()
    {
        var encoding = TableEncoding.OfAll(s_schema);
        var rows = SampleMatrix.Create(2_000, encoding.Names.Count);
        var stream = new RandomStream(5, 1);
        for (var row = 0; row < 2_000; row++)
        {
            for (var column = 0; column < rows.FeatureCount; column++)
                rows.GetWritableRow(row)[column] = (float)(stream.Normal((ulong)((row * rows.FeatureCount) + column)) * (column < 2 ? 1e3 : 1));
        }

        var decoded = encoding.Decode(rows, Stop);
        decoded.EnsureLegal("decoded", Stop);
        Assert.Equal(7, decoded.Rows.FeatureCount);
        var all = Values(decoded.Rows);
        // Both ends, both answers, every level and what is missing occur among so many.
        foreach (var (column, values) in new[] { (0, new float[] { 18, 90 }), (1, [120, 160.5f, float.NaN]), (3, [0, 1, float.NaN]), (5, [0, 1, 2]), (6, [0, 1, float.NaN]) })
            Assert.Empty(values.Except(Enumerable.Range(0, 2_000).Select(row => all[(row * 7) + column])));
    }

    [Fact]
    public void Encode_IllegalValue_NamesRowAndColumn()
    {
        var row = (float[])s_row.Clone();
        row[0] = 17;
        var table = new SchemaTable(s_schema, SampleMatrix.Wrap(row, 1, 7));
        Assert.Contains("row 0, column 0, 'age', which holds 17: at least 18", Assert.Throws<ArgumentException>(() => TableEncoding.OfAll(s_schema).Encode(table, Stop)).Message, StringComparison.Ordinal);
        Assert.Contains("13", Assert.Throws<ArgumentException>(() => TableEncoding.OfAll(s_schema).Decode(SampleMatrix.Create(1, 12), Stop)).Message, StringComparison.Ordinal);
        Assert.Contains("outcome", Assert.Throws<ArgumentException>(() => TableEncoding.OfFeatures(new TableSchema([s_schema.Columns[4]]))).Message, StringComparison.Ordinal);
    }

    private static float[] Values(SampleMatrix rows)
    {
        var values = new float[rows.RowCount * rows.FeatureCount];
        rows.CopyRows(0, (int)rows.RowCount, values);
        return values;
    }
}
