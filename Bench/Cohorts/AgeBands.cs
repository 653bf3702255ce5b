using Engine.Data;

namespace Bench.Cohorts;

/// <summary>Groups by decade of age: "&lt;30", "30s" to "80s", "90+".</summary>
internal static class AgeBands
{
    private const int FirstDecade = 3;
    private const int LastDecade = 9;

    /// <summary>Gets the names of the bands and the ages in years that each holds, youngest first; an unknown age (NaN) is in none.</summary>
    public static IReadOnlyList<(string Name, Func<double, bool> Contains)> All { get; } =
        [.. Enumerable.Range(FirstDecade - 1, LastDecade - FirstDecade + 2).Select(decade => (NameOf(decade), HoldsDecade(decade)))];

    /// <summary>Adds every band that holds a row, youngest first.</summary>
    /// <param name="groups">The groups to add to.</param>
    /// <param name="ages">One age a row, in years.</param>
    public static void AddTo(Subgroups groups, IReadOnlyList<double> ages)
    {
        foreach (var (name, contains) in All)
        {
            var mask = RowMask.From(ages.Count, row => contains(ages[row]));
            if (mask.Count > 0)
                groups.Add(name, mask);
        }
    }

    private static Func<double, bool> HoldsDecade(int decade) =>
        age => !double.IsNaN(age) && Math.Clamp((int)Math.Floor(age / 10), FirstDecade - 1, LastDecade) == decade;

    private static string NameOf(int decade) => decade switch
    {
        < FirstDecade => "<30",
        LastDecade => "90+",
        _ => $"{decade}0s",
    };
}
