using Engine.Data;
using Engine.Diagnostics;

namespace Engine.Prognosis;

/// <summary>The first step of double prioritized sampling: which groups and classes are rare.</summary>
/// <remarks><b>Source</b>: Afrose et al. 2021, figure 1 (bias testing) and figures 2B, 2D.</remarks>
public static class BiasReport
{
    /// <summary>Counts rows, class 1 rows and their clusters in every group.</summary>
    /// <param name="labels">n labels.</param>
    /// <param name="groups">Groups over the same rows.</param>
    /// <param name="clusters">The cluster of each row, such as the stay of an hour, as any number; every row by itself when empty.</param>
    /// <returns>One row a group, in the order of the groups.</returns>
    /// <exception cref="ArgumentException">Groups or clusters speak of another number of rows.</exception>
    public static IReadOnlyList<BiasRow> Compute(Labels labels, Subgroups groups, ReadOnlySpan<int> clusters = default)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(groups);
        if (groups.RowCount != labels.Count)
            Throw.Argument_LengthsDiffer(nameof(groups), groups.RowCount, nameof(labels), labels.Count);
        if (!clusters.IsEmpty && clusters.Length != labels.Count)
            Throw.Argument_LengthsDiffer(nameof(clusters), clusters.Length, nameof(labels), labels.Count);
        var positives = labels.ToMask(1);
        var report = new List<BiasRow>();
        foreach (var name in groups.Names)
        {
            var (rows, classOneRows) = (groups[name], groups[name].And(positives));
            report.Add(new BiasRow(
                name,
                rows.Count,
                Share(rows.Count, labels.Count),
                classOneRows.Count,
                Share(classOneRows.Count, rows.Count),
                Share(classOneRows.Count, positives.Count),
                CountClusters(rows, clusters),
                CountClusters(classOneRows, clusters)));
        }

        return report;
    }

    private static int CountClusters(RowMask rows, ReadOnlySpan<int> clusters)
    {
        if (clusters.IsEmpty)
            return rows.Count;
        var distinct = new HashSet<int>();
        foreach (var row in rows.ToRows())
            distinct.Add(clusters[(int)row]);
        return distinct.Count;
    }

    private static double? Share(int part, int whole) => whole == 0 ? null : (double)part / whole;
}
