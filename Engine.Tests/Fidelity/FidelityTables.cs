using Engine.Data;
using Engine.Numerics;

namespace Engine.Tests.Fidelity;

/// <summary>Tables of mixed columns with missing values; a shift moves the numbers and the levels.</summary>
internal static class FidelityTables
{
    public static TableSchema Schema { get; } = new(
    [
        new ColumnDescription { Name = "age", Kind = ColumnKind.Integer, Unit = "years" },
        new ColumnDescription { Name = "sbp", Kind = ColumnKind.Continuous, Unit = "mmHg" },
        new ColumnDescription { Name = "dbp", Kind = ColumnKind.Continuous, Unit = "mmHg", MayBeMissing = true },
        new ColumnDescription { Name = "smoker", Kind = ColumnKind.Binary, MayBeMissing = true },
        new ColumnDescription { Name = "race", Kind = ColumnKind.Category, Levels = ["White", "Black", "Asian"] },
        new ColumnDescription { Name = "died", Kind = ColumnKind.Binary, IsOutcome = true },
    ]);

    public static SchemaTable Make(int rowCount, ulong seed, double shift = 0)
    {
        var draws = new RandomStream(seed, 77);
        var rows = SampleMatrix.Create(rowCount, Schema.Columns.Count);
        for (var row = 0; row < rowCount; row++)
        {
            var word = (ulong)row * 16;
            var age = Math.Round(55 + (12 * draws.Normal(word)) + (10 * shift));
            var sbp = 90 + (.5 * age) + (12 * draws.Normal(word + 1));
            var values = rows.GetWritableRow(row);
            values[0] = (float)age;
            values[1] = (float)sbp;
            values[2] = draws.UniformDouble(word + 2) < .1 ? float.NaN : (float)((.5 * sbp) + (8 * draws.Normal(word + 3)));
            values[3] = draws.UniformDouble(word + 4) < .05 ? float.NaN : draws.UniformDouble(word + 5) < .3 + (.1 * shift) ? 1 : 0;
            values[4] = draws.UniformDouble(word + 6) is var uniform && uniform < .6 ? 0 : uniform < .9 ? 1 : 2;
            values[5] = draws.UniformDouble(word + 7) < .02 + (.002 * age) ? 1 : 0;
        }

        return new SchemaTable(Schema, rows);
    }

    public static SchemaTable From(TableSchema schema, params float[][] rows) =>
        new(schema, SampleMatrix.Wrap(rows.SelectMany(row => row).ToArray(), rows.Length, schema.Columns.Count));

    /// <summary>Groups rows by their level of race.</summary>
    public static Subgroups Races(SchemaTable table)
    {
        var row = new float[table.Schema.Columns.Count];
        return Subgroups.From([.. Enumerable.Range(0, (int)table.RowCount).Select(place =>
        {
            table.Rows.CopyRow(place, row);
            return table.Schema.Columns[4].Levels[(int)row[4]];
        })]);
    }
}
