namespace Bench.Cohorts.Mimic3;

/// <summary>One row of a list file.</summary>
/// <param name="Stay">The name of the stay's file, as <see cref="Mimic3Writer.StayName"/> makes it.</param>
/// <param name="Period">The period in whole hours; 48 for in-hospital mortality, whose lists do not write it.</param>
/// <param name="Label">0 or 1.</param>
public readonly record struct ListRow(string Stay, int Period, byte Label);
