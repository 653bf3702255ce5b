using System.Text.Json.Nodes;
using Engine.Data;
using Engine.Fidelity;
using Engine.Neighbors;
using Engine.Tests.Support;

namespace Engine.Tests.Fidelity;

/// <summary>The tables of Golden/fidelity.json, and every measure of them by other people's libraries.</summary>
internal static class FidelityGolden
{
    /// <summary>What the file asks for.</summary>
    public const double Tolerance = 1e-9;

    private static readonly JsonNode s_file = Golden.Load("fidelity.json");

    public static ulong Seed { get; } = (ulong)s_file["seed"]!;

    public static TableSchema Schema { get; } = new(s_file["columns"]!.AsArray().Select(column => new ColumnDescription
    {
        Name = (string)column!["name"]!,
        Kind = Enum.Parse<ColumnKind>((string)column["kind"]!),
        Levels = column["levels"].As<string[]>(),
        MayBeMissing = true,
    }));

    public static SchemaTable Real { get; } = TableOf("real");

    public static SchemaTable Synthetic { get; } = TableOf("synthetic");

    public static SchemaTable Holdout { get; } = TableOf("holdout");

    public static SchemaTable Reference { get; } = TableOf("reference");

    public static JsonNode Of(string name) => s_file[name]!;

    /// <summary>Encodes a table as the file does.</summary>
    public static SampleMatrix Encode(SchemaTable table) => RowEncoding.Fit(Real, Synthetic, Holdout, Reference).Encode(table);

    public static void Close(JsonNode? expected, double? actual)
    {
        if (expected is null)
            Assert.Null(actual);
        else
            Close(expected.As<double>(), actual!.Value);
    }

    /// <summary>Compares to a share of the larger of 1 and the value.</summary>
    public static void Close(double expected, double actual)
    {
        if (double.IsNaN(expected))
            Assert.Equal(expected, actual);
        else
            Assert.InRange(Math.Abs(actual - expected), 0, Tolerance * Math.Max(1, Math.Abs(expected)));
    }

    public static void Close(double[] expected, ReadOnlyMemory<double> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var place = 0; place < expected.Length; place++)
            Close(expected[place], actual.Span[place]);
    }

    public static void Same(JsonNode expected, DistanceSummary actual)
    {
        Assert.Equal((int)expected["count"]!, actual.Count);
        Assert.Equal((int)expected["zero_count"]!, actual.ZeroCount);
        Close(expected["mean"], actual.Mean);
        Close(expected["minimum"], actual.Minimum);
        Close(expected["quantile05"], actual.Quantile05);
        Close(expected["lower_quartile"], actual.LowerQuartile);
        Close(expected["median"], actual.Median);
        Close(expected["upper_quartile"], actual.UpperQuartile);
        Close(expected["quantile95"], actual.Quantile95);
        Close(expected["maximum"], actual.Maximum);
    }

    public static void Same(JsonNode expected, SuccessRate? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal((long)expected["trials"]!, actual.Trials);
        Assert.Equal((long)expected["successes"]!, actual.Successes);
        Close(expected["rate"], actual.Rate);
        Close(expected["lower"], actual.Lower);
        Close(expected["upper"], actual.Upper);
    }

    private static SchemaTable TableOf(string name)
    {
        var rows = s_file[name].Rows();
        return new SchemaTable(Schema, Tables.From(rows));
    }
}
