using Engine.Compute;

namespace Engine.Neighbors;

/// <summary>For every row and group, the closest real row of the group.</summary>
public sealed class ClosestRows
{
    private readonly Dictionary<string, int> _groupOf;

    internal ClosestRows(IReadOnlyList<string> groups, long[] indices, float[] distances, SearchStatistics statistics)
    {
        Groups = groups;
        Indices = indices;
        Distances = distances;
        Statistics = statistics;
        _groupOf = groups.Select((name, group) => (name, group)).ToDictionary(pair => pair.name, pair => pair.group, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Gets the names of the groups, in the order of the columns.</summary>
    public IReadOnlyList<string> Groups { get; }

    /// <summary>Gets the closest real rows, rows x groups, row-major.</summary>
    public ReadOnlyMemory<long> Indices { get; }

    /// <summary>Gets the L1 distances, rows x groups, row-major.</summary>
    public ReadOnlyMemory<float> Distances { get; }

    /// <summary>Gets how much work the search was spared.</summary>
    public SearchStatistics Statistics { get; }

    /// <summary>Summarizes the distances to one group.</summary>
    /// <param name="group">A name in <see cref="Groups"/>.</param>
    /// <returns>The distribution.</returns>
    /// <exception cref="KeyNotFoundException">There is no such group.</exception>
    /// <exception cref="ArgumentException">There is no row whose distances could be summarized.</exception>
    public DistanceSummary SummaryOf(string group) => DistanceSummary.Of(DistancesTo(group));

    /// <summary>Copies the distances to one group.</summary>
    /// <param name="group">A name in <see cref="Groups"/>.</param>
    /// <returns>One L1 distance a row.</returns>
    /// <exception cref="KeyNotFoundException">There is no such group.</exception>
    public float[] DistancesTo(string group)
    {
        var column = _groupOf[group];
        var distances = new float[Distances.Length / Groups.Count];
        for (var row = 0; row < distances.Length; row++)
            distances[row] = Distances.Span[(row * Groups.Count) + column];
        return distances;
    }
}
