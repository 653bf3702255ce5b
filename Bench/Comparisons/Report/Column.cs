using Bench.Comparisons.Cases;
using Bench.Comparisons.Measurement;

namespace Bench.Comparisons.Report;

/// <summary>A column of a page: what it shows of a case.</summary>
/// <param name="Header">Its name.</param>
/// <param name="Show">Shows a case.</param>
internal sealed record Column(string Header, Func<CaseResult, string> Show)
{
    private string? Rival { get; init; }

    /// <summary>Gets whether the terminal shows it too, with what is said of the engine.</summary>
    public bool IsOnTerminal { get; init; }

    /// <summary>Gets the name of the case.</summary>
    public static Column Case { get; } = new("case", result => result.Name);

    /// <summary>Gets what is done.</summary>
    public static Column Work { get; } = new("work", result => result.Work);

    /// <summary>Gets what the rows are.</summary>
    public static Column Data { get; } = new("data", result => result.Data);

    /// <summary>Gets the sizes of the rows.</summary>
    public static Column Size { get; } = new("rows x columns", CaseText.Size);

    /// <summary>Gets what was measured beside the engine, in one cell.</summary>
    public static Column Beside { get; } = new("beside it, s (ratio)", result => string.Join("; ", result.Rivals.Select(rival => $"{CaseText.Name(rival)}: {CaseText.Other(result, rival)}")));

    /// <summary>Gets what was asked.</summary>
    public static Column Bars { get; } = new("asked: met, measured", result => string.Join("; ", result.Bars.Select(CaseText.BarOnPage)));

    /// <summary>Gets how fast the engine was beside the machine.</summary>
    public static Column Rates { get; } = new("of what the machine allows", result => result.Rates.Count == 0 ? CaseText.Nothing : string.Join("; ", result.Rates.Select(CaseText.Rate)));

    /// <summary>Gets the memory.</summary>
    public static Column Memory { get; } = new("memory beside the data", CaseText.Memory);

    /// <summary>Gets how busy the machine was.</summary>
    public static Column Load { get; } = new("load", result => CaseText.Load(result.Engine?.LoadBefore));

    /// <summary>Gets whether the result is right.</summary>
    public static Column Checks { get; } = new("checked", result => result.Checks.Count == 0 ? "not checked at this size" : string.Join("; ", result.Checks.Select(CaseText.Check)));

    /// <summary>Gets how the others behaved.</summary>
    public static Column Behavior { get; } = new("others: recall, memory, load, how they were used", result => string.Join(
        "; ", result.Rivals.Where(rival => rival.Status == ContenderStatus.Measured).Select(rival => $"{CaseText.Name(rival)}: {CaseText.Behavior(rival)}")));

    /// <summary>Returns the engine's time.</summary>
    /// <param name="phases">Its phases in words; null where there is one.</param>
    public static Column Engine(string? phases = null) => new(phases is null ? "engine, s" : $"engine, s ({phases})", CaseText.Engine);

    /// <summary>Returns a count.</summary>
    /// <param name="header">The name of the column.</param>
    /// <param name="fact">The name of the fact.</param>
    public static Column Fact(string header, string fact) => new(header, result => CaseText.Fact(result, fact));

    /// <summary>Returns a rival's time.</summary>
    /// <param name="name">The name of the rival.</param>
    public static Column Of(string name) =>
        new($"{name}, s (ratio)", result => result.Rivals.FirstOrDefault(rival => rival.Name == name) is { } rival ? CaseText.Other(result, rival) : "") { Rival = name };

    /// <summary>Returns the header for some cases: a version stands beside every ratio.</summary>
    public string HeaderFor(IReadOnlyList<CaseResult> cases) =>
        cases.SelectMany(result => result.Rivals).FirstOrDefault(rival => rival.Name == Rival && rival.Version is not null) is { } measured
            ? $"{CaseText.Name(measured)}{Header[measured.Name.Length..]}"
            : Header;
}
