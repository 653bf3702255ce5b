using Engine.Data;
using Engine.Diagnostics;
using Engine.Numerics;

namespace Engine.Synthesis.Language;

/// <summary>The questions that ask for rows: role, context, examples and instructions in the words of table S4.</summary>
internal sealed class RowPrompts
{
    private const ulong ModelStream = 0x4C4C_4D53_0000_0000;
    private const int LongestName = 100;
    private const int LongestTopic = 1_000;

    private const string Role = "You are a synthetic data generator. Your goal is to produce data which mirrors the given examples in causal structure and feature and label distributions but also produce as diverse samples as possible. I will give you real examples first.";
    private const string Instructions = "DO NOT COPY THE EXAMPLES but generate realistic but new and diverse samples which have the correct labels conditioned on the features. Use the same JSON format as above.";

    private readonly GenerationRequest _request;
    private readonly LlmSamplerOptions _options;
    private readonly ExampleDraws _examples;
    private readonly string? _group;

    /// <summary>Prepares the questions for a request.</summary>
    /// <exception cref="ArgumentException">The examples cannot be what the prompt must show.</exception>
    public RowPrompts(GenerationRequest request, LlmSamplerOptions options, CancellationToken cancellation)
    {
        (_request, _options) = (request, options);
        _group = request.Group is null ? null : PromptText.Name(request.Group, LongestName);
        Format = new ReplyFormat(request.Examples.Schema, Math.Min(options.RowsPerCall, request.RowCount));
        if (options.Form == PromptForm.ApartByOutcome && request.Examples.Schema.Outcomes.Count == 0)
            Throw.Argument_Invalid(nameof(request), $"the schema has no outcome, by which {nameof(PromptForm.ApartByOutcome)} parts examples; mark one, or choose another form of prompt.");
        if (options.Form == PromptForm.BesideMajority)
            CheckMajority(request);
        _examples = new ExampleDraws(request.Examples, options.ExampleCount, request.Seed, options.Form == PromptForm.ApartByOutcome, nameof(request.Examples), cancellation);
    }

    /// <summary>Gets the form of every reply.</summary>
    public ReplyFormat Format { get; }

    /// <summary>Makes the question of a call.</summary>
    /// <param name="call">Its number.</param>
    public TextRequest Of(int call) => new()
    {
        System = Role,
        User = string.Join("\n\n", [ContextText(), .. ExampleTexts(call), Instructions]),
        Temperature = _options.Temperature,
        // Servers take signed numbers.
        Seed = (long)(new RandomStream(_request.Seed, ModelStream).UInt64((ulong)call) >> 1),
        Call = call,
        LongestReply = _options.LongestReply,
        Format = Format,
    };

    private static void CheckMajority(GenerationRequest request)
    {
        if (request.MajorityExamples is null || request.MajorityExamples.RowCount == 0 || request.Group is null)
            Throw.Argument_Invalid(nameof(request), $"{nameof(PromptForm.BesideMajority)} shows rows of a named group beside rows of the majority; set {nameof(request.Group)} and {nameof(request.MajorityExamples)}, or choose another form of prompt.");
        var (columns, others) = (request.Examples.Schema.Columns, request.MajorityExamples.Schema.Columns);
        if (columns.Count != others.Count || columns.Zip(others).Any(static pair => pair.First.Name != pair.Second.Name || pair.First.Kind != pair.Second.Kind || !pair.First.Levels.SequenceEqual(pair.Second.Levels)))
            Throw.Argument_Invalid(nameof(request), $"the columns of {nameof(request.MajorityExamples)} are not those of {nameof(request.Examples)}; pass two tables of one schema.");
    }

    private string ContextText() => _group is null
        ? $"Leverage your medical knowledge about {PromptText.Cut(_options.Topic, LongestTopic)} to generate {Format.RowCount} realistic but diverse samples."
        : $"Leverage your medical knowledge about {PromptText.Cut(_options.Topic, LongestTopic)} to generate {Format.RowCount} realistic but diverse samples specifically for {_group} patients.";

    private IEnumerable<string> ExampleTexts(int call)
    {
        var rows = _examples.Draw(call);
        switch (_options.Form)
        {
            case PromptForm.ApartByOutcome:
                var schema = _request.Examples.Schema;
                var outcomes = string.Join(" or ", schema.Outcomes.Select(outcome => PromptText.Name(schema.Columns[outcome].Name, LongestName)));
                yield return $"Examples with {outcomes}:\n{Write(_request.Examples, [.. rows.Where(_examples.HasAny)])}";
                yield return $"Examples without {outcomes}:\n{Write(_request.Examples, [.. rows.Where(row => !_examples.HasAny(row))])}";
                break;
            case PromptForm.BesideMajority:
                yield return $"Examples of other patients, for comparison:\n{Write(_request.MajorityExamples!, ExampleDraws.DrawMajority(_request.MajorityExamples!, _options.ExampleCount, _request.Seed, call))}";
                yield return $"Examples of {_group} patients:\n{Write(_request.Examples, rows)}";
                break;
            default:
                yield return Write(_request.Examples, rows);
                break;
        }
    }

    private string Write(SchemaTable table, long[] rows) => Format.Write(table.Rows, rows);
}
