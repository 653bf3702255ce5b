using System.CommandLine;
using System.Globalization;
using Bench.Generators;
using Engine.Synthesis.Language;

namespace Bench.Commands;

/// <summary>The options that say how synthetic rows are made, and by which language model.</summary>
internal sealed class GeneratorOptions
{
    /// <summary>A Gaussian copula, which needs nothing.</summary>
    public const string Copula = "copula";

    /// <summary>SMOTE.</summary>
    public const string Smote = "smote";

    /// <summary>A server that speaks the protocol of OpenAI.</summary>
    public const string OpenAi = "openai";

    /// <summary>A model in a file, run on this machine.</summary>
    public const string Local = "local";

    private const string KeyVariable = "OPENAI_API_KEY";
    private const string Together = "together";
    private const string ByOutcome = "by-outcome";
    private const string BesideMajority = "beside-majority";

    private static readonly LlmSamplerOptions s_defaults = new();

    private readonly Option<string> _generator = new("--generator") { Description = $"What makes synthetic rows: a Gaussian copula or SMOTE, neither of which needs anything, a server that speaks the protocol of OpenAI, or a language model in a file.", DefaultValueFactory = _ => Copula };
    private readonly Option<string> _endpoint = new("--endpoint") { Description = $"Address of the server of --generator {OpenAi}.", DefaultValueFactory = _ => OpenAiServer.PublicEndpoint, HelpName = "URL" };
    private readonly Option<string?> _modelName = new("--model-name") { Description = $"Name of the model of --generator {OpenAi}.", HelpName = "NAME" };
    private readonly Option<string> _keyVariable = new("--api-key-variable") { Description = $"Variable of the environment that holds the key of --generator {OpenAi}; the key itself is never an option.", DefaultValueFactory = _ => KeyVariable, HelpName = "NAME" };
    private readonly Option<string?> _keyFile = new("--api-key-file") { Description = $"File that holds the key of --generator {OpenAi} and nothing else.", HelpName = "FILE" };
    private readonly Option<string?> _modelFile = new("--model-file") { Description = $"Language model of --generator {Local}, in GGUF.", HelpName = "FILE" };
    private readonly Option<double[]> _temperature = new("--temperature") { Description = $"Temperatures of a language model, each an experiment of its own; {s_defaults.Temperature.ToString(CultureInfo.InvariantCulture)} by default, .5,.9,1.2 as in the paper's supplement." };
    private readonly Option<int> _rowsPerCall = new("--rows-per-call") { Description = "Rows that one call asks a language model for.", DefaultValueFactory = _ => s_defaults.RowsPerCall };
    private readonly Option<int> _parallelCalls = new("--parallel-calls") { Description = "Calls of a language model at one time; no row depends on it.", DefaultValueFactory = _ => s_defaults.ParallelCalls };
    private readonly Option<string> _form = new("--prompt-form") { Description = "How examples stand in a prompt: together, as published; with and without an outcome in sections of their own; or after as many of the majority.", DefaultValueFactory = _ => Together };
    private readonly Option<decimal> _promptPrice = new("--prompt-price") { Description = "Price of a million tokens of prompts.", HelpName = "AMOUNT" };
    private readonly Option<decimal> _replyPrice = new("--reply-price") { Description = "Price of a million tokens of replies.", HelpName = "AMOUNT" };
    private readonly Option<bool> _allowExternal = new("--allow-external-data") { Description = "Let rows of real patients be shown to a language model on another machine; agreements on credentialed data forbid it." };

