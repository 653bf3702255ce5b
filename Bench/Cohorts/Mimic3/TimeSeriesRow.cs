namespace Bench.Cohorts.Mimic3;

/// <summary>One row of a time series file.</summary>
/// <param name="Hours">Hours since the start of the stay.</param>
/// <param name="Cells">Seventeen texts in channel order; null where nothing was measured. Numbers as <see cref="Mimic3Writer.Format"/> writes them.</param>
public readonly record struct TimeSeriesRow(double Hours, IReadOnlyList<string?> Cells);
