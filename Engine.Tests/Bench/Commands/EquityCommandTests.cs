using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Bench.Cohorts.Table;
using Bench.Commands;
using Engine.Data;
using Engine.Numerics;
using Engine.Tests.Bench.Generators;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Commands;

public sealed class EquityCommandTests : IDisposable
{
    private const string Key = "sk-very-secret-4711";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("--simulate-ed 20000 --minority-sizes 50,100,200 --repeats 3 --minorities asian,black")]
    [InlineData("--majority-size 200")]
    [InlineData("--table FILE --outcome died --group-column race --majority-size 50 --minority-sizes 10 --ridge 0 --neighbors 3 --journal DIR --out DIR --quiet")]
    [InlineData("--generator openai --model-name m --temperature .5,.9,1.2")]
    public void Parse_GoodArguments_HasNoErrors(string arguments) => Assert.Empty(new EquityCommand().Parse(arguments).Errors);

    [Theory]
    [InlineData("--minority-sizes 1000", "--minority-sizes has 1,000, and --majority-size is 1,000; a minority is smaller")]
    [InlineData("--majority-size 100", "--minority-sizes has 100, and --majority-size is 100")]
    [InlineData("--majority-size 60 --minority-sizes 20,60", "--minority-sizes has 60, and --majority-size is 60")]
    [InlineData("--minority-sizes 5,5", "must be different whole numbers")]
    [InlineData("--minority-sizes 1", "from 2 to 1,000,000")]
    [InlineData("--repeats 0", "--repeats is 0; it must be 1 to 10,000")]
    [InlineData("--majority-size many", "many")]
    public void Parse_BadArguments_SaysWhatIsWrong(string arguments, string error) =>
        Assert.Contains(new EquityCommand().Parse(arguments).Errors, found => found.Message.Contains(error, StringComparison.Ordinal));

    [Fact]
    public async Task Equity_MisbehavingServer_EndsWithLegalRowsAndPaysForNothingTwice()
    {
        await using var server = new ChatServer(call => call.Number switch
        {
            0 => ChatAnswer.Fail(429, "slow down", "Retry-After: 0\r\n"),
            1 => ChatAnswer.Fail(500, "broken", "Retry-After: 0\r\n"),
            2 => ChatAnswer.Say(RowsOf(2)[..60]),
            3 => ChatAnswer.Say("Here they are: ```json\n" + RowsOf(3) + "\n``` as you wished."),
            4 => ChatAnswer.Say("""{"age": [40, 41], "pressure": [120], "died": [0, 1]}"""),
            5 => ChatAnswer.Say("""{"age": [-4, 400], "pressure": [120, 130], "died": [7, "perhaps"]}"""),
            _ => ChatAnswer.Say(RowsOf(call.Number)),
        });
        string[] arguments = ["equity", .. Table(), "--generator", "openai", "--endpoint", server.Endpoint.ToString(), "--model-name", "tiny", "--out", _folder.File("out")];
        var environment = new Dictionary<string, string> { ["OPENAI_API_KEY"] = Key };
        var (exitCode, output, error) = await BenchProcess.RunAsync(environment, arguments);
        Assert.True(exitCode == 0, output + error);
        var written = File.ReadAllText(_folder.File("out/results.json"));
        var document = JsonNode.Parse(written)!;
        Assert.Equal("No rows left this machine.", (string?)document["options"]!["disclosure"]);
        Assert.Equal(["smote", "language-group", "language-generic"], document["generation"]!.AsArray().Select(entry => (string?)entry!["arm"]).Distinct());
        Assert.All(document["generation"]!.AsArray(), entry => Assert.Equal((int)entry!["requested"]!, (int)entry["made"]!));
        Assert.Contains(document["refused"]!.AsArray(), entry => (string?)entry!["arm"] is "language-group" or "language-generic");
        var calls = server.Calls.Count;
        Assert.InRange(calls, 8, 60);
        Assert.All(new[] { output, error, written, File.ReadAllText(_folder.File("out/report.html")) }, text => Assert.DoesNotContain(Key, text, StringComparison.Ordinal));
        Assert.All(Directory.EnumerateFiles(_folder.File("out.replies"), "*", SearchOption.AllDirectories), file => Assert.DoesNotContain(Key, File.ReadAllText(file), StringComparison.Ordinal));

        // Again: every reply is kept, and the same rows come of them.
        (exitCode, output, error) = await BenchProcess.RunAsync(environment, arguments);
        Assert.True(exitCode == 0, output + error);
        Assert.Equal(calls, server.Calls.Count);
        var again = JsonNode.Parse(File.ReadAllText(_folder.File("out/results.json")))!;
        Assert.Equal(document["scores"]!.ToJsonString(), again["scores"]!.ToJsonString());
        Assert.All(again["generation"]!.AsArray(), entry => Assert.Equal((int)entry!["calls"]!, (int)entry["callsFromJournal"]!));
    }

    [Fact]
    public async Task Equity_SaveRows_WritesThoseOfEveryRepeatOnce()
    {
        var (rows, results) = (_folder.File("rows"), _folder.File("out"));
        var (exitCode, output, error) = await BenchProcess.RunAsync(["equity", .. Table(), "--out", results, "--save-rows", rows]);
        Assert.True(exitCode == 0, output + error);
        // One minority, three arms with a generator, two repeats; the list and the schema.
        var files = Directory.GetFiles(rows).Select(Path.GetFileName).ToArray();
        Assert.Equal(3 * 2 + 2, files.Length);
        var list = File.ReadAllLines(Path.Combine(rows, "rows.csv"));
        Assert.Equal("file,minority,size,repeat,arm,rows", list[0]);
        Assert.Equal("black-40-copula-generic-1.csv,black,40,1,copula-generic,20", list[1]);
        var schema = TableSchema.Load(Path.Combine(rows, "schema.json"));
        foreach (var line in list.Skip(1))
        {
            var (table, _) = SchemaTableReader.Read(Path.Combine(rows, line.Split(',')[0]), new() { Schema = schema }, null, TestContext.Current.CancellationToken);
            Assert.Equal(20, table.RowCount);
        }

        Assert.NotEqual(File.ReadAllText(Path.Combine(rows, "black-40-smote-1.csv")), File.ReadAllText(Path.Combine(rows, "black-40-smote-2.csv")));
        (exitCode, _, error) = await BenchProcess.RunAsync(["equity", .. Table(), "--out", results, "--save-rows", rows]);
        Assert.NotEqual(0, exitCode);
        Assert.Contains("exists and is not empty; name another folder for the rows", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Equity_RealRowsForAServerElsewhere_AreRefusedBeforeAnyCall()
    {
        var (exitCode, _, error) = await BenchProcess.RunAsync(
            new Dictionary<string, string> { ["OPENAI_API_KEY"] = Key },
            ["equity", .. Table(), "--generator", "openai", "--endpoint", "https://models.invalid/v1", "--model-name", "m", "--out", _folder.File("out")]);
        Assert.NotEqual(0, exitCode);
        Assert.Contains("--allow-external-data", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("out")));
    }

    [Fact]
    public async Task Equity_LocalModelOfRandomWeights_Ends()
    {
        var model = TinyGguf.Write(_folder.File("tiny.gguf"), seed: 1);
        LocalModelTests.OpenOrSkip(model).Dispose();
        var (exitCode, output, error) = await BenchProcess.RunAsync(["equity", .. Table(), "--generator", "local", "--model-file", model, "--rows-per-call", "4", "--out", _folder.File("out")]);
        Assert.True(exitCode == 0, output + error);
        var document = JsonNode.Parse(File.ReadAllText(_folder.File("out/results.json")))!;
        Assert.All(document["generation"]!.AsArray().Where(entry => (string?)entry!["arm"] != "smote"), entry => Assert.True((int)entry!["calls"]! > 0));
    }

    /// <summary>Writes a table of 240 and 210 patients, and returns the options to study it with two small repeats.</summary>
    private string[] Table()
    {
        var (text, draws) = (new StringBuilder("race,age,pressure,died\n"), new RandomStream(17, 1));
        for (var row = 0; row < 450; row++)
        {
            var (age, pressure) = (40 + (int)draws.Below((ulong)row * 4, 50), 100 + draws.Below(((ulong)row * 4) + 1, 60));
            var died = draws.UniformDouble(((ulong)row * 4) + 2) < (age - 30) / 80.0 ? 1 : 0;
            text.Append(CultureInfo.InvariantCulture, $"{(row < 240 ? "white" : "black")},{age},{pressure},{died}\n");
        }

        File.WriteAllText(_folder.File("table.csv"), text.ToString());
        return ["--table", _folder.File("table.csv"), "--outcome", "died", "--group-column", "race", "--majority-size", "60", "--minority-sizes", "40", "--repeats", "2"];
    }

    /// <summary>Says ten legal rows, others for every number.</summary>
    private static string RowsOf(int number)
    {
        var draws = new RandomStream(18, (ulong)number);
        var rows = Enumerable.Range(0, 10).Select(row => (Age: 41 + (int)draws.Below((ulong)row * 2, 48), Pressure: 101 + (int)draws.Below(((ulong)row * 2) + 1, 58))).ToArray();
        return new JsonObject
        {
            ["age"] = new JsonArray([.. rows.Select(row => (JsonNode)row.Age)]),
            ["pressure"] = new JsonArray([.. rows.Select(row => (JsonNode)row.Pressure)]),
            ["died"] = new JsonArray([.. rows.Select((_, row) => (JsonNode)(row % 2))]),
        }.ToJsonString();
    }
}
