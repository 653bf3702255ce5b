using Bench.Comparisons.Arrays;
using Engine.Data;

namespace Bench.Comparisons.Resampling.Rows;

/// <summary>Keeps the rows of the last case for the next one: cases of the same rows follow each other.</summary>
/// <param name="cohorts">Where cohorts come from.</param>
internal sealed class RowsShelf(CohortShelf cohorts)
{
    private (ILabeledSource Source, int RowCount, LabeledSamples Rows)? _kept;

    /// <summary>Returns the rows of a source.</summary>
    public LabeledSamples Get(ILabeledSource source, int rowCount, CancellationToken cancellation)
    {
        if (_kept is { } kept && kept.Source == source && kept.RowCount == rowCount)
            return kept.Rows;
        // Let go of first, so that two are never in memory.
        _kept = null;
        var rows = source.Make(rowCount, cohorts, cancellation);
        _kept = (source, rowCount, rows);
        return rows;
    }
}
