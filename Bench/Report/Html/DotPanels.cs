namespace Bench.Report.Html;

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
