using System.Globalization;

namespace Bench.Report.Html;

/// <summary>An axis of ratios: equal lengths are equal factors.</summary>
/// <param name="Least">The logarithm at the left end.</param>
/// <param name="Most">The logarithm at the right end.</param>
/// <param name="Ticks">Round ratios at their logarithms.</param>
internal sealed record LogAxis(double Least, double Most, IReadOnlyList<(double At, string Text)> Ticks)
{
    private static readonly double[] s_round = [.01, .05, .1, .2, .3, .5, .7, .8, .9, 1, 1.1, 1.25, 1.5, 2, 3, 5, 10, 20, 100];

    /// <summary>Finds round ratios around values and 1; what lies beyond 0.01 or 100 ends at the edge.</summary>
    /// <param name="ratios">Ratios above 0, at least one.</param>
    public static LogAxis Enclosing(IEnumerable<double> ratios)
    {
        var all = ratios.Append(1).ToArray();
        var first = Math.Max(0, Array.FindLastIndex(s_round, round => round <= all.Min()));
        var last = Array.FindIndex(s_round, round => round >= all.Max());
        last = last < 0 ? s_round.Length - 1 : last;
        if (first == last)
            (first, last) = (first - 1, last + 1);
        var ticks = s_round[first..(last + 1)];
        // More than a few would touch: the ends and 1 say enough.
        if (ticks.Length > 5)
            ticks = [ticks[0], .. ticks[1..^1].Where(tick => tick is .5 or 1 or 2 or .1 or 10), ticks[^1]];
        return new LogAxis(Math.Log(s_round[first]), Math.Log(s_round[last]), [.. ticks.Select(tick => (Math.Log(tick), tick.ToString("0.##", CultureInfo.InvariantCulture)))]);
    }
}
