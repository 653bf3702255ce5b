using Engine.Data;
using Engine.Diagnostics;

namespace Engine.Prognosis;

/// <summary>The first step of double prioritized sampling: which groups and classes are rare.</summary>
/// <remarks><b>Source</b>: Afrose et al. 2021, figure 1 (bias testing) and figures 2B, 2D.</remarks>
public static class BiasReport
{
    /// <summary>Counts rows and class 1 rows of every group.</summary>
    /// <param name="labels">n labels.</param>
    /// <param name="groups">Groups over the same rows.</param>
    /// <returns>One row a group, in the order of the groups.</returns>
    /// <exception cref="ArgumentException">The groups speak of another number of rows.</exception>
    public static IReadOnlyList<BiasRow> Compute(Labels labels, Subgroups groups)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(groups);
        if (groups.RowCount != labels.Count)
            Throw.Argument_LengthsDiffer(nameof(groups), groups.RowCount, nameof(labels), labels.Count);
        var positives = labels.ToMask(1);
        return [.. groups.Names.Select(name =>
        {
            var (rowCount, positiveCount) = (groups[name].Count, groups[name].And(positives).Count);
            return new BiasRow(name, rowCount, Share(rowCount, labels.Count), positiveCount, Share(positiveCount, rowCount), Share(positiveCount, positives.Count));
        })];
    }

    private static double? Share(int part, int whole) => whole == 0 ? null : (double)part / whole;
}
