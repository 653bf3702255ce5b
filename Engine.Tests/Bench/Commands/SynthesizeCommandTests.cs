using System.Globalization;
using System.Text;
using Bench.Cohorts.Table;
using Bench.Commands;
using Engine.Data;
using Engine.Numerics;
using Engine.Tests.Bench.Generators;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Commands;

public sealed class SynthesizeCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--rows 0", "--rows is 0; it must be 1 to 10,000,000")]
    [InlineData("--group black", "--group is black; it must be a column and its value, COL=VALUE")]
    [InlineData("--hold-out 1", "--hold-out is 1; it must be 0 to 0.9")]
    [InlineData("--compared-rows 1", "--compared-rows is 1; it must be 2 or more, or 0")]
    [InlineData("--schema s.json --ignore id", "--ignore is what --schema says")]
    [InlineData("--generator openai", "--generator openai needs --model-name")]
    public void Parse_BadArguments_SaysWhatIsWrong(string arguments, string error) =>
        Assert.Contains(new SynthesizeCommand().Parse($"--table t.csv --out o.csv {arguments}").Errors, found => found.Message.Contains(error, StringComparison.Ordinal));

    [Fact]
    public async Task Synthesize_Group_WritesLegalRowsOfItAndSaysHowFaithfulTheyAre()
    {
        var made = _folder.File("made.csv");
        var (exitCode, output, error) = await BenchProcess.RunAsync("synthesize", "--table", Table(), "--rows", "300", "--group", "race=black", "--hold-out", ".2", "--outcome", "died", "--out", made);
        Assert.True(exitCode == 0, output + error);
        Assert.Contains($"Made 300 rows of 4 columns from 168 real ones, seed 1: '{made}'", output, StringComparison.Ordinal);
        Assert.Contains("300 made rows beside 168 shown and 42 held-out ones", output, StringComparison.Ordinal);
        Assert.Contains("Membership told, AUROC", output, StringComparison.Ordinal);
        var schema = TableSchema.Load(_folder.File("made.schema.json"));
        var (table, _) = SchemaTableReader.Read(made, new() { Schema = schema }, null, Cancellation);
        Assert.Equal(300, table.RowCount);
        Assert.All(File.ReadLines(made).Skip(1), line => Assert.StartsWith("black,", line, StringComparison.Ordinal));
        Assert.True(schema.Columns[^1].IsOutcome);

        // The same command, the same bits; and with the schema in place of the options, by SMOTE.
        var before = await File.ReadAllBytesAsync(made, Cancellation);
        (exitCode, output, error) = await BenchProcess.RunAsync("synthesize", "--table", Table(), "--rows", "300", "--group", "race=black", "--hold-out", ".2", "--outcome", "died", "--out", made, "--compared-rows", "0", "--quiet");
        Assert.True(exitCode == 0, output + error);
        Assert.Empty(output);
        Assert.Equal(before, await File.ReadAllBytesAsync(made, Cancellation));
        (exitCode, output, error) = await BenchProcess.RunAsync("synthesize", "--table", Table(), "--schema", _folder.File("made.schema.json"), "--generator", "smote", "--rows", "7", "--out", _folder.File("smote.csv"));
        Assert.True(exitCode == 0, output + error);
        Assert.Contains("No real rows were held out", output, StringComparison.Ordinal);
        Assert.Equal(8, File.ReadLines(_folder.File("smote.csv")).Count());
    }

    [Fact]
    public async Task Synthesize_Groups_TellsTheDistanceToEach()
    {
        var (exitCode, output, error) = await BenchProcess.RunAsync("synthesize", "--table", Table(), "--rows", "200", "--groups", "race,died", "--outcome", "died", "--out", _folder.File("made.csv"));
        Assert.True(exitCode == 0, output + error);
        Assert.All(["race=black", "race=white", "died=0", "died=1"], group => Assert.Contains($"Distance to the {group} ", output, StringComparison.Ordinal));
        foreach (var (name, message) in new[] { ("rase", "--groups names column 'rase', and there is none; did you mean 'race'?"), ("age", "--groups names column 'age', which holds numbers") })
        {
            (exitCode, _, error) = await BenchProcess.RunAsync("synthesize", "--table", Table(), "--groups", name, "--out", _folder.File("other.csv"));
            Assert.NotEqual(0, exitCode);
            Assert.Contains(message, error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Synthesize_LanguageModel_IsAskedOnceAndRealRowsStay()
    {
        await using var server = new ChatServer(call => ChatAnswer.Say("""{"race": ["white", "black"], "age": [43, 42], "pressure": [122, 122], "died": [0, 1]}"""));
        string[] arguments = ["synthesize", "--table", Table(), "--rows", "2", "--outcome", "died", "--generator", "openai", "--model-name", "m", "--out", _folder.File("made.csv"), "--compared-rows", "0"];
        var (exitCode, output, error) = await BenchProcess.RunAsync([.. arguments, "--endpoint", server.Endpoint.ToString()]);
        Assert.True(exitCode == 0, output + error);
        Assert.Equal("race,age,pressure,died\nwhite,43,122,0\nblack,42,122,1\n", File.ReadAllText(_folder.File("made.csv")));
        var calls = server.Calls.Count;
        (exitCode, _, _) = await BenchProcess.RunAsync([.. arguments, "--endpoint", server.Endpoint.ToString()]);
        Assert.Equal((0, calls), (exitCode, server.Calls.Count));
        (exitCode, _, error) = await BenchProcess.RunAsync([.. arguments, "--endpoint", "https://models.invalid/v1"]);
        Assert.NotEqual(0, exitCode);
        Assert.Contains("--allow-external-data", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Synthesize_WhatCannotBe_IsRefusedAndNothingWritten()
    {
        var table = Table();
        File.WriteAllText(_folder.File("own.csv"), "not made here");
        foreach (var (arguments, message) in new[]
        {
            (new[] { "--out", table }, "--out and --table are one file"),
            (["--out", _folder.File("own.csv")], "exists without"),
            (["--out", _folder.File("no/such.csv")], "there is no folder"),
            (["--out", _folder.File("o.csv"), "--group", "race=blakc"], "column 'race' has no such; did you mean 'black'?"),
            (["--out", _folder.File("o.csv"), "--group", "rase=black"], "names column 'rase', and there is none; did you mean 'race'?"),
            (["--out", _folder.File("o.csv"), "--group", "age=9"], "--group age=9 has 0 rows"),
            (["--out", _folder.File("o.csv"), "--neighbors", "3"], "--neighbors belongs to --generator smote"),
        })
        {
            var (exitCode, output, error) = await BenchProcess.RunAsync(["synthesize", "--table", table, .. arguments]);
            Assert.Equal((1, string.Empty), (exitCode, output));
            Assert.Contains(message, error, StringComparison.Ordinal);
        }

        Assert.Equal(["own.csv", "table.csv"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order());
        Assert.Equal("not made here", File.ReadAllText(_folder.File("own.csv")));
    }

    /// <summary>Writes a table of 240 and 210 patients.</summary>
    private string Table()
    {
        var (text, draws) = (new StringBuilder("race,age,pressure,died\n"), new RandomStream(17, 1));
        for (var row = 0; row < 450; row++)
        {
            var (age, pressure) = (40 + (int)draws.Below((ulong)row * 4, 50), 100 + draws.Below(((ulong)row * 4) + 1, 60));
            var died = draws.UniformDouble(((ulong)row * 4) + 2) < (age - 30) / 80.0 ? 1 : 0;
            text.Append(CultureInfo.InvariantCulture, $"{(row < 240 ? "white" : "black")},{age},{pressure},{died}\n");
        }

        var file = _folder.File("table.csv");
        File.WriteAllText(file, text.ToString());
        return file;
    }
}
