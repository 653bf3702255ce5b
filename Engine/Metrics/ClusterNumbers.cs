namespace Engine.Metrics;

/// <summary>The cluster of each row, such as the stay of an hour, renumbered from 0 without gaps in the order of the caller's numbers.</summary>
internal sealed class ClusterNumbers
{
    private readonly int[] _clusterOfRow;

    /// <summary>Renumbers clusters.</summary>
    /// <param name="numbers">One number a row, of any size; rows of one number belong together.</param>
    public ClusterNumbers(ReadOnlySpan<int> numbers)
    {
        var distinct = numbers.ToArray();
        Array.Sort(distinct);
        Count = MoveDistinctToFront(distinct);
        _clusterOfRow = new int[numbers.Length];
        for (var row = 0; row < numbers.Length; row++)
        {
            // Rows of a cluster mostly follow each other.
            _clusterOfRow[row] = row > 0 && numbers[row] == numbers[row - 1] ? _clusterOfRow[row - 1] : Array.BinarySearch(distinct, 0, Count, numbers[row]);
        }
    }

    /// <summary>Gets the number of clusters.</summary>
    public int Count { get; }

    /// <summary>Gets the cluster of a row.</summary>
    public int this[int row] => _clusterOfRow[row];

    private static int MoveDistinctToFront(int[] sorted)
    {
        var count = 0;
        foreach (var number in sorted)
        {
            if (count == 0 || sorted[count - 1] != number)
                sorted[count++] = number;
        }

        return count;
    }
}
