namespace Bench.Comparisons.Report;

/// <summary>What the files of a family of cases are called, and what they show.</summary>
/// <param name="Name">The name of the files, without extension; notes are a resource called after it.</param>
/// <param name="Schema">The name of the format.</param>
/// <param name="Title">The title of the page.</param>
/// <param name="Columns">The columns of its table.</param>
internal sealed record FamilyPage(string Name, string Schema, string Title, IReadOnlyList<Column> Columns)
{
    /// <summary>Gets the names of the phases of a run, in the files and in the order of the times; none where a run has one.</summary>
    public IReadOnlyList<string> Phases { get; init; } = [];

    /// <summary>Gets the names of the facts that its cases have.</summary>
    public IReadOnlyList<string> Facts { get; init; } = [];
}
