using System.Globalization;
using System.Text.Json.Nodes;
using Bench.Commands;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Commands;

/// <summary>A result made again from the command line that it keeps, results for other programs, and how the program ends.</summary>
public sealed class RepeatCommandTests : IDisposable
{
    private static readonly Dictionary<string, string[]> s_studies = new()
    {
        ["run"] = ["run", "--simulate", "4000", "--seed", "7", "--group", "male", "--units", "1", "3", "--methods", "none,smote"],
        ["prioritized"] = ["prioritized", "--simulate", "20000", "--sample-interval", "12", "--model", "logistic", "--repeats", "2", "--units", "1,2", "--methods", "none", "--serve", "male"],
        ["equity"] = ["equity", "--simulate-ed", "5000", "--repeats", "2", "--minority-sizes", "50", "--minorities", "black"],
    };

    private readonly TemporaryFolder _folder = new();

    private string Out => _folder.File("out");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("run")]
    [InlineData("prioritized")]
    [InlineData("equity")]
    public async Task Repeat_EveryStudy_FindsTheSameNumbers(string study)
    {
        AssertEnds(ExitCode.Done, await BenchProcess.RunAsync([.. s_studies[study], "--out", Out, "--quiet"]));
        var repeated = await BenchProcess.RunAsync("repeat", Out);
        AssertEnds(ExitCode.Done, repeated);
        Assert.EndsWith($"Every number is that of '{Out}'.\n", repeated.Error, StringComparison.Ordinal);
        Assert.NotEmpty(repeated.Output);
        var (before, after) = (Arguments(Out), Arguments($"{Out}-repeated"));
        Assert.Equal([.. before.Except([Out, "--quiet"]), $"{Out}-repeated"], after);
    }

    [Fact]
    public async Task Repeat_ResultThatWasChanged_SaysWhereItDiffers()
    {
        AssertEnds(ExitCode.Done, await BenchProcess.RunAsync([.. s_studies["run"], "--out", Out, "--quiet"]));
        var document = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Out, "results.json"), TestContext.Current.CancellationToken))!;
        document["methods"]![1]!["method"] = "other";
        await File.WriteAllTextAsync(Path.Combine(Out, "results.json"), document.ToJsonString(), TestContext.Current.CancellationToken);
        var repeated = await BenchProcess.RunAsync("repeat", Out, "--out", _folder.File("again"), "--json");
        AssertEnds(ExitCode.Differs, repeated);
        Assert.EndsWith($"'{_folder.File("again")}' differs from '{Out}': methods[1].method is \"other\", there \"smote\".\n", repeated.Error, StringComparison.Ordinal);
        Assert.Equal(7, (int)JsonNode.Parse(repeated.Output)!["run"]!["seed"]!);
    }

    [Fact]
    public async Task Json_EveryStudy_IsTheFileAndNothingElse()
    {
        var ended = await BenchProcess.RunAsync([.. s_studies["equity"], "--out", Out, "--json"]);
        AssertEnds(ExitCode.Done, ended);
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(Out, "results.json"), TestContext.Current.CancellationToken), ended.Output);
        Assert.NotEmpty(ended.Error);
    }

    [Fact]
    public async Task Repeat_NoResult_Fails()
    {
        Directory.CreateDirectory(Out);
        var ended = await BenchProcess.RunAsync("repeat", Out);
        AssertEnds(ExitCode.Failed, ended);
        Assert.Equal($"error: '{Out}' holds no results.json of this program.\n", ended.Error);
    }

    [Fact]
    public void Repetition_OptionsOfTheOutcome_AreThoseOfNow() => Assert.Equal(
        ["run", "--simulate", "10", "--out", "new", "--json"],
        RepeatCommand.Repetition(["run", "--out", "old", "--quiet", "--simulate", "10", "--save-rows", "rows", "--save-predictions", "scores", "--json"], "old", "new", "--json"));

    [Fact]
    public void Repetition_RepliesBesideTheFolder_AreUsedAgain()
    {
        var replies = Directory.CreateDirectory($"{Out}.replies").FullName;
        Assert.Equal(["equity", "--journal", replies, "--out", "new"], RepeatCommand.Repetition(["equity"], Out, "new"));
        Assert.Equal(["equity", "--journal", "own", "--out", "new"], RepeatCommand.Repetition(["equity", "--journal", "own"], Out, "new"));
    }

    [Theory]
    [InlineData("simulate")]
    [InlineData(null)]
    public void Repetition_NoStudy_SaysSo(string? command) =>
        Assert.Throws<InvalidDataException>(() => RepeatCommand.Repetition(command is null ? [] : [command], "old", "new"));

    [Fact]
    public void ExitCodes_StandInTheDocuments()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "commands.md")).ReplaceLineEndings("\n");
        var table = page[page.IndexOf("| exit code |", StringComparison.Ordinal)..];
        var codes = table[..table.IndexOf("\n\n", StringComparison.Ordinal)].Split('\n').Skip(2).Select(line => int.Parse(line.Split('|')[1], CultureInfo.InvariantCulture));
        Assert.Equal(typeof(ExitCode).GetFields().Select(field => (int)field.GetRawConstantValue()!), codes);
    }

    [Theory]
    [InlineData("bench run --sim", "--simulate --simulate-mortality --simulate-seer")]
    [InlineData("bench run --model mlp --features pre", "prefix-714")]
    [InlineData("bench pri", "prioritized")]
    public async Task Completion_Bash_CompletesCommandsOptionsAndValues(string line, string expected)
    {
        Skip.Unless(File.Exists("/bin/bash"), "there is no bash.");
        var words = line.Split(' ');
        var (exitCode, output, error) = await BenchProcess.RunShellAsync(
            $"source <(bench completion bash); COMP_WORDS=({line}); COMP_CWORD={words.Length - 1}; COMP_LINE='{line}'; COMP_POINT={line.Length}; _engine_bench; echo \"${{COMPREPLY[*]}}\"");
        Assert.True(exitCode == 0, error);
        Assert.Equal(expected.Split(' ').Order(), output.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Order());
    }

    private static string[] Arguments(string folder) =>
        [.. JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "results.json")))!["run"]!["arguments"]!.AsArray().Select(word => (string)word!).Where(word => word != "--out")];

    private static void AssertEnds(int expected, (int ExitCode, string Output, string Error) ended) => Assert.True(ended.ExitCode == expected, $"{ended.ExitCode}: {ended.Error}{ended.Output}");
}
