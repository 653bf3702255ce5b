namespace Bench.Report.Html;

/// <summary>One column of a <see cref="BarChart"/>.</summary>
/// <param name="Title">What is shown, such as a metric.</param>
/// <param name="Values">Rows x series; null where undefined.</param>
/// <param name="Maximum">The value of the longest possible bar; more than 0.</param>
/// <param name="Format">How values are written.</param>
internal sealed record BarPanel(string Title, IReadOnlyList<IReadOnlyList<double?>> Values, double Maximum, string Format);
