using Engine.Data;
using Engine.Numerics;
using Engine.Synthesis.Language;

namespace Engine.Tests.Synthesis.Language;

/// <summary>What models say, and what is made of it.</summary>
public sealed class ReplyRowsTests
{
    private static readonly ReplyFormat s_one = new(TriageTable.Schema, 1);
    private static readonly ReplyFormat s_three = new(new TableSchema([new() { Name = "x", Kind = ColumnKind.Integer, Minimum = 0, Maximum = 9 }, new() { Name = "y", Kind = ColumnKind.Integer, Minimum = 0, Maximum = 9 }]), 3);

    [Fact]
    public void Read_LegalRow_HasItsValues() => Assert.Equal([40, 1, 37.5f, 0, 0, 1], Assert.Single(ReplyRows.Read(TriageTable.One(), s_one).Rows));

    [Theory]
    [InlineData("Sure! Here are your rows:\n```json\n{0}\n```\nLet me know {if} you need more.")]
    [InlineData("Note {this}: {0}")]
    [InlineData("{\"data\": {0}}")]
    [InlineData("{\"comment\": \"none {\", \"list\": [[1], {\"a\": 2}], \"data\": {0}}")]
    [InlineData("<think>perhaps {\"age\": [1]}?</think>{0}")]
    [InlineData("\ufeff{0}")]
    public void Read_JsonWithinSomethingElse_IsFound(string around)
    {
        var read = ReplyRows.Read(around.Replace("{0}", TriageTable.One(), StringComparison.Ordinal), s_one);
        Assert.Empty(read.Refused);
        Assert.Equal([40, 1, 37.5f, 0, 0, 1], Assert.Single(read.Rows));
    }

    [Theory]
    [InlineData("age", "\"41\"", 41)]
    [InlineData("age", "41.0", 41)]
    [InlineData("age", " \"4.1e1\" ", 41)]
    [InlineData("sex", "true", 1)]
    [InlineData("sex", "\"False\"", 0)]
    [InlineData("sex", "1.0", 1)]
    [InlineData("sex", "-0", 0)]
    [InlineData("temperature", "null", float.NaN)]
    [InlineData("temperature", "NaN", float.NaN)]
    [InlineData("temperature", "\"\"", float.NaN)]
    [InlineData("temperature", "\"N/A\"", float.NaN)]
    [InlineData("temperature", "None", float.NaN)]
    [InlineData("temperature", "41.25", 41.25f)]
    [InlineData("complaint", "\"fever, \\u0022chills\\\"\"", 1)]
    [InlineData("complaint", "null", float.NaN)]
    public void Read_ValueInAnotherFormThanAsked_IsTaken(string column, string text, float value)
    {
        var read = ReplyRows.Read(With(column, text), s_one);
        Assert.Empty(read.Refused);
        Assert.Equal(value, Assert.Single(read.Rows)[PlaceOf(column)]);
        // Minus zero is another row than zero to whoever looks for copies.
        Assert.False(value == 0 && float.IsNegative(read.Rows[0][PlaceOf(column)]));
    }

