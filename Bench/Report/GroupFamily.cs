using System.Text.RegularExpressions;
using Bench.Cohorts;
using Bench.Studies.Samples;

namespace Bench.Report;

/// <summary>Groups that divide the patients by one trait, such as the two sexes; disparities are between the groups of one family.</summary>
/// <param name="Name">"sex", "ethnicity" or "age", or what the cohort calls it.</param>
/// <param name="Groups">The groups of it that the cohort has, in its order.</param>
internal sealed partial record GroupFamily(string Name, IReadOnlyList<string> Groups)
{
    private static readonly (string Name, Func<string, bool> Contains)[] s_families =
    [
        ("sex", static group => IsAnyOf(group, "male", "female")),
        ("ethnicity", static group => IsAnyOf(group, "white", "black", "hispanic", "asian", "other")),
        ("age", static group => AgeBand().IsMatch(group)),
    ];

    /// <summary>Sorts groups of a cohort into families: those that it tells of, else by their names; a group of none, such as everyone, is left out.</summary>
    public static IReadOnlyList<GroupFamily> Of(Cohort cohort, IReadOnlyList<string> groups)
    {
        var families = OfTraits(cohort, groups);
        var intersections = groups.Select(group => (Group: group, Family: FamilyOf(GroupIntersections.PartsOf(cohort.Groups, group)))).Where(one => one.Family.Length > 0).ToLookup(one => one.Family, one => one.Group);
        return [.. families, .. intersections.Select(family => new GroupFamily(family.Key, [.. family]))];

        // Parts may be groups without rows here, which no family above holds.
        string FamilyOf(IReadOnlyList<string> parts) => string.Join(" & ", parts.SelectMany(part => OfTraits(cohort, [part])).Select(family => family.Name));
    }

    /// <summary>Sorts groups into families by their names; a group of no known family, such as everyone, is left out.</summary>
    public static IReadOnlyList<GroupFamily> Of(IReadOnlyList<string> groups) =>
        [.. s_families.Select(family => new GroupFamily(family.Name, [.. groups.Where(family.Contains)])).Where(family => family.Groups.Count > 0)];

    private static IReadOnlyList<GroupFamily> OfTraits(Cohort cohort, IReadOnlyList<string> groups) => cohort.Traits is { } traits
        ? [.. traits.Select(trait => new GroupFamily(trait.Name, [.. groups.Where(trait.Groups.Contains)])).Where(family => family.Groups.Count > 0)]
        : Of(groups);

    private static bool IsAnyOf(string group, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (string.Equals(group, name, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    // "<30", "30s", "90+", "65-74".
    [GeneratedRegex(@"^(<\d+|\d+s|\d+\+|\d+-\d+)$")]
    private static partial Regex AgeBand();
}
