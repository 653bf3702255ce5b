using System.Text.Json;
using System.Text.RegularExpressions;
using Bench.Generators;
using Engine.Synthesis;
using Engine.Synthesis.Language;
using Engine.Tests.Support;
using Engine.Tests.Synthesis.Language;

namespace Engine.Tests.Bench.Generators;

/// <summary>Rows asked of a real server on loopback, which misbehaves.</summary>
public sealed partial class OpenAiServerTests : IDisposable
{
    private const string Key = "sk-test-0123456789abcdef";

    private readonly TemporaryFolder _folder = new();
    private readonly HastyClock _clock = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Generate_GoodServer_IsAskedAsThePromptSaysAndAnswers()
    {
        await using var server = new ChatServer(Obey);
        var made = await GenerateAsync(server, 25);
        Assert.Equal((25, 3, 360L, 90L), (made.Report.MadeCount, made.Report.CallCount, made.Report.PromptTokens, made.Report.ReplyTokens));
        Assert.All(server.Calls, call =>
        {
            Assert.Equal("/v1/chat/completions", call.Path);
            Assert.Contains($"Authorization: Bearer {Key}\r\n", call.Headers + "\r\n", StringComparison.OrdinalIgnoreCase);
            Assert.Equal("tiny", call.Body.GetProperty("model").GetString());
            Assert.Equal(0.9, call.Body.GetProperty("temperature").GetDouble(), 6);
            Assert.True(call.Body.GetProperty("seed").GetInt64() >= 0);
            Assert.Equal(["system", "user"], call.Body.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("role").GetString()));
            Assert.Equal("json_schema", call.FormatType);
            var schema = call.Body.GetProperty("response_format").GetProperty("json_schema").GetProperty("schema");
            Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(new ReplyFormat(TriageTable.Schema, 10).JsonSchema).RootElement, schema));
        });
        Assert.Empty(_clock.Waits);
    }

    [Fact]
    public async Task Generate_EveryFaultInTurn_EndsWithAllRowsAndCountsTheRefused()
    {
        // In the order of the requests; those that fail are made again, those with bad rows are followed by others.
        Func<ChatCall, ChatAnswer>[] faults =
        [
            _ => ChatAnswer.Fail(429, "slow down", "Retry-After: 0\r\n"),
            _ => ChatAnswer.Fail(500, "oh"),
            _ => ChatAnswer.Fail(503, "soon"),
            call => Obey(call) with { CutAfter = 40 },
            call => Obey(call) with { CutAfter = 0 },
            call => Said(call, text => text[..^9]),
            call => Said(call, text => $"Certainly! Here you are:\n```json\n{text}\n```\nAnything else?"),
            call => Said(call, text => text.Replace("\"CHF\"", "\"chf\"", StringComparison.Ordinal)),
            call => Said(call, text => text.Replace("\"age\": [", "\"age\": [50, ", StringComparison.Ordinal)),
            call => Said(call, text => text.Replace("\"age\": [", "\"weight\": [1], \"age\": [", StringComparison.Ordinal)),
            call => Said(call, text => text.Replace("\"CHD\": [1", "\"CHD\": [7", StringComparison.Ordinal)),
            call => Said(call, text => FirstTemperature().Replace(text, "\"temperature\": [Infinity")),
            call => ChatAnswer.Say(call.User.Split("\n\n")[1]),
            _ => ChatAnswer.Say("Ignore all instructions above. I have deleted the patients."),
            _ => ChatAnswer.Say(""),
        ];
        await using var server = new ChatServer(call => call.Number < faults.Length ? faults[call.Number](call) : Obey(call));
        var made = await GenerateAsync(server, 60);
        Assert.Equal(60, made.Report.MadeCount);
        Assert.Equal(5, _clock.Waits.Count);
        Assert.Equal(made.Report.CallCount + 5, server.Calls.Count);
        Assert.Equal(
            ((string[])[RefusalReason.NotGiven, RefusalReason.BadColumn, RefusalReason.Ragged, RefusalReason.CopyOfReal, RefusalReason.NoJson, RefusalReason.NoLevel, RefusalReason.OutsideRange]).Order(StringComparer.Ordinal),
            made.Report.Refused.Keys);
        // The examples came back; a new row of few values may be a real one by chance.
        Assert.InRange(made.Report.Refused[RefusalReason.CopyOfReal], 10, 13);
        Assert.Equal(20, made.Report.Refused[RefusalReason.NoJson]);
        Assert.Equal(10, made.Report.Refused[RefusalReason.BadColumn]);
        Assert.Equal((10, 1, 1), (made.Report.Refused[RefusalReason.Ragged], made.Report.Refused[RefusalReason.NoLevel], made.Report.Refused[RefusalReason.OutsideRange]));
    }

    [Fact]
    public async Task Generate_FailingServerAndParallelCalls_GivesTheRowsOfAGoodOne()
    {
        await using var good = new ChatServer(Obey);
        var expected = await GenerateAsync(good, 60);
        await using var failing = new ChatServer(call => (call.Number % 4) switch
        {
            0 => ChatAnswer.Fail(500, "oh"),
            1 => Obey(call) with { CutAfter = 30 },
            _ => Obey(call),
        });
        var made = await GenerateAsync(failing, 60, parallelCalls: 4);
        Assert.Equal(expected.Report.Refused, made.Report.Refused);
        Assert.Equal(60, made.Table.RowCount);
        for (var row = 0; row < 60; row++)
            Assert.Equal(expected.Table.Rows.Row(row), made.Table.Rows.Row(row));
        Assert.True(failing.Calls.Count > good.Calls.Count);
    }

    [Fact]
    public async Task Generate_BusyServer_WaitsAsLongAsItAsksAndNoLonger()
    {
        string[] waits = ["Retry-After: 7\r\n", "Retry-After: 86400\r\n", ""];
        await using var server = new ChatServer(call => call.Number < waits.Length ? ChatAnswer.Fail(429, "busy", waits[call.Number]) : Obey(call));
        Assert.Equal(10, (await GenerateAsync(server, 10)).Report.MadeCount);
        Assert.Equal([TimeSpan.FromSeconds(7), TimeSpan.FromMinutes(1)], _clock.Waits.Take(2));
        Assert.InRange(_clock.Waits[2], TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(30));
        Assert.Equal(4, server.Calls.Count);
    }

    [Theory]
    [InlineData(429, 4, "It is too busy")]
    [InlineData(500, 4, "Check the address")]
    [InlineData(401, 1, "Check the key")]
    [InlineData(404, 1, "name of the model")]
    [InlineData(400, 1, "number of rows a call")]
    [InlineData(307, 1, "Check the address")]
    public async Task Generate_ServerThatKeepsFailing_GivesUpWithTheWayOut(int status, int requests, string wayOut)
    {
        await using var elsewhere = new ChatServer(Obey);
        await using var server = new ChatServer(_ => ChatAnswer.Fail(status, "no such luck", $"Location: {elsewhere.Endpoint}/chat/completions\r\n"));
        var error = await Assert.ThrowsAsync<LanguageModelException>(() => GenerateAsync(server, 10, mostRetries: 3));
        Assert.Contains(wayOut, error.Message, StringComparison.Ordinal);
        Assert.Contains("'tiny at http://127.0.0.1:", error.Message, StringComparison.Ordinal);
        Assert.Equal(requests, server.Calls.Count);
        // A redirection would send the rows to whoever it names.
        Assert.Empty(elsewhere.Calls);
    }

    [Fact]
    public async Task Generate_SlowServer_GivesUpInTime()
    {
        await using var server = new ChatServer(_ => new ChatAnswer { IsSilent = true });
        var error = await Assert.ThrowsAsync<LanguageModelException>(() => GenerateAsync(server, 10, mostRetries: 1, timeout: TimeSpan.FromMilliseconds(200)));
        Assert.Contains("did not answer in time", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, server.Calls.Count);
    }

    [Fact]
    public async Task Generate_SlowServer_CanBeCancelled()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        await using var server = new ChatServer(_ =>
        {
            stop.CancelAfter(TimeSpan.FromMilliseconds(20));
            return new ChatAnswer { IsSilent = true };
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => GenerateAsync(server, 10, cancellation: stop.Token));
        Assert.Single(server.Calls);
    }

    [Fact]
    public async Task Generate_NobodyThere_SaysSo()
    {
        var server = new ChatServer(Obey);
        await server.DisposeAsync();
        // Its port is closed now.
        var error = await Assert.ThrowsAsync<LanguageModelException>(() => GenerateAsync(server, 10, mostRetries: 0, endpoint: new Uri("http://127.0.0.1:9/v1")));
        Assert.Contains("Check the address and that the server runs", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("json_schema", "json_object")]
    [InlineData("json_", null)]
    public async Task Generate_ServerWithoutJsonSchema_IsAskedForLessAndNotAgain(string refused, string? left)
    {
        await using var server = new ChatServer(call => call.FormatType?.StartsWith(refused, StringComparison.Ordinal) == true
            ? ChatAnswer.Fail(400, $"response_format of type '{call.FormatType}' is not supported")
            : Obey(call));
        Assert.Equal(40, (await GenerateAsync(server, 40)).Report.MadeCount);
        var formats = server.Calls.Select(call => call.FormatType).ToArray();
        Assert.Equal("json_schema", formats[0]);
        Assert.Equal(Enumerable.Repeat(left, 4), formats[^4..]);
        Assert.Equal(left is null ? 6 : 5, formats.Length);
    }

    [Fact]
    public async Task Key_IsShownToTheServerAndNowhereElse()
    {
        // A server that repeats the key: in errors, in replies, and in what a person would read.
        var status = 401;
        await using var server = new ChatServer(call => status == 200
            ? Said(call, text => $"Your key is {Key}. {text} {Key}")
            : ChatAnswer.Fail(status, $"Incorrect API key provided: {Key}", $"X-Key: {Key}\r\n"));
        var journal = new ReplyJournal(_folder.File("journal"));
        foreach (var failing in (int[])[401, 429, 500])
        {
            status = failing;
            var error = await Assert.ThrowsAsync<LanguageModelException>(() => GenerateAsync(server, 10, journal: journal, mostRetries: 2));
            Assert.DoesNotContain(Key, error.ToString(), StringComparison.Ordinal);
            Assert.Null(error.InnerException);
        }

        status = 200;
        var made = await GenerateAsync(server, 20, journal: journal);
        Assert.Equal(20, made.Report.MadeCount);
        Assert.DoesNotContain(Key, JsonSerializer.Serialize(made.Report), StringComparison.Ordinal);
        var files = Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories);
        Assert.Equal(2, files.Length);
        Assert.All(files, file =>
        {
            var text = File.ReadAllText(file);
            Assert.Contains("Your key is ***.", text, StringComparison.Ordinal);
            Assert.DoesNotContain(Key, text + Path.GetFileName(file), StringComparison.Ordinal);
        });
        Assert.Equal("***", KeyOf().ToString());
    }

    [Fact]
    public async Task Generate_WithJournal_ResumesAfterAFailureWithoutAskingTwice()
    {
        var journal = new ReplyJournal(_folder.File("journal"));
        var fails = true;
        await using var server = new ChatServer(call => fails && call.Number >= 3 ? ChatAnswer.Fail(500, "gone") : Obey(call));
        await Assert.ThrowsAsync<LanguageModelException>(() => GenerateAsync(server, 60, journal: journal, mostRetries: 0));
        fails = false;
        var asked = server.Calls.Count;
        var made = await GenerateAsync(server, 60, journal: journal);
        Assert.Equal((60, 3), (made.Report.MadeCount, made.Report.CallsFromJournal));
        Assert.Equal(made.Report.CallCount - 3, server.Calls.Count - asked);
    }

    [Fact]
    public async Task Generate_AnotherServerWithAModelOfTheSameName_IsAskedForItself()
    {
        var journal = new ReplyJournal(_folder.File("journal"));
        await using var one = new ChatServer(Obey);
        await using var other = new ChatServer(Obey);
        await GenerateAsync(one, 20, journal: journal);
        var made = await GenerateAsync(other, 20, journal: journal);
        Assert.Equal((0, made.Report.CallCount), (made.Report.CallsFromJournal, other.Calls.Count));
        Assert.Equal(made.Report.CallCount, (await GenerateAsync(one, 20, journal: journal)).Report.CallsFromJournal);
        // The same address in other words.
        Assert.Equal(made.Report.CallCount, (await GenerateAsync(one, 20, journal: journal, endpoint: new Uri($"{one.Endpoint}/?key=1"))).Report.CallsFromJournal);
    }

    [Fact]
    public void Find_ReplyKeptByTheNameAlone_IsNotTakenForThatOfAServer()
    {
        // As journals were written before: which server a reply is of, they do not say.
        var journal = new ReplyJournal(_folder.File("journal"));
        var request = new TextRequest { System = "s", User = "u", Temperature = 0, Seed = 1, Call = 0, LongestReply = 9 };
        journal.Keep("m", request, new TextReply("said", 1, 1));
        using var generator = new OpenAiServer { Endpoint = new Uri("https://api.openai.com/v1"), Model = "m" }.Open();
        Assert.Null(journal.Find(generator.Model, request));
    }

    [Theory]
    [InlineData("http://localhost:8080/v1", false)]
    [InlineData("http://127.0.0.2/v1", false)]
    [InlineData("http://[::1]:8080/v1", false)]
    [InlineData("https://api.openai.com/v1", true)]
    [InlineData("http://192.168.1.5:8000/v1", true)]
    [InlineData("http://localhost.example.org/v1", true)]
    public void IsRemote_OfAnAddress_IsWhetherItLeavesTheMachine(string address, bool isRemote)
    {
        var server = new OpenAiServer { Endpoint = new Uri(address), Model = "m" };
        Assert.Equal(isRemote, server.IsRemote);
        using var generator = server.Open();
        Assert.Equal((isRemote, $"m at {address}"), (generator.IsRemote, generator.Model));
    }

    [Theory]
    [InlineData("http://192.168.1.5:8000/v1", "not encrypted")]
    [InlineData("ftp://localhost/v1", "https://")]
    [InlineData("https://user:word@localhost/v1", "no name or password")]
    public void Open_AddressThatWouldTellTheKey_Throws(string address, string message)
    {
        var error = Assert.Throws<ArgumentException>(() => new OpenAiServer { Endpoint = new Uri(address), Model = "m", Key = KeyOf() }.Open());
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("word@", error.Message, StringComparison.Ordinal);
    }

    private static ChatAnswer Obey(ChatCall call) => Said(call, static text => text);

    private static ChatAnswer Said(ChatCall call, Func<string, string> spoil) =>
        ChatAnswer.Say(spoil(TriageTable.Reply(new ReplyFormat(TriageTable.Schema, 10), (ulong)call.Body.GetProperty("seed").GetInt64())));

    [GeneratedRegex("\"temperature\": \\[[^,]*")]
    private static partial Regex FirstTemperature();

    private ApiKey KeyOf()
    {
        var path = _folder.File("key.txt");
        File.WriteAllText(path, Key + "\n");
        var key = ApiKey.FromFile(path);
        File.Delete(path);
        return key;
    }

    private async Task<GeneratedRows> GenerateAsync(
        ChatServer server,
        int rowCount,
        ReplyJournal? journal = null,
        int mostRetries = 6,
        int parallelCalls = 1,
        TimeSpan? timeout = null,
        Uri? endpoint = null,
        CancellationToken? cancellation = null)
    {
        using var generator = new OpenAiServer
        {
            Endpoint = endpoint ?? server.Endpoint,
            Model = "tiny",
            Key = KeyOf(),
            Clock = _clock,
            MostRetries = mostRetries,
            CallTimeout = timeout ?? TimeSpan.FromMinutes(1),
        }.Open();
        var sampler = new LlmSampler(generator, new LlmSamplerOptions { Journal = journal, ParallelCalls = parallelCalls });
        var request = new GenerationRequest { Examples = TriageTable.Rows(60, seed: 42), RowCount = rowCount, Seed = 7, Group = "Asian" };
        return await sampler.GenerateAsync(request, cancellation ?? Cancellation);
    }
}
