using System.Globalization;
using System.Text;

namespace Bench.Report.Html;

/// <summary>Joint densities of two columns as contour lines, one color a table: narrow enough for a telephone.</summary>
internal sealed class ContourPanel
{
    /// <summary>Shares of the rows that the regions within the lines hold, each the densest region that does.</summary>
    public static readonly IReadOnlyList<double> Shares = [.95, .75, .5, .25];

    private const double Width = 360;
    private const double Height = 292;
    private const double Left = 46;
    private const double Right = 352;
    private const double Top = 44;
    private const double Bottom = 250;

    private readonly double[] _x;
    private readonly double[] _y;
    private readonly (string Style, double[] Density, double[] Levels)[] _tables;
    private readonly (int First, int Last) _columns;
    private readonly (int First, int Last) _rows;

    private ContourPanel(double[] x, double[] y, IEnumerable<(string Style, double[] Density)> tables)
    {
        (_x, _y) = (x, y);
        _tables = [.. tables.Select(table => (table.Style, table.Density, LevelsOf(table.Density)))];
        _columns = Shown(x.Length, (column, point) => (column * y.Length) + point, y.Length);
        _rows = Shown(y.Length, (row, point) => (point * y.Length) + row, x.Length);
    }

    /// <summary>Draws densities.</summary>
    /// <param name="title">What is shown.</param>
    /// <param name="xTitle">The first column.</param>
    /// <param name="yTitle">The second column.</param>
    /// <param name="x">Points of the first column, equally far apart, ascending.</param>
    /// <param name="y">Points of the second column, likewise.</param>
    /// <param name="tables">The class of report.css of each table, and its density at the points of the first x the second column, row-major.</param>
    public static HtmlFragment Draw(string title, string xTitle, string yTitle, double[] x, double[] y, IEnumerable<(string Style, double[] Density)> tables) =>
        new ContourPanel(x, y, tables).Draw(title, xTitle, yTitle);

    private HtmlFragment Draw(string title, string xTitle, string yTitle) => HtmlFragment.Of($"""
        <svg viewBox="0 0 {Width:0} {Height:0}" role="img" aria-label="{title}: joint density of {xTitle} and {yTitle}">
        <text class="title" x="0" y="14">{title}</text>
        <text class="small" x="0" y="{Top - 12:0.#}">{yTitle}</text>
        {HtmlFragment.Join(Ticks(_x, _columns).Select(tick => HtmlFragment.Of($"""
            <line class="grid" x1="{XOf(tick):0.#}" x2="{XOf(tick):0.#}" y1="{Top:0.#}" y2="{Bottom:0.#}"/>
            <text class="small" x="{XOf(tick):0.#}" y="{Bottom + 16:0.#}" text-anchor="middle">{tick:0.###}</text>
            """)))}
        {HtmlFragment.Join(Ticks(_y, _rows).Select(tick => HtmlFragment.Of($"""
            <line class="grid" x1="{Left:0.#}" x2="{Right:0.#}" y1="{YOf(tick):0.#}" y2="{YOf(tick):0.#}"/>
            <text class="small" x="{Left - 7:0.#}" y="{YOf(tick):0.#}" text-anchor="end" dominant-baseline="central">{tick:0.###}</text>
            """)))}
        <text class="small" x="{(Left + Right) / 2:0.#}" y="{Height - 6:0.#}" text-anchor="middle">{xTitle}</text>
        {HtmlFragment.Join(_tables.Select(table => HtmlFragment.Of($"""<path class="contour {table.Style}" d="{PathOf(table.Density, table.Levels)}"/>""")))}
        </svg>
        """);

    /// <summary>Finds the densities above which lie the shares of what is on the grid.</summary>
    private static double[] LevelsOf(double[] density)
    {
        var falling = density.OrderDescending().ToArray();
        var total = falling.Sum();
        return [.. Shares.Select(share =>
        {
            var (sum, point) = (falling[0], 0);
            while (sum < share * total && point + 1 < falling.Length)
                sum += falling[++point];
            return falling[point];
        })];
    }

    /// <summary>Finds the part of an axis on which there are lines, and a point more on either side.</summary>
    private (int First, int Last) Shown(int count, Func<int, int, int> place, int others)
    {
        var shown = Enumerable.Range(0, count).Where(line => _tables.Any(table => Enumerable.Range(0, others).Any(point => table.Density[place(line, point)] >= table.Levels[0]))).ToArray();
        return (Math.Max(0, shown[0] - 1), Math.Min(count - 1, shown[^1] + 1));
    }

    private static IEnumerable<double> Ticks(double[] points, (int First, int Last) shown) =>
        AxisTicks.Enclosing(points[shown.First], points[shown.Last]).Where(tick => tick >= points[shown.First] && tick <= points[shown.Last]);

    /// <summary>Draws the lines at some levels: within each cell of the grid, straight between where its edges have the level.</summary>
    private string PathOf(double[] density, double[] levels)
    {
        var path = new StringBuilder();
        foreach (var level in levels)
        {
            for (var column = _columns.First; column < _columns.Last; column++)
            {
                for (var row = _rows.First; row < _rows.Last; row++)
                    AddCell(path, density, level, column, row);
            }
        }

        return path.ToString();
    }

    private void AddCell(StringBuilder path, double[] density, double level, int column, int row)
    {
        // Corners in the order of a walk around the cell.
        Span<(int Column, int Row)> corners = [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)];
        Span<(double X, double Y)> crossings = stackalloc (double, double)[4];
        var (count, sum, firstIsInside) = (0, 0.0, false);
        for (var corner = 0; corner < corners.Length; corner++)
        {
            var (from, to) = (corners[corner], corners[(corner + 1) % corners.Length]);
            var (here, there) = (density[(from.Column * _y.Length) + from.Row], density[(to.Column * _y.Length) + to.Row]);
            sum += here;
            if (corner == 0)
                firstIsInside = here >= level;
            if (here >= level == there >= level)
                continue;
            var part = (level - here) / (there - here);
            crossings[count++] = (XOf(Between(_x[from.Column], _x[to.Column], part)), YOf(Between(_y[from.Row], _y[to.Row], part)));
        }

        // A saddle: the lines cut off the first corner and the third, unless the middle belongs to them.
        var shift = count == 4 && sum / 4 >= level != firstIsInside ? 3 : 0;
        for (var crossing = 0; crossing < count; crossing += 2)
        {
            var (from, to) = (crossings[(crossing + shift) % count], crossings[(crossing + 1 + shift) % count]);
            path.Append(CultureInfo.InvariantCulture, $"M{from.X:0.#} {from.Y:0.#}L{to.X:0.#} {to.Y:0.#}");
        }
    }

    private static double Between(double from, double to, double part) => from + (part * (to - from));

    private double XOf(double value) => Left + ((value - _x[_columns.First]) * (Right - Left) / (_x[_columns.Last] - _x[_columns.First]));

    private double YOf(double value) => Bottom - ((value - _y[_rows.First]) * (Bottom - Top) / (_y[_rows.Last] - _y[_rows.First]));
}
