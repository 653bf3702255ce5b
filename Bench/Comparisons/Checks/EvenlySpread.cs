namespace Bench.Comparisons.Checks;

/// <summary>Chooses some of many.</summary>
internal static class EvenlySpread
{
    /// <summary>Chooses places from first to last, as far apart as they can be.</summary>
    /// <param name="count">There are this many.</param>
    /// <param name="most">How many to choose at most.</param>
    /// <returns>Ascending places.</returns>
    public static int[] Of(int count, int most)
    {
        var chosen = Math.Min(count, most);
        return [.. Enumerable.Range(0, chosen).Select(i => (int)((long)i * count / chosen))];
    }
}
