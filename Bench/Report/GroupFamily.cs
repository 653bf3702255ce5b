using System.Text.RegularExpressions;

namespace Bench.Report;

/// <summary>Groups that divide the patients by one trait, such as the two sexes; disparities are between the groups of one family.</summary>
/// <param name="Name">"sex", "ethnicity" or "age".</param>
/// <param name="Groups">The groups of it that the cohort has, in its order.</param>
internal sealed partial record GroupFamily(string Name, IReadOnlyList<string> Groups)
{
    private static readonly (string Name, Func<string, bool> Contains)[] s_families =
    [
        ("sex", static group => IsAnyOf(group, "male", "female")),
        ("ethnicity", static group => IsAnyOf(group, "white", "black", "hispanic", "asian", "other")),
        ("age", static group => AgeBand().IsMatch(group)),
    ];

    /// <summary>Sorts groups into families by their names; a group of no known family, such as everyone, is left out.</summary>
    public static IReadOnlyList<GroupFamily> Of(IReadOnlyList<string> groups) =>
        [.. s_families.Select(family => new GroupFamily(family.Name, [.. groups.Where(family.Contains)])).Where(family => family.Groups.Count > 0)];

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