    [Theory]
    [InlineData("age", "17", RefusalReason.OutsideRange)]
    [InlineData("age", "1e300", RefusalReason.OutsideRange)]
    [InlineData("age", "Infinity", RefusalReason.OutsideRange)]
    [InlineData("age", "-Infinity", RefusalReason.OutsideRange)]
    [InlineData("age", "40.5", RefusalReason.NotWhole)]
    [InlineData("age", "null", RefusalReason.Missing)]
    [InlineData("age", "NaN", RefusalReason.Missing)]
    [InlineData("age", "\"forty\"", RefusalReason.NoNumber)]
    [InlineData("age", "40 years", RefusalReason.NotGiven)]
    [InlineData("age", "\"40 years\"", RefusalReason.NoNumber)]
    [InlineData("age", "\"1,000\"", RefusalReason.NoNumber)]
    [InlineData("age", "\"40\\u0000\"", RefusalReason.NoNumber)]
    [InlineData("age", "true", RefusalReason.NoNumber)]
    [InlineData("age", "[40]", RefusalReason.NotGiven)]
    [InlineData("sex", "2", RefusalReason.NoLevel)]
    [InlineData("sex", "0.5", RefusalReason.NoLevel)]
    [InlineData("sex", "\"male\"", RefusalReason.NoNumber)]
    [InlineData("temperature", "98.6", RefusalReason.OutsideRange)]
    [InlineData("complaint", "\"Chest Pain\"", RefusalReason.NoLevel)]
    [InlineData("complaint", "0", RefusalReason.NoLevel)]
    [InlineData("chd", "null", RefusalReason.Missing)]
    public void Read_IllegalValue_IsRefusedWithItsReason(string column, string text, string reason)
    {
        var read = ReplyRows.Read(With(column, text), s_one);
        Assert.Empty(read.Rows);
        Assert.Equal([KeyValuePair.Create(reason, 1)], read.Refused);
    }

    [Theory]
    [InlineData("", RefusalReason.NoJson, 3)]
    [InlineData("I cannot help with that.", RefusalReason.NoJson, 3)]
    [InlineData("""{"rows": 3}""", RefusalReason.NoJson, 3)]
    [InlineData("""[[1, 2], [3, 4]]""", RefusalReason.NoJson, 3)]
    [InlineData("""{"x": [1, 2, 3]}""", RefusalReason.BadColumn, 3)]
    [InlineData("""{"x": [1, 2, 3], "Y": [1, 2, 3]}""", RefusalReason.BadColumn, 3)]
    [InlineData("""{"x": [1, 2, 3], "y": 4}""", RefusalReason.BadColumn, 3)]
    [InlineData("""{"x": [1, 2, 3], "y": [1, 2, 3], "x": [1, 2, 3]}""", RefusalReason.BadColumn, 3)]
    [InlineData("""[{"x": 1, "y": 2}, {"x": 3, "y": 4}]""", RefusalReason.BadColumn, 3)]
    [InlineData("""{"x": [1, 2, 3], "y": [1, 2]}""", RefusalReason.Ragged, 3)]
    [InlineData("""{"x": [1, 2], "y": [1, 2]}""", RefusalReason.NotGiven, 1)]
    [InlineData("""{"x": [], "y": []}""", RefusalReason.NotGiven, 3)]
    [InlineData("""{"x": [1, 2, 3], "y": [1, 2, """, RefusalReason.NotGiven, 1)]
    [InlineData("""{"x": [1, 2, 3], "y": [1, 2, 3""", RefusalReason.NotGiven, 1)]
    [InlineData("""{"x": [1, 2, 3], "y": """, RefusalReason.NotGiven, 3)]
    [InlineData("""{"x": [1, 2, 3]""", RefusalReason.NotGiven, 3)]
    [InlineData("""{"x": [1, 2, 3], "y": [1, 2 3]}""", RefusalReason.NotGiven, 1)]
    public void Read_SpoiledReply_RefusesWhatItSpoils(string text, string reason, int count)
    {
        var read = ReplyRows.Read(text, s_three);
        Assert.Equal([KeyValuePair.Create(reason, count)], read.Refused);
        Assert.Equal(3 - count, read.Rows.Count);
        Assert.All(read.Rows.Index(), row => Assert.Equal([row.Index + 1, row.Index + 1], row.Item));
    }

    [Fact]
    public void Read_MoreColumnsAndRowsThanAsked_LeavesThem()
    {
        var read = ReplyRows.Read("""{"id": ["a"], "x": [1, 2, 3, 4, 77], "z": [0, 0, 0, 0], "y": [1, 2, 3, 4, 5], "note": "fine",}""", s_three);
        Assert.Empty(read.Refused);
        Assert.Equal([[1, 1], [2, 2], [3, 3]], read.Rows);
    }

