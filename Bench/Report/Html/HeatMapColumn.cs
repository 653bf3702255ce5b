namespace Bench.Report.Html;

/// <summary>One column of a <see cref="HeatMap"/>.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Note">A few small letters below the name.</param>
/// <param name="IsFocus">Whether its name stands out.</param>
/// <param name="Values">One value a row; null where undefined.</param>
/// <param name="MarkedRow">The row of a cell with a frame; null for none.</param>
internal sealed record HeatMapColumn(string Label, string Note, bool IsFocus, IReadOnlyList<double?> Values, int? MarkedRow = null);
