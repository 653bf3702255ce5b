namespace Engine.Logistic;

/// <summary>The rows of each cluster, in rising order; clusters in the order in which rows name them first.</summary>
/// <remarks>
/// <code>
/// clusters of rows   7 3 7 7 3        Starts   0     3   5
///                                     Rows     0 2 3 1 4
/// </code>
/// </remarks>
internal sealed class RowsByCluster
{
    private RowsByCluster(int[] starts, int[] rows) => (Starts, Rows) = (starts, rows);

    /// <summary>Gets where the rows of each cluster begin, and last their number.</summary>
    public int[] Starts { get; }

    /// <summary>Gets the rows.</summary>
    public int[] Rows { get; }

    /// <summary>Gets the number of clusters.</summary>
    public int Count => Starts.Length - 1;

    /// <summary>Sorts rows by what they have in common.</summary>
    /// <param name="rows">The rows, ascending.</param>
    /// <param name="keyOf">What rows of a cluster share.</param>
    public static RowsByCluster Of<TKey>(int[] rows, Func<int, TKey> keyOf)
        where TKey : notnull
    {
        var numbers = new Dictionary<TKey, int>();
        var clusters = new int[rows.Length];
        var counts = new List<int>();
        for (var i = 0; i < rows.Length; i++)
        {
            var key = keyOf(rows[i]);
            if (!numbers.TryGetValue(key, out clusters[i]))
            {
                numbers.Add(key, clusters[i] = counts.Count);
                counts.Add(0);
            }

            counts[clusters[i]]++;
        }

        var starts = new int[counts.Count + 1];
        for (var cluster = 0; cluster < counts.Count; cluster++)
            starts[cluster + 1] = starts[cluster] + counts[cluster];
        var (places, sorted) = (starts[..^1], new int[rows.Length]);
        for (var i = 0; i < rows.Length; i++)
            sorted[places[clusters[i]]++] = rows[i];
        return new RowsByCluster(starts, sorted);
    }
}
