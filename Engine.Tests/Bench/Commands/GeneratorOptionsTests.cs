using System.CommandLine;
using Bench.Commands;
using Bench.Generators;
using Engine.Synthesis.Language;

namespace Engine.Tests.Bench.Commands;

public sealed class GeneratorOptionsTests
{
    [Theory]
    [InlineData("")]
    [InlineData("--generator smote")]
    [InlineData("--generator local --model-file m.gguf --temperature 0.5 --rows-per-call 5 --parallel-calls 2 --prompt-form by-outcome")]
    [InlineData("--generator openai --model-name gpt-4-turbo --api-key-variable KEY --prompt-price 10 --reply-price 30 --allow-external-data")]
    [InlineData("--generator openai --model-name m --endpoint http://localhost:8080/v1 --api-key-file key.txt --prompt-form beside-majority --temperature 2")]
    public void Parse_GoodArguments_HasNoErrors(string arguments) => Assert.Empty(Parse(arguments, out _).Errors);

    [Theory]
    [InlineData("--generator gpt", "--generator does not know 'gpt'")]
    [InlineData("--generator openai", "--generator openai needs --model-name")]
    [InlineData("--generator local", "--generator local needs --model-file")]
    [InlineData("--model-file m.gguf", "--model-file belongs to --generator local")]
    [InlineData("--generator smote --temperature 1", "--temperature belongs to --generator openai or local")]
    [InlineData("--generator local --model-file m --allow-external-data", "--allow-external-data belongs to --generator openai")]
    [InlineData("--generator openai --model-name m --temperature 2.5", "--temperature is 2.5; it must be different numbers from 0 to 2")]
    [InlineData("--generator openai --model-name m --temperature 1,1", "--temperature is 1,1; it must be different numbers")]
    [InlineData("--generator openai --model-name m --temperature warm", "'warm' for option '--temperature' is not a number")]
    [InlineData("--generator openai --model-name m --rows-per-call 0", "--rows-per-call is 0; it must be 1 to 1,000")]
    [InlineData("--generator openai --model-name m --parallel-calls 65", "--parallel-calls is 65; it must be 1 to 64")]
    [InlineData("--generator openai --model-name m --endpoint localhost:80", "--endpoint is localhost:80; it must begin with https:// or http://")]
    [InlineData("--generator openai --model-name m --api-key-file f --api-key-variable V", "name more than one key")]
    [InlineData("--generator openai --model-name m --prompt-price -1", "--prompt-price is -1; it must be 0 or more")]
    public void Parse_BadArguments_SaysWhatIsWrong(string arguments, string error) =>
        Assert.Contains(Parse(arguments, out _).Errors, found => found.Message.Contains(error, StringComparison.Ordinal));

    [Fact]
    public void Sampling_OfArguments_HasTheirValues()
    {
        var parsed = Parse("--generator openai --model-name m --temperature 1.2 --rows-per-call 4 --parallel-calls 8 --prompt-form beside-majority --prompt-price 10 --reply-price 30.5", out var options);
        var sampling = options.Sampling(parsed, "heart disease", isRealData: true, journal: null);
        Assert.Equal([1.2], options.Temperatures(parsed));
        Assert.Equal(("heart disease", .9, 4, 8, PromptForm.BesideMajority, false), (sampling.Topic, sampling.Temperature, sampling.RowsPerCall, sampling.ParallelCalls, sampling.Form, sampling.DataMayLeave));
        Assert.Equal(new TokenPrices(10, 30.5m), options.Prices(parsed));
        using var model = Assert.IsType<ChatClientGenerator>(options.OpenModel(parsed));
        Assert.Equal(("m at https://api.openai.com/v1", true), (model.Model, model.IsRemote));
        var bare = Parse("", out options);
        Assert.Null(options.OpenModel(bare));
        Assert.Equal("copula", options.Generator(bare));
        Assert.Equal([.9], options.Temperatures(bare));
        var several = Parse("--generator openai --model-name m --temperature .5,.9 1.2", out options);
        Assert.Equal([.5, .9, 1.2], options.Temperatures(several));
    }

    [Theory]
    [InlineData("", true, true, "No rows left")]
    [InlineData("--generator local --model-file m", true, true, "No rows left")]
    [InlineData("--generator openai --model-name m --endpoint http://127.0.0.1/v1", true, true, "No rows left")]
    [InlineData("--generator openai --model-name m", false, true, "Simulated rows were shown")]
    [InlineData("--generator openai --model-name m", true, false, null)]
    [InlineData("--generator openai --model-name m --allow-external-data", true, true, "Rows of real patients were shown")]
    public void Policy_OfRealData_LetsItLeaveOnPurposeOnly(string arguments, bool isRealData, bool mayShow, string? description)
    {
        var policy = Options(arguments, out var parsed).Policy(parsed, isRealData);
        Assert.Equal(mayShow, policy.MayShow);
        if (mayShow)
        {
            policy.Check();
            Assert.StartsWith(description!, policy.Describe(), StringComparison.Ordinal);
        }
        else
        {
            Assert.Contains("--allow-external-data", Assert.Throws<ArgumentException>(policy.Check).Message, StringComparison.Ordinal);
        }
    }

    private static GeneratorOptions Options(string arguments, out ParseResult parsed)
    {
        parsed = Parse(arguments, out var options);
        Assert.Empty(parsed.Errors);
        return options;
    }

    private static ParseResult Parse(string arguments, out GeneratorOptions options)
    {
        options = new GeneratorOptions();
        var command = new Command("study");
        options.AddTo(command);
        return command.Parse(arguments);
    }
}
