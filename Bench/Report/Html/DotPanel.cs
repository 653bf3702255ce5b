using Engine.Metrics;

namespace Bench.Report.Html;

/// <summary>What a <see cref="DotPlot"/> shows.</summary>
internal sealed record DotPanel
{
    /// <summary>Gets what is shown, such as a metric.</summary>
    public required string Title { get; init; }

    /// <summary>Gets the values: rows x series.</summary>
    public required IReadOnlyList<IReadOnlyList<DotValue>> Values { get; init; }

    /// <summary>Gets the value at the left end of the axis; 0 unless set.</summary>
    public double Least { get; init; }

    /// <summary>Gets the value at the right end; 1 unless set.</summary>
    public double Most { get; init; } = 1;

    /// <summary>Gets the labeled places of the axis.</summary>
    public IReadOnlyList<(double At, string Text)> Ticks { get; init; } = [(0, "0"), (.25, ".25"), (.5, ".5"), (.75, ".75"), (1, "1")];

    /// <summary>Gets how a value is written at the end of its row.</summary>
    public Func<double, string> Text { get; init; } = static value => ValueText.Of(value);

    /// <summary>Gets what knowing nothing gives, as a dashed line; null for none.</summary>
    public double? Reference { get; init; }
}

/// <summary>Panels whose axis follows from their values.</summary>
internal static class DotPanels
{
    /// <summary>Makes a panel of counts from 0.</summary>
    public static DotPanel Counts(string title, int[] counts)
    {
        var ticks = AxisTicks.Enclosing(0, Math.Max(1, counts.Max()));
        return new DotPanel
        {
            Title = title,
            Values = [.. counts.Select(count => new[] { new DotValue(count) })],
            Most = ticks[^1],
            Ticks = [(0, "0"), (ticks[^1], $"{ticks[^1]:N0}")],
            Text = static value => $"{value:N0}",
        };
    }

    /// <summary>Makes a panel of small shares from 0.</summary>
    public static DotPanel Shares(string title, double?[] shares, double? reference)
    {
        var ticks = AxisTicks.Enclosing(0, Math.Max(.001, shares.Max() ?? 0));
        return new DotPanel
        {
            Title = title,
            Values = [.. shares.Select(share => new[] { new DotValue(share) })],
            Most = ticks[^1],
            Ticks = [(0, "0"), (ticks[^1], ValueText.Of(ticks[^1], "0.# %"))],
            Text = static value => ValueText.Of(value, ValueText.Share),
            Reference = reference,
        };
    }
}

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

/// <summary>A value and, where there is one, its interval.</summary>
/// <param name="Value">The value; null where undefined.</param>
/// <param name="Lower">Lower end of the interval.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="Deviation">The deviation of a mean; null for a value that is none.</param>
internal readonly record struct DotValue(double? Value, double? Lower = null, double? Upper = null, double? Deviation = null)
{
    /// <summary>Joins a value and the interval of a bootstrap.</summary>
    public static DotValue Of(double? value, MetricInterval? interval) => new(value, interval?.Lower, interval?.Upper);
}
