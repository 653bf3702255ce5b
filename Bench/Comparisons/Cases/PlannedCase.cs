namespace Bench.Comparisons.Cases;

/// <summary>What all cases have in common.</summary>
internal static class PlannedCase
{
    /// <summary>How many times fewer rows a quick run has.</summary>
    public const int QuickDivisor = 10;

    /// <summary>Chooses cases.</summary>
    /// <param name="all">All cases.</param>
    /// <param name="names">The names of those to run; none for all.</param>
    /// <param name="isQuick">Whether to leave the largest out and make the others smaller.</param>
    /// <returns>The cases, in their own order.</returns>
    public static TCase[] Choose<TCase>(IReadOnlyList<TCase> all, IReadOnlyCollection<string> names, bool isQuick)
        where TCase : IPlannedCase<TCase>
    {
        var chosen = all.Where(known => names.Count == 0 || names.Contains(known.Name));
        return [.. isQuick ? chosen.Where(known => !known.IsLarge).Select(known => known.ToQuick()) : chosen];
    }
}
