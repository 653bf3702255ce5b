using Bench.Generators;
using Engine.Data;
using Engine.Synthesis;
using Engine.Synthesis.Language;
using Engine.Tests.Support;
using Engine.Tests.Synthesis.Language;

namespace Engine.Tests.Bench.Generators;

/// <summary>A language model of random weights that runs here: what it says means nothing, but its form is that of the grammar.</summary>
public sealed class LocalModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Generate_RandomWeights_GivesLegalRowsOnly()
    {
        using var model = Open(seed: 1);
        Assert.False(model.IsRemote);
        var made = await new LlmSampler(model, new LlmSamplerOptions { ExampleCount = 2, RowsPerCall = 4, RefusesCopies = false }).GenerateAsync(Request(12), Cancellation);
        Assert.Empty(made.Report.Refused);
        Assert.Equal((12, 3), (made.Report.MadeCount, made.Report.CallCount));
        Assert.InRange(made.Report.ReplyTokens, 300, 10_000);
        Assert.InRange(made.Report.PromptTokens, 1_000, 20_000);
        for (var row = 0; row < 12; row++)
            Assert.All(made.Table.Rows.Row(row).Index(), value => Assert.Null(TriageTable.Schema.Columns[value.Index].FindFault(value.Item)));
    }

    [Fact]
    public async Task Generate_SameSeed_SaysTheSame()
    {
        using var model = Open(seed: 1);
        var request = new TextRequest { System = "s", User = "u", Temperature = 0.9, Seed = 5, Call = 0, LongestReply = 2_000, Format = new ReplyFormat(TriageTable.Schema, 3) };
        var first = await model.GenerateAsync(request, Cancellation);
        Assert.Matches(GrammarRegex.Of(request.Format.Grammar), first.Text);
        Assert.Equal(first, await model.GenerateAsync(request, Cancellation));
        Assert.NotEqual(first.Text, (await model.GenerateAsync(request with { Seed = 6 }, Cancellation)).Text);
        Assert.NotEqual(first.Text, (await model.GenerateAsync(request with { Temperature = 0 }, Cancellation)).Text);
        // Calls at one time wait for each other.
        var together = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => model.GenerateAsync(request, Cancellation)));
        Assert.All(together, reply => Assert.Equal(first, reply));
    }

    [Fact]
    public async Task Generate_WideTableOfManyRows_IsHeldToItsGrammar()
    {
        // As many columns as the published cohort, every kind of range.
        var schema = new TableSchema(Enumerable.Range(0, 64).Select(column => (column % 4) switch
        {
            0 => new ColumnDescription { Name = $"count {column}", Kind = ColumnKind.Integer, Minimum = 0, Maximum = 10 + column },
            1 => new ColumnDescription { Name = $"flag {column}", Kind = ColumnKind.Binary, IsOutcome = column == 1 },
            2 => new ColumnDescription { Name = $"level {column}", Kind = ColumnKind.Category, Levels = ["a \"b\"", "é日", "<5", "[x]\\n"] },
            _ => new ColumnDescription { Name = $"value {column}", Kind = ColumnKind.Continuous, Minimum = -column, Maximum = column == 63 ? null : column / 3.0, MayBeMissing = column % 3 == 0 },
        }));
        using var model = Open(seed: 2);
        var format = new ReplyFormat(schema, 6);
        var reply = await model.GenerateAsync(new TextRequest { System = "s", User = "u", Temperature = 1.2, Seed = 5, Call = 0, LongestReply = 8_000, Format = format }, Cancellation);
        var read = ReplyRows.Read(reply.Text, format);
        Assert.True(read.Rows.Count == 6, string.Join(", ", read.Refused) + reply.Text);
    }

    [Fact]
    public async Task Generate_ReplyCutShort_LeavesTheRowsOut()
    {
        using var model = Open(seed: 1);
        var made = await new LlmSampler(model, new LlmSamplerOptions { ExampleCount = 2, LongestReply = 50, CallAllowance = 1 }).GenerateAsync(Request(10), Cancellation);
        Assert.Equal((0, 10, 50L), (made.Report.MadeCount, made.Report.Refused[RefusalReason.NotGiven], made.Report.ReplyTokens));
    }

    [Fact]
    public async Task Generate_PromptLongerThanTheModelReads_SaysSo()
    {
        using var model = Open(seed: 1);
        var request = new TextRequest { System = "s", User = new string('u', TinyGguf.ContextLength), Temperature = 0.9, Seed = 5, Call = 0, LongestReply = 10 };
        var error = await Assert.ThrowsAsync<LanguageModelException>(() => model.GenerateAsync(request, Cancellation));
        Assert.Contains("reads 8,192", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Model_OfTwoFilesOfOneName_Differs()
    {
        using var one = Open(seed: 1);
        using var same = Open(seed: 1);
        using var other = Open(seed: 2);
        Assert.Equal(one.Model, same.Model);
        Assert.NotEqual(one.Model, other.Model);
        Assert.StartsWith("tiny ", one.Model, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("GGU")]
    [InlineData("version https://git-lfs.github.com/spec/v1")]
    public void Open_NoModel_SaysWhatIsWrong(string content)
    {
        var path = _folder.File("model.gguf");
        File.WriteAllText(path, content);
        var error = Assert.Throws<LanguageModelException>(() => LocalModel.Open(path));
        Assert.Contains("is no GGUF file", error.Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => LocalModel.Open(_folder.File("absent.gguf")));
    }

    [Fact]
    public void Open_DamagedModel_SaysSo()
    {
        using (Open(seed: 1))
        {
        }

        var whole = File.ReadAllBytes(_folder.File("1", "tiny.gguf"));
        var path = _folder.File("cut.gguf");
        File.WriteAllBytes(path, whole[..(whole.Length / 2)]);
        var error = Assert.Throws<LanguageModelException>(() => LocalModel.Open(path));
        Assert.Contains("damaged", error.Message, StringComparison.Ordinal);
    }

    private static GenerationRequest Request(int rowCount) => new() { Examples = TriageTable.Rows(60, seed: 42), RowCount = rowCount, Seed = 7, Group = "Asian" };

    private LocalModel Open(ulong seed)
    {
        Directory.CreateDirectory(_folder.File($"{seed}"));
        return OpenOrSkip(TinyGguf.Write(_folder.File($"{seed}", "tiny.gguf"), seed));
    }

    /// <summary>Opens a model where llama.cpp loads; elsewhere the test is skipped, with its reason.</summary>
    internal static LocalModel OpenOrSkip(string path)
    {
        try
        {
            return LocalModel.Open(path);
        }
        catch (LanguageModelException error) when (error.Message.Contains("native library", StringComparison.Ordinal))
        {
            Skip.Because(error.Message);
            throw;
        }
    }
}
