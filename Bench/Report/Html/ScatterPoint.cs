namespace Bench.Report.Html;

/// <summary>A method in a <see cref="PrecisionRecallPlot"/>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Recall">Its recall.</param>
/// <param name="Precision">Its precision.</param>
/// <param name="IsFocus">Whether it stands out.</param>
internal sealed record ScatterPoint(string Name, DotValue Recall, DotValue Precision, bool IsFocus);
