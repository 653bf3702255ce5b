using Engine.Data;

namespace Engine.Synthesis;

/// <summary>Makes rows like those it is shown: real rows in, synthetic rows out.</summary>
/// <remarks>Implementations hold no state that a call changes, and give the same rows for the same request; one that asks a language model does so where the model's replies are kept.</remarks>
public interface IRowGenerator
{
    /// <summary>Gets the name by which tables and reports call the rows of this generator, such as "copula".</summary>
    string Name { get; }

    /// <summary>Makes rows.</summary>
    /// <param name="request">The real rows, how many rows to make, and the seed.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The rows, all legal under the schema of the request, and how they came about.</returns>
    /// <exception cref="ArgumentException">The request cannot be met, such as by too few real rows; the message says which limit.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was signaled.</exception>
    Task<GeneratedRows> GenerateAsync(GenerationRequest request, CancellationToken cancellation = default);
}

/// <summary>What a generator is asked for.</summary>
public sealed record GenerationRequest
{
    /// <summary>Gets the real rows to learn from: those of one group, or of everyone for generic rows.</summary>
    public required SchemaTable Examples { get; init; }

    /// <summary>Gets the number of rows to make, 1 or more.</summary>
    public required int RowCount { get; init; }

    /// <summary>Gets the seed of every draw.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Gets the name of the group that the rows are of, such as "Asian", for generators that read names; null for generic rows.</summary>
    public string? Group { get; init; }

    /// <summary>Gets real rows of the majority, for generators that show both in one prompt; null where there are none to show.</summary>
    public SchemaTable? MajorityExamples { get; init; }
}

/// <summary>Rows that were made, and how they came about.</summary>
/// <param name="Table">The rows, in the order in which they were made; legal under the schema of the request.</param>
/// <param name="Report">What it took.</param>
public sealed record GeneratedRows(SchemaTable Table, GenerationReport Report);

/// <summary>What it took to make rows.</summary>
public sealed record GenerationReport
{
    /// <summary>Gets the number of rows asked for.</summary>
    public required int RequestedCount { get; init; }

    /// <summary>Gets the number of rows made; fewer than asked where a limit was reached.</summary>
    public required int MadeCount { get; init; }

    /// <summary>Gets how many proposed rows were refused, by reason; empty for generators that make legal rows only.</summary>
    public IReadOnlyDictionary<string, int> Refused { get; init; } = new Dictionary<string, int>();

    /// <summary>Gets the number of calls of a language model; 0 for generators without one.</summary>
    public int CallCount { get; init; }

    /// <summary>Gets the number of those calls that were answered from the journal.</summary>
    public int CallsFromJournal { get; init; }

    /// <summary>Gets the number of tokens of all prompts, as the model's server counts them.</summary>
    public long PromptTokens { get; init; }

    /// <summary>Gets the number of tokens of all replies, as the model's server counts them.</summary>
    public long ReplyTokens { get; init; }

    /// <summary>Gets the tokens of <see cref="PromptTokens"/> that belong to calls answered from the journal, which cost nothing again.</summary>
    public long PromptTokensFromJournal { get; init; }

    /// <summary>Gets the tokens of <see cref="ReplyTokens"/> that belong to calls answered from the journal, which cost nothing again.</summary>
    public long ReplyTokensFromJournal { get; init; }
}
