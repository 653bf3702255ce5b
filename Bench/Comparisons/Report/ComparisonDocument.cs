using Bench.Comparisons.Cases;
using Bench.Comparisons.Measurement;
using Bench.Report.Results;

namespace Bench.Comparisons.Report;

/// <summary>A comparison with every number, as its JSON file holds it.</summary>
internal sealed record ComparisonDocument
{
    /// <summary>Gets the name of the format.</summary>
    public required string Schema { get; init; }

    /// <summary>Gets the version of the format; it rises when a field changes its meaning or goes away. Since version 2 all families of cases have the same fields.</summary>
    public int SchemaVersion { get; init; } = 2;

    /// <summary>Gets whether all cases asked for are here; a run that was stopped leaves those that it had finished.</summary>
    public bool IsComplete { get; init; }

    /// <summary>Gets whether cases have a tenth of their rows.</summary>
    public required bool IsQuick { get; init; }

    /// <summary>Gets the command line, without the name of the program.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>Gets when the run began, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Gets how everything was measured.</summary>
    public required MeasureOptions Options { get; init; }

    /// <summary>Gets the code.</summary>
    public EngineSection Engine { get; init; } = EngineSection.Current;

    /// <summary>Gets the machine.</summary>
    public MachineSection Machine { get; init; } = MachineSection.Current;

    /// <summary>Gets the name of its processor.</summary>
    public string Processor { get; init; } = Report.Processor.ModelName;

    /// <summary>Gets what the rivals are and how they were compiled.</summary>
    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    /// <summary>Gets the names of the phases of a run, in the order of the times; none where a run has one.</summary>
    public required IReadOnlyList<string> Phases { get; init; }

    /// <summary>Gets the cases that are done.</summary>
    public IReadOnlyList<CaseResult> Cases { get; init; } = [];
}
