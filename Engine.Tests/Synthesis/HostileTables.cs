using Engine.Data;
using Engine.Numerics;

namespace Engine.Tests.Synthesis;

/// <summary>Tables on which generators of rows go wrong.</summary>
internal static class HostileTables
{
    private static readonly ColumnDescription s_outcome = new() { Name = "died", Kind = ColumnKind.Binary, IsOutcome = true };

    /// <summary>Gets all of them, by name.</summary>
    public static IReadOnlyDictionary<string, Func<SchemaTable>> All { get; } = new Dictionary<string, Func<SchemaTable>>
    {
        ["every kind"] = () => Random(EveryKind(mayBeMissing: true), 60, 1),
        ["nothing missing"] = () => Random(EveryKind(mayBeMissing: false), 60, 2),
        ["six rows"] = () => Random(EveryKind(mayBeMissing: true), 6, 3),
        ["constant columns"] = () => Of(40, (_, column) => new float[] { 7.5f, -3, 1, 2, 0 }[column], Mixed()),
        ["all missing"] = () => Of(40, (row, column) => column == 4 ? row % 2 : float.NaN, Mixed()),
        ["missing but for one row"] = () => Of(40, (row, column) => column == 4 ? row % 2 : row == 17 ? 1 : float.NaN, Mixed()),
        ["one row missing"] = () => Of(40, (row, column) => column == 4 ? row % 2 : row == 17 ? float.NaN : row % 3, Mixed()),
        ["two distinct rows"] = () => Of(40, (row, column) => column == 4 ? row % 2 : row % 2 == 0 ? 0 : 1, Mixed()),
        ["copies of a column"] = () => Of(50, (row, column) => column == 5 ? row % 2 : (row * 7) % 50, [.. Enumerable.Range(0, 5).Select(Number), s_outcome]),
        ["more columns than rows"] = () => Of(12, (row, column) => column == 60 ? row % 2 : Noise(row, column), [.. Enumerable.Range(0, 60).Select(Number), s_outcome]),
        ["ends of float32"] = () => Of(30, (row, column) => column == 3 ? row % 2 : new[] { -3.4e38f, 3.4e38f, 1e-45f, 0, -0f, 1e-30f }[(row + column) % 6], [.. Enumerable.Range(0, 3).Select(Number), s_outcome]),
        ["large whole numbers"] = () => Of(30, (row, column) => column == 1 ? row % 2 : 16777216 + (2 * row), [new() { Name = "n", Kind = ColumnKind.Integer, Minimum = 16777216, Maximum = 16777216 + 60 }, s_outcome]),
        ["a level each row"] = () => Of(30, (row, column) => column == 1 ? row % 2 : row, [new() { Name = "c", Kind = ColumnKind.Category, Levels = [.. Enumerable.Range(0, 40).Select(level => $"{level}")] }, s_outcome]),
    };

    /// <summary>Gets a column of each kind.</summary>
    public static TableSchema EveryKind(bool mayBeMissing) => new(
    [
        new() { Name = "sodium", Kind = ColumnKind.Continuous, Minimum = 120.5, Maximum = 160.25, MayBeMissing = mayBeMissing },
        new() { Name = "age", Kind = ColumnKind.Integer, Minimum = -3, Maximum = 17, MayBeMissing = mayBeMissing },
        new() { Name = "sex", Kind = ColumnKind.Binary, MayBeMissing = mayBeMissing },
        new() { Name = "ward", Kind = ColumnKind.Category, Levels = ["a", "b", "c", "d"], MayBeMissing = mayBeMissing },
        s_outcome,
    ]);

    /// <summary>Makes independent legal rows, a quarter of the values missing where they may be.</summary>
    public static SchemaTable Random(TableSchema schema, int rowCount, ulong seed)
    {
        var (which, values) = (new RandomStream(seed, 1), new RandomStream(seed, 2));
        return Of(
            rowCount,
            (row, place) =>
            {
                var (column, index) = (schema.Columns[place], (ulong)((row * schema.Columns.Count) + place));
                if (column.MayBeMissing && which.Below(index, 4) == 0)
                    return float.NaN;
                if (column.IsNominal)
                    return values.Below(index, (ulong)column.LevelCount);
                var (least, most) = (column.Minimum ?? -5, column.Maximum ?? 5);
                return column.Kind == ColumnKind.Integer ? (float)(least + values.Below(index, (ulong)(most - least) + 1)) : (float)(least + (values.UniformDouble(index) * (most - least)));
            },
            schema.Columns);
    }

    private static SchemaTable Of(int rowCount, Func<int, int, float> value, IEnumerable<ColumnDescription> columns)
    {
        var schema = new TableSchema(columns);
        var rows = SampleMatrix.Create(rowCount, schema.Columns.Count);
        for (var row = 0; row < rowCount; row++)
        {
            for (var column = 0; column < schema.Columns.Count; column++)
                rows.GetWritableRow(row)[column] = value(row, column);
        }

        return new SchemaTable(schema, rows);
    }

    private static ColumnDescription[] Mixed() =>
    [
        new() { Name = "x", Kind = ColumnKind.Continuous, MayBeMissing = true },
        new() { Name = "n", Kind = ColumnKind.Integer, MayBeMissing = true },
        new() { Name = "b", Kind = ColumnKind.Category, Levels = ["a", "b", "c"], MayBeMissing = true },
        new() { Name = "c", Kind = ColumnKind.Category, Levels = ["a", "b", "c", "d"], MayBeMissing = true },
        s_outcome,
    ];

    private static ColumnDescription Number(int place) => new() { Name = $"x{place}", Kind = ColumnKind.Continuous };

    private static float Noise(int row, int column) => (float)new RandomStream(9, (ulong)column).Normal((ulong)row);
}
