using System.Globalization;
using Engine.Data;

namespace Bench.Cohorts.Equity;

/// <summary>Chooses the groups that are made small.</summary>
internal static class SmallGroups
{
    /// <summary>A hundred rows of a group are drawn to be its few, and it is judged on the rest, of which there should be as many.</summary>
    public const int FewestRows = 200;

    /// <summary>Chooses those groups that have rows enough, and says of the others that they have not.</summary>
    /// <param name="groups">The groups.</param>
    /// <param name="names">Those that may be chosen; one that is not there is passed over.</param>
    public static (IReadOnlyList<string> Chosen, IReadOnlyList<string> Notes) Choose(Subgroups groups, IEnumerable<string> names)
    {
        var sizes = names.Where(name => groups.TryGet(name, out _)).ToLookup(name => groups[name].Count >= FewestRows);
        return (
            [.. sizes[true]],
            [
                .. sizes[false].Select(name => string.Create(
                    CultureInfo.InvariantCulture, $"The group '{name}' has {groups[name].Count:N0} rows, too few to draw a hundred and judge on as many: {FewestRows} are needed.")),
            ]);
    }
}
