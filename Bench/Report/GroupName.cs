using Bench.Cohorts;

namespace Bench.Report;

/// <summary>What groups are called for readers; files and <c>--group</c> use the names of the cohort.</summary>
internal static class GroupName
{
    /// <summary>Returns the name of a group for readers.</summary>
    public static string TitleOf(string group)
    {
        if (group == Cohort.Everyone)
            return "Everyone";
        if (GroupFamily.Of([group]) is [{ Name: "age" }])
            return $"Age {group}";
        return Capital.Of(group);
    }
}
