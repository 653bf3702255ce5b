namespace Bench.Report.Html;

/// <summary>Bars of one color.</summary>
/// <param name="Name">What the color means.</param>
/// <param name="Style">A class of report.css: "focus" or "context".</param>
internal sealed record BarSeries(string Name, string Style);