    [Fact]
    public void Read_OneBadValue_LosesItsRowAlone()
    {
        var read = ReplyRows.Read("""{"x": [1, oops!, 3], "y": [1, 2, 3]}""", s_three);
        Assert.Equal([[1, 1], [3, 3]], read.Rows);
        Assert.Equal([KeyValuePair.Create(RefusalReason.NoNumber, 1)], read.Refused);
    }

    [Fact]
    public void Read_EndOfARangeBetweenTwoFloats_StaysWithinIt()
    {
        var format = new ReplyFormat(new TableSchema([new() { Name = "x", Kind = ColumnKind.Continuous, Minimum = 0.3, Maximum = 0.7 }, new() { Name = "y", Kind = ColumnKind.Continuous, Minimum = 0.1, Maximum = 0.1 }]), 2);
        // As float32, 0.3 is above itself and 0.7 below, 0.1 above; none lies between 0.1 and 0.1.
        var read = ReplyRows.Read("""{"x": [0.3, 0.7], "y": [0.1, 0.1]}""", format);
        Assert.Equal([KeyValuePair.Create(RefusalReason.OutsideRange, 2)], read.Refused);
        var wide = new ReplyFormat(new TableSchema([new() { Name = "x", Kind = ColumnKind.Continuous, Minimum = 0.1, Maximum = 0.6 }, new() { Name = "y", Kind = ColumnKind.Continuous, Minimum = 0.7, Maximum = 0.8 }]), 1);
        var row = Assert.Single(ReplyRows.Read("""{"x": [0.6], "y": [0.7]}""", wide).Rows);
        Assert.All(row.Index(), value => Assert.Null(wide.Schema.Columns[value.Index].FindFault(value.Item)));
        Assert.Equal([float.BitDecrement(0.6f), float.BitIncrement(0.7f)], row);
    }

    [Fact]
    public void Read_SpoiledAtRandom_NeverFailsAndGivesLegalRowsOnly()
    {
        var format = new ReplyFormat(TriageTable.Schema, 4);
        var legal = TriageTable.Reply(format, seed: 3);
        var draws = new RandomStream(seed: 11, stream: 0);
        var kept = 0;
        for (var round = 0; round < 3_000; round++)
        {
            var text = legal.ToCharArray();
            var at = (ulong)round * 16;
            for (var change = 0; change < 1 + round % 4; change++)
                text[(int)draws.Below(at + (ulong)change, (ulong)text.Length)] = "{}[]\",:\\u0179.-e \0"[(int)draws.Below(at + 8 + (ulong)change, 18)];
            var read = ReplyRows.Read(new string(text, 0, (int)draws.Below(at + 15, (ulong)text.Length) + 1), format);
            Assert.Equal(4, read.Rows.Count + read.Refused.Values.Sum());
            Assert.All(read.Rows, row => Assert.All(row.Index(), value => Assert.Null(TriageTable.Schema.Columns[value.Index].FindFault(value.Item))));
            kept += read.Rows.Count;
        }

        Assert.InRange(kept, 10, 3_000 * 4);
    }

    [Fact]
    public void Read_NothingButBraces_EndsSoon() => Assert.Equal(3, ReplyRows.Read(new string('{', 1_000_000) + string.Concat(Enumerable.Repeat("{\"a\":", 100_000)), s_three).Refused[RefusalReason.NoJson]);

    private static int PlaceOf(string column) => Array.IndexOf(["age", "sex", "temperature", "complaint", "chd", "chf"], column);

    private static string With(string column, string text) => column switch
    {
        "age" => TriageTable.One(age: text),
        "sex" => TriageTable.One(sex: text),
        "temperature" => TriageTable.One(temperature: text),
        "complaint" => TriageTable.One(complaint: text),
        _ => TriageTable.One(chd: text),
    };
}
