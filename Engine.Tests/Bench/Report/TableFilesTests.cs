using System.Globalization;
using System.Text.Json.Nodes;
using Bench.Report.Results;
using CsvHelper;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Report;

public sealed class TableFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TableFilesTests()
    {
        var document = ResultsDocument.From(SampleResult.Result, SampleResult.Start);
        ResultsFile.Write(_folder.File("results.json"), document);
        TableFiles.Write(_folder.Path, document);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("bias", "bias")]
    [InlineData("metrics", "metrics")]
    [InlineData("intervals", "intervals")]
    [InlineData("differences", "differences")]
    [InlineData("disparity", "disparity")]
    [InlineData("units", "doublePrioritized.candidates")]
    [InlineData("methods", "methods")]
    [InlineData("skipped", "skipped")]
    [InlineData("coefficients", "baselineModel.coefficients")]
    public void Write_Table_HasTheFieldsAndValuesOfItsArray(string table, string path)
    {
        JsonNode node = JsonNode.Parse(File.ReadAllText(_folder.File("results.json")))!;
        foreach (var name in path.Split('.'))
            node = node[name]!;
        var entries = node.AsArray();
        using var reader = new CsvReader(new StreamReader(_folder.File($"{table}.csv")), CultureInfo.InvariantCulture);
        reader.Read();
        reader.ReadHeader();
        Assert.Equal(entries[0]!.AsObject().Select(field => field.Key), reader.HeaderRecord!);
        foreach (var entry in entries)
        {
            Assert.True(reader.Read());
            Assert.Equal(entry!.AsObject().Select(field => CellOf(field.Value)), reader.Parser.Record!);
        }

        Assert.False(reader.Read());
    }

    [Fact]
    public void Names_AreTheFilesWritten() => Assert.Equal(
        TableFiles.Names.Order(StringComparer.Ordinal), Directory.EnumerateFiles(_folder.Path, "*.csv").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));

    [Fact]
    public void Write_UndefinedValue_IsAnEmptyCell() =>
        Assert.Contains(File.ReadLines(_folder.File("bias.csv")), line => line == "test,hispanic,0,0,0,,0,0,0");

    // Compared as text: the same digits are the same bits.
    private static string CellOf(JsonNode? value) => value is JsonArray items ? string.Join(' ', items.Select(item => (string?)item)) : value?.ToString() ?? string.Empty;
}
