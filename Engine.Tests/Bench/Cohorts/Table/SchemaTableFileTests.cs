using Bench.Cohorts;
using Bench.Cohorts.Table;
using Engine.Data;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Cohorts.Table;

public sealed class SchemaTableFileTests : IDisposable
{
    private const string Text = "id,age,weight,\"a, b\",died\nx1,41,15.54,\"yes \"\"so\"\"\",1\nx2,,0.1,no,0\nx3,70,1e-7,,1\n";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_WithoutSchema_InfersWhatTheColumnsHold()
    {
        var (table, leftOut) = Read(Text.Replace("died", "died,empty,", StringComparison.Ordinal).Replace(",1\n", ",1,,7\n", StringComparison.Ordinal).Replace(",0\n", ",0,NA,8\n", StringComparison.Ordinal), new() { Ignored = ["id"], Outcomes = ["died"] });
        Assert.Equal(["empty", "column 7 without a name"], leftOut);
        Assert.Equal([ColumnKind.Integer, ColumnKind.Continuous, ColumnKind.Category, ColumnKind.Binary], table.Schema.Columns.Select(column => column.Kind));
        Assert.Equal(["no", "yes \"so\""], table.Schema.Columns[2].Levels);
        Assert.Equal([true, false, true, false], table.Schema.Columns.Select(column => column.MayBeMissing));
        Assert.Equal([3], table.Schema.Outcomes);
        Assert.Equal([41, 15.54f, 1, 1], Row(table, 0));
        Assert.Equal([float.NaN, .1f, 0, 0], Row(table, 1));
        Assert.Equal([70, 1e-7f, float.NaN, 1], Row(table, 2));
    }

    [Fact]
    public void Write_Rows_ReadBackToTheSameBitsUnderTheirSchema()
    {
        var (table, _) = Read(Text, new() { Ignored = ["id"], Outcomes = ["died"] });
        SchemaTableWriter.Write(_folder.File("made.csv"), table, Cancellation);
        Assert.Equal("age,weight,\"a, b\",died\n41,15.54,\"yes \"\"so\"\"\",1\n,0.1,no,0\n70,1E-07,,1\n", File.ReadAllText(_folder.File("made.csv")));
        // The schema by way of its JSON, whose limits are decimals; columns that it does not name are left out.
        var schema = TableSchema.Parse(table.Schema.ToJson());
        var (again, _) = SchemaTableReader.Read(_folder.File("made.csv"), new() { Schema = schema }, null, Cancellation);
        var (fromWhole, _) = Read(Text, new() { Schema = schema });
        for (var row = 0; row < 3; row++)
        {
            Assert.Equal(Row(table, row), Row(again, row));
            Assert.Equal(Row(table, row), Row(fromWhole, row));
        }

        again.EnsureLegal("again", Cancellation);
    }

    [Fact]
    public void Write_Stopped_LeavesTheEarlierFile()
    {
        var (table, _) = Read(Text, new() { Ignored = ["id"] });
        File.WriteAllText(_folder.File("made.csv"), "earlier");
        Assert.ThrowsAny<OperationCanceledException>(() => SchemaTableWriter.Write(_folder.File("made.csv"), table, new CancellationToken(canceled: true)));
        Assert.Equal("earlier", File.ReadAllText(_folder.File("made.csv")));
        Assert.Empty(Directory.GetFiles(_folder.Path, "*.partial"));
    }

    [Theory]
    [InlineData("41,15.54", "71,15.54", "line 2, column 'age', value '71': a number from 41 to 70 was expected.")]
    [InlineData("41,15.54", "41.5,15.54", "a whole number was expected.")]
    [InlineData("0.1,no", ",no", "the schema allows none; write \"mayBeMissing\": true there")]
    [InlineData("0.1,no", "0.1,noo", "the schema has no such level; did you mean 'no'?")]
    [InlineData("0.1,no,0", "0.1,no,2", "0 or 1 was expected.")]
    [InlineData("15.54", "heavy", "value 'heavy': a number was expected")]
    [InlineData("weight", "mass", "column 'weight': the header lacks this column")]
    public void Read_AgainstTheSchema_NamesCellAndWayOut(string good, string bad, string message)
    {
        var (table, _) = Read(Text, new() { Ignored = ["id"], Outcomes = ["died"] });
        var error = Assert.Throws<CohortFormatException>(() => Read(Text.Replace(good, bad, StringComparison.Ordinal), new() { Schema = table.Schema }));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Identifiers_AreRefusedAndHeaderWithoutRowsToo()
    {
        Assert.Contains("line 1, column 'id'", Assert.Throws<CohortFormatException>(() => Read(Text, new() { Ignored = ["id"], Categorical = ["id"] })).Message, StringComparison.Ordinal);
        var rows = string.Concat(Enumerable.Range(0, 50).Select(row => $"p{row},1\n"));
        Assert.Contains("seems to be an identifier", Assert.Throws<CohortFormatException>(() => Read("id,x\n" + rows, new())).Message, StringComparison.Ordinal);
        Assert.Contains("no rows", Assert.Throws<CohortFormatException>(() => Read("id,x\n", new())).Message, StringComparison.Ordinal);
    }

    private (SchemaTable Table, IReadOnlyList<string> LeftOut) Read(string text, SchemaTableDescription description)
    {
        File.WriteAllText(_folder.File("table.csv"), text);
        return SchemaTableReader.Read(_folder.File("table.csv"), description, null, Cancellation);
    }

    private static float[] Row(SchemaTable table, long row)
    {
        var values = new float[table.Schema.Columns.Count];
        table.Rows.CopyRow(row, values);
        return values;
    }
}
