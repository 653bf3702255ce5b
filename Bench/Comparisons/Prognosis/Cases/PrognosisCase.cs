using Bench.Comparisons.Cases;
using Bench.Comparisons.Prognosis.Work;

namespace Bench.Comparisons.Prognosis.Cases;

/// <summary>One piece of work on some rows, and what is asked of the engine.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Description">The work and its rows, in a few words for a table.</param>
/// <param name="RowCount">How many rows.</param>
/// <param name="Prepare">Makes the rows, so many.</param>
internal sealed record PrognosisCase(string Name, string Description, int RowCount, Func<int, WorkContext, PreparedWork> Prepare) : IPlannedCase<PrognosisCase>
{
    /// <summary>Gets the names of other libraries that do the same.</summary>
    public IReadOnlyList<string> Rivals { get; init; } = [];

    /// <summary>Gets what is asked of the engine.</summary>
    public IReadOnlyList<IBar> Bars { get; init; } = [];

    /// <summary>Gets the memory that must be free, in bytes; with less the case is left out, with this reason.</summary>
    public long NeededBytes { get; init; }

    /// <summary>Gets how many rows make the code warm, at most; enough for every group to have both classes.</summary>
    public int WarmUpRows { get; init; } = 4_000;

    /// <inheritdoc/>
    public bool IsLarge => false;

    /// <inheritdoc/>
    public PrognosisCase ToQuick() => this with { RowCount = RowCount / PlannedCase.QuickDivisor, NeededBytes = NeededBytes / PlannedCase.QuickDivisor };
}
