using Engine.Compute;
using Engine.Data;
using Engine.Fidelity;

namespace Bench.Studies.Equity;

/// <summary>The columns that figure 2 shows of a table, as paper E chose blood pressures and numbers of visits: features that go together most, the same for every minority.</summary>
/// <param name="Pair">The two whose joint density is drawn: of all features with many different values, those most correlated; null where no two are.</param>
/// <param name="Correlated">Those that take part in the strongest correlations, in the order of the table; empty where nothing is correlated.</param>
public sealed record PicturedColumns((string First, string Second)? Pair, IReadOnlyList<string> Correlated)
{
    /// <summary>The most columns of <see cref="Correlated"/>.</summary>
    public const int MostCorrelated = 8;

    /// <summary>Columns are chosen by so many rows, the first of the table.</summary>
    public const int MostRows = 1000;

    /// <summary>A value that more of the rows have makes a ridge of a density.</summary>
    private const double MostFrequentShare = .1;

    /// <summary>A column that fewer of the rows have says little of them.</summary>
    private const double LeastPresentShare = .5;

    /// <summary>Chooses columns by the first rows of a table.</summary>
    /// <param name="table">The table, one row at least.</param>
    /// <param name="compute">How to use the machine.</param>
    internal static PicturedColumns Of(SchemaTable table, ComputeOptions compute)
    {
        var rows = table.SelectRows(Enumerable.Range(0, (int)Math.Min(MostRows, table.RowCount)).Select(static row => (long)row).ToArray());
        var correlations = CorrelationComparison.Compute(rows, rows, compute);
        var names = correlations.Columns;
        (int First, int Second)[] pairs = [.. Pairs(table.Schema, correlations)];
        bool[] isSpread = [.. names.Select(name => IsSpread(rows, name))];
        var pair = pairs.Where(pair => isSpread[pair.First] && isSpread[pair.Second]).Select(pair => ((string, string)?)(names[pair.First], names[pair.Second])).FirstOrDefault();
        var correlated = new SortedSet<int>();
        foreach (var (first, second) in pairs)
        {
            if (correlated.Union([first, second]).Count() <= MostCorrelated)
                correlated.UnionWith([first, second]);
        }

        return new PicturedColumns(pair, [.. correlated.Select(column => names[column])]);
    }

    /// <summary>Lists the pairs of features that are correlated, from the strongest on.</summary>
    private static IEnumerable<(int First, int Second)> Pairs(TableSchema schema, CorrelationComparison correlations)
    {
        var (names, real) = (correlations.Columns, correlations.Real.ToArray());
        bool IsFeature(int column) => schema.TryFind(names[column], out var place) && !schema.Columns[place].IsOutcome;
        int[] features = [.. Enumerable.Range(0, names.Count).Where(IsFeature)];
        return from second in features
               from first in features
               where first < second
               let size = Math.Abs(real[(first * names.Count) + second])
               where size > 0
               orderby size descending, first, second
               select (first, second);
    }

    private static bool IsSpread(SchemaTable rows, string name)
    {
        if (!rows.Schema.TryFind(name, out var column) || rows.Schema.Columns[column].Kind is not (ColumnKind.Continuous or ColumnKind.Integer))
            return false;
        var row = new float[rows.Schema.Columns.Count];
        var counts = new Dictionary<float, int>();
        for (var index = 0L; index < rows.RowCount; index++)
        {
            rows.Rows.CopyRow(index, row);
            if (!float.IsNaN(row[column]))
                counts[row[column]] = counts.GetValueOrDefault(row[column]) + 1;
        }

        var present = counts.Values.Sum();
        return present >= LeastPresentShare * rows.RowCount && counts.Values.Max() <= MostFrequentShare * present;
    }
}