    /// <summary>Makes the options with their rules.</summary>
    public GeneratorOptions()
    {
        _generator.AcceptOneOf(Copula, Smote, OpenAi, Local);
        _form.AcceptOneOf(Together, ByOutcome, BesideMajority);
        _endpoint.Require(address => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http", "must begin with https:// or http://");
        _temperature.AcceptNumbers();
        _temperature.Require(temperatures => temperatures.Length > 0 && temperatures.All(temperature => temperature is >= 0 and <= 2) && temperatures.Distinct().Count() == temperatures.Length, "must be different numbers from 0 to 2");
        _rowsPerCall.Require(rows => rows is >= 1 and <= 1_000, "must be 1 to 1,000");
        _parallelCalls.Require(calls => calls is >= 1 and <= 64, "must be 1 to 64");
        _promptPrice.Require(price => price >= 0, "must be 0 or more");
        _replyPrice.Require(price => price >= 0, "must be 0 or more");
    }

    /// <summary>Adds the options to a command, with the rules of which belongs to which.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_generator, _endpoint, _modelName, _keyVariable, _keyFile, _modelFile, _temperature, _rowsPerCall, _parallelCalls, _form, _promptPrice, _replyPrice, _allowExternal])
            command.Options.Add(option);
        (Option Detail, string[] Of)[] details =
        [
            .. new Option[] { _endpoint, _modelName, _keyVariable, _keyFile, _promptPrice, _replyPrice, _allowExternal }.Select(detail => (detail, (string[])[OpenAi])),
            (_modelFile, [Local]),
            .. new Option[] { _temperature, _rowsPerCall, _parallelCalls, _form }.Select(detail => (detail, (string[])[OpenAi, Local])),
        ];
        command.Validators.Add(result =>
        {
            bool IsGiven(Option option) => result.GetResult(option) is { Implicit: false };
            var generator = result.GetValue(_generator)!;
            foreach (var (detail, of) in details.Where(pair => IsGiven(pair.Detail) && !pair.Of.Contains(generator)))
                result.AddError($"{detail.Name} belongs to {_generator.Name} {string.Join(" or ", of)}, which is not given.");
            if (generator == OpenAi && !IsGiven(_modelName))
                result.AddError($"{_generator.Name} {OpenAi} needs {_modelName.Name}, the name of the model.");
            if (generator == Local && !IsGiven(_modelFile))
                result.AddError($"{_generator.Name} {Local} needs {_modelFile.Name}, a model in GGUF.");
            if (IsGiven(_keyVariable) && IsGiven(_keyFile))
                result.AddError($"{_keyVariable.Name} and {_keyFile.Name} name more than one key; give one of them.");
        });
    }

    /// <summary>Returns the name of the generator: <see cref="Copula"/>, <see cref="Smote"/>, <see cref="OpenAi"/> or <see cref="Local"/>.</summary>
    public string Generator(ParseResult arguments) => arguments.GetRequiredValue(_generator);

    /// <summary>Opens the language model, which is to be disposed; null for a generator without one.</summary>
    /// <param name="arguments">The command line.</param>
    /// <exception cref="LanguageModelException">The model cannot be read.</exception>
    public ITextGenerator? OpenModel(ParseResult arguments) => Generator(arguments) switch
    {
        OpenAi => ServerOf(arguments).Open(),
        Local => LocalModel.Open(arguments.GetRequiredValue(_modelFile)!),
        _ => null,
    };

    /// <summary>Returns whether rows may be shown to the model, which is to be checked before any data are read.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="isRealData">Whether the rows are of real persons.</param>
    public ExternalDataPolicy Policy(ParseResult arguments, bool isRealData) =>
        new(Generator(arguments) == OpenAi && ServerOf(arguments).IsRemote, isRealData, arguments.GetValue(_allowExternal));

    /// <summary>Returns the temperatures.</summary>
    public IReadOnlyList<double> Temperatures(ParseResult arguments) => arguments.GetValue(_temperature) is { Length: > 0 } temperatures ? temperatures : [s_defaults.Temperature];

    /// <summary>Returns how rows are asked for, at the default temperature.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="topic">What the rows are about, such as "hospital admissions and readmission".</param>
    /// <param name="isRealData">Whether the rows are of real persons.</param>
    /// <param name="journal">Where replies are kept; null for nowhere.</param>
    public LlmSamplerOptions Sampling(ParseResult arguments, string topic, bool isRealData, IReplyJournal? journal) => new()
    {
        Topic = topic,
        RowsPerCall = arguments.GetValue(_rowsPerCall),
        ParallelCalls = arguments.GetValue(_parallelCalls),
        Form = arguments.GetValue(_form) switch
        {
            ByOutcome => PromptForm.ApartByOutcome,
            BesideMajority => PromptForm.BesideMajority,
            _ => PromptForm.Together,
        },
        DataMayLeave = Policy(arguments, isRealData).MayShow,
        Journal = journal,
    };

    /// <summary>Returns what tokens cost; nothing where no price is given.</summary>
    public TokenPrices Prices(ParseResult arguments) => new(arguments.GetValue(_promptPrice), arguments.GetValue(_replyPrice));

    private OpenAiServer ServerOf(ParseResult arguments) => new()
    {
        Endpoint = new Uri(arguments.GetRequiredValue(_endpoint)),
        Model = arguments.GetRequiredValue(_modelName)!,
        Key = arguments.GetValue(_keyFile) is { } file ? ApiKey.FromFile(file) : ApiKey.FromEnvironment(arguments.GetRequiredValue(_keyVariable)),
    };
}
