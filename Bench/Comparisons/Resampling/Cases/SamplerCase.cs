using Bench.Comparisons.Cases;
using Bench.Comparisons.Resampling.Methods;
using Bench.Comparisons.Resampling.Rows;

namespace Bench.Comparisons.Resampling.Cases;

/// <summary>One method on some rows, and what is asked of the engine.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Method">The method.</param>
/// <param name="Data">What makes the rows.</param>
/// <param name="RowCount">How many.</param>
internal sealed record SamplerCase(string Name, SamplerMethod Method, ILabeledSource Data, int RowCount) : IPlannedCase<SamplerCase>
{
    /// <summary>Gets whether imbalanced-learn runs it too.</summary>
    public bool HasRival { get; init; }

    /// <summary>Gets what is asked of the engine.</summary>
    public IReadOnlyList<IBar> Bars { get; init; } = [];

    /// <summary>Gets the memory that must be free, in bytes; with less the case is left out, with this reason.</summary>
    public long NeededBytes { get; init; }

    /// <inheritdoc/>
    public bool IsLarge { get; init; }

    /// <inheritdoc/>
    public SamplerCase ToQuick() => this with { RowCount = RowCount / PlannedCase.QuickDivisor };
}
