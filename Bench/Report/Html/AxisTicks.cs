namespace Bench.Report.Html;

/// <summary>Round numbers along an axis.</summary>
internal static class AxisTicks
{
    private const int Intervals = 4;

    /// <summary>A shorter axis would show noise as if it were a difference.</summary>
    private const double LeastLength = 0.04;

    private static readonly double[] s_roundSteps = [1, 2, 5, 10];

    /// <summary>Lists round numbers whose first and last enclose a range.</summary>
    /// <param name="least">The smallest value to show.</param>
    /// <param name="most">The largest value to show.</param>
    /// <returns>Two ticks or more, ascending, evenly spaced.</returns>
    public static IReadOnlyList<double> Enclosing(double least, double most)
    {
        var missing = Math.Max(0, LeastLength - (most - least)) / 2;
        (least, most) = (least - missing, most + missing);
        var length = most - least;
        var decade = Math.Pow(10, Math.Floor(Math.Log10(length / Intervals)));
        var step = decade * s_roundSteps.First(round => round * decade >= length / Intervals);
        var first = Math.Floor(least / step);
        var last = Math.Ceiling(most / step);
        return [.. Enumerable.Range(0, (int)(last - first) + 1).Select(tick => (first + tick) * step)];
    }
}
