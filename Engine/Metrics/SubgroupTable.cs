using System.Diagnostics.CodeAnalysis;
using Engine.Diagnostics;

namespace Engine.Metrics;

/// <summary>The metrics of every subgroup side by side, and how far apart the groups lie.</summary>
/// <remarks><b>Source</b>: disparities as the 2022 version of paper P defines them; <c>docs/sources.md</c>.</remarks>
public sealed class SubgroupTable
{
    internal SubgroupTable(IReadOnlyList<SubgroupRow> rows) => Rows = rows;

    /// <summary>Gets one row a group, in the order of the groups; an empty group has a row of nulls.</summary>
    public IReadOnlyList<SubgroupRow> Rows { get; }

    /// <summary>Gets the metrics of a group; names are compared without regard to case.</summary>
    /// <param name="group">The name of a group.</param>
    /// <exception cref="KeyNotFoundException">There is no such group; the message lists all names.</exception>
    public MetricSet this[string group]
    {
        get
        {
            if (!TryGet(group, out var metrics))
                Throw.KeyNotFound_Subgroup(group, Rows.Select(row => row.Group));
            return metrics;
        }
    }

    /// <summary>Finds the metrics of a group by name, without regard to case.</summary>
    /// <param name="group">The name.</param>
    /// <param name="metrics">The metrics, when there is such a group.</param>
    /// <returns>Whether there is such a group.</returns>
    public bool TryGet(string group, [NotNullWhen(true)] out MetricSet? metrics)
    {
        metrics = Rows.FirstOrDefault(row => string.Equals(row.Group, group, StringComparison.OrdinalIgnoreCase))?.Metrics;
        return metrics is not null;
    }

    /// <summary>Computes the ratio of the best-served to the worst-served group: largest value / smallest value.</summary>
    /// <param name="metric">The metric to compare.</param>
    /// <param name="groups">At least one group of the table, such as all age groups.</param>
    /// <param name="disparity">1 or more; 1 means no difference.</param>
    /// <returns>False when a group has no value (leave it out to compare the others), or when the smallest value is 0 or negative, which no ratio can rank.</returns>
    /// <exception cref="ArgumentException"><paramref name="groups"/> is empty.</exception>
    /// <exception cref="KeyNotFoundException">A name is not in the table.</exception>
    public bool TryComputeRelativeDisparity(ScoreMetric metric, IReadOnlyCollection<string> groups, out double disparity)
    {
        disparity = 0;
        if (!TryFindRange(metric, groups, out var least, out var most) || least <= 0)
            return false;
        disparity = most / least;
        return true;
    }

    /// <summary>Computes the distance of the best-served from the worst-served group: largest value - smallest value.</summary>
    /// <param name="metric">The metric to compare.</param>
    /// <param name="groups">At least one group of the table, such as all age groups.</param>
    /// <param name="disparity">0 or more; 0 means no difference.</param>
    /// <returns>False when a group has no value; leave it out to compare the others.</returns>
    /// <exception cref="ArgumentException"><paramref name="groups"/> is empty.</exception>
    /// <exception cref="KeyNotFoundException">A name is not in the table.</exception>
    public bool TryComputeAbsoluteDisparity(ScoreMetric metric, IReadOnlyCollection<string> groups, out double disparity)
    {
        var found = TryFindRange(metric, groups, out var least, out var most);
        disparity = most - least;
        return found;
    }

    private bool TryFindRange(ScoreMetric metric, IReadOnlyCollection<string> groups, out double least, out double most)
    {
        ArgumentNullException.ThrowIfNull(groups);
        if (groups.Count == 0)
            Throw.Argument_Invalid(nameof(groups), "a disparity needs at least one group; name the groups to compare.");

        var values = groups.Select(group => this[group][metric]).ToArray();
        var isComplete = values.All(value => value.HasValue);
        least = isComplete ? values.Min()!.Value : 0;
        most = isComplete ? values.Max()!.Value : 0;
        return isComplete;
    }
}

/// <summary>One line of a <see cref="SubgroupTable"/>.</summary>
/// <param name="Group">The name of the group.</param>
/// <param name="Metrics">The metrics over its rows.</param>
public sealed record SubgroupRow(string Group, MetricSet Metrics);

/// <summary>What was computed for one group.</summary>
/// <typeparam name="T">The result.</typeparam>
/// <param name="Group">The name of the group.</param>
/// <param name="Value">The result over its rows; null where it is undefined.</param>
public sealed record SubgroupValue<T>(string Group, T? Value)
    where T : struct;
