using Engine.Data;

namespace Bench.Cohorts;

/// <summary>Groups by decade of age: "&lt;30", "30s" to "80s", "90+".</summary>
internal static class AgeBands
{
    private const int FirstDecade = 3;
    private const int LastDecade = 9;

    /// <summary>Adds every band that holds a row, youngest first; a row of unknown age (NaN) is in none.</summary>
    /// <param name="groups">The groups to add to.</param>
    /// <param name="ages">One age a row, in years.</param>
    public static void AddTo(Subgroups groups, IReadOnlyList<double> ages)
    {
        for (var decade = FirstDecade - 1; decade <= LastDecade; decade++)
        {
            var mask = RowMask.From(ages.Count, row => !double.IsNaN(ages[row]) && DecadeOf(ages[row]) == decade);
            if (mask.Count > 0)
                groups.Add(NameOf(decade), mask);
        }
    }

    private static int DecadeOf(double age) => Math.Clamp((int)Math.Floor(age / 10), FirstDecade - 1, LastDecade);

    private static string NameOf(int decade) => decade switch
    {
        < FirstDecade => "<30",
        LastDecade => "90+",
        _ => $"{decade}0s",
    };
}
