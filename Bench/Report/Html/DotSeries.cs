namespace Bench.Report.Html;

/// <summary>Dots of one color.</summary>
/// <param name="Name">What the color means.</param>
/// <param name="Style">A class of report.css: <see cref="Focus"/>, <see cref="Second"/> or <see cref="Context"/>.</param>
internal sealed record DotSeries(string Name, string Style)
{
    /// <summary>The strong color.</summary>
    public const string Focus = "focus";

    /// <summary>The other strong color.</summary>
    public const string Second = "second";

    /// <summary>The gray of what is shown for comparison.</summary>
    public const string Context = "context";
}
