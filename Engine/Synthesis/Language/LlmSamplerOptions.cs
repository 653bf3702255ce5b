namespace Engine.Synthesis.Language;

/// <summary>How examples stand in a prompt.</summary>
public enum PromptForm
{
    /// <summary>All of them together, as published.</summary>
    Together,

    /// <summary>Those with an outcome and those without any in sections of their own, which the paper names as future work.</summary>
    ApartByOutcome,

    /// <summary>Those of the group after as many of the majority, which the paper names as future work.</summary>
    BesideMajority,
}

/// <summary>How rows are asked of a language model; the defaults are those of the paper.</summary>
public sealed record LlmSamplerOptions
{
    /// <summary>Gets what the rows are about, as the model is told; such as "hospital admissions and readmission".</summary>
    public string Topic { get; init; } = "health records and outcomes";

    /// <summary>Gets the number of real rows that a prompt shows, 1 to 1,000; all of them where there are fewer; default 20.</summary>
    public int ExampleCount { get; init; } = 20;

    /// <summary>Gets the number of rows that one call asks for, 1 to 1,000; default 10.</summary>
    public int RowsPerCall { get; init; } = 10;

    /// <summary>Gets the temperature, 0 to 2; default 0.9.</summary>
    public double Temperature { get; init; } = 0.9;

    /// <summary>Gets how examples stand in the prompt; default <see cref="PromptForm.Together"/>.</summary>
    public PromptForm Form { get; init; } = PromptForm.Together;

    /// <summary>Gets the largest number of calls at one time, 1 to 64; default 1. No row depends on it.</summary>
    public int ParallelCalls { get; init; } = 1;

    /// <summary>Gets how many times the calls that would do without a refused row may be made, 1 to 100; default 5.</summary>
    public int CallAllowance { get; init; } = 5;

    /// <summary>Gets the largest number of tokens of a reply, 1 or more; default 4,096.</summary>
    public int LongestReply { get; init; } = 4_096;

    /// <summary>Gets whether rows that equal a real row of the request, or one made before, are refused; default true.</summary>
    /// <remarks>Leave them where columns are so few and coarse that equal rows are no copies.</remarks>
    public bool RefusesCopies { get; init; } = true;

    /// <summary>Gets whether too few rows are an error; default false: the rows that there are come back, and the report says how many.</summary>
    public bool ThrowsWhenShort { get; init; }

    /// <summary>Gets whether the rows shown may leave this machine, because they are of no real person or whoever answers for them agreed; default false.</summary>
    public bool DataMayLeave { get; init; }

    /// <summary>Gets where replies are kept; null for nowhere.</summary>
    public IReplyJournal? Journal { get; init; }
}

/// <summary>What a server takes for tokens.</summary>
/// <param name="PerMillionPromptTokens">The price of a million tokens of prompts, 0 or more.</param>
/// <param name="PerMillionReplyTokens">The price of a million tokens of replies, 0 or more.</param>
public readonly record struct TokenPrices(decimal PerMillionPromptTokens, decimal PerMillionReplyTokens)
{
    private const decimal Million = 1_000_000;

    /// <summary>Returns what was paid for rows; replies from the journal cost nothing again.</summary>
    /// <param name="report">What it took to make them.</param>
    /// <returns>An amount in the unit of the prices.</returns>
    public decimal CostOf(GenerationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return ((report.PromptTokens - report.PromptTokensFromJournal) * PerMillionPromptTokens + (report.ReplyTokens - report.ReplyTokensFromJournal) * PerMillionReplyTokens) / Million;
    }
}

/// <summary>Why rows that a language model proposed are refused, as reports name it.</summary>
public static class RefusalReason
{
    /// <summary>The reply holds no JSON object with a column of the schema.</summary>
    public const string NoJson = "no JSON object with the columns";

    /// <summary>A column is missing, stands twice or is no list.</summary>
    public const string BadColumn = "a column is missing, twice there or no list";

    /// <summary>The columns are lists of different lengths, so that nobody knows which values belong together.</summary>
    public const string Ragged = "columns of different lengths";

    /// <summary>The reply has fewer rows than were asked for, or ended before their last value.</summary>
    public const string NotGiven = "not given";

    /// <summary>A value is missing where none may be.</summary>
    public const string Missing = "a value is missing";

    /// <summary>A value is no number where one is needed.</summary>
    public const string NoNumber = "a value is no number";

    /// <summary>A number lies outside the range of its column, or is not finite.</summary>
    public const string OutsideRange = "a number outside its range";

    /// <summary>A number is not whole where it must be.</summary>
    public const string NotWhole = "a number that is not whole";

    /// <summary>A value is no level of its category, or neither 0 nor 1.</summary>
    public const string NoLevel = "a value that is no level";

    /// <summary>The row equals a real one of the request.</summary>
    public const string CopyOfReal = "a copy of a real row";

    /// <summary>The row equals one that was made before.</summary>
    public const string CopyOfMade = "a copy of a row made before";
}
