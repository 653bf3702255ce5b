using Bench.Cohorts;
using Engine.Data;

namespace Bench.Studies.Samples;

/// <summary>Groups of the rows that are in several groups at once, such as "black &amp; female".</summary>
/// <remarks>They are judged as every group is. DP serves one only where it is named.</remarks>
public static class GroupIntersections
{
    /// <summary>The stays, or patients, among the test rows from which on an intersection is judged, unless told otherwise.</summary>
    public const int Least = 20;

    private const string Sign = " & ";

    /// <summary>Adds intersections to the groups of a cohort.</summary>
    /// <param name="cohort">The cohort.</param>
    /// <param name="intersections">Names of two groups or more each, joined by &amp;.</param>
    /// <param name="least">The stays, or patients, that one must have among the test rows; smaller ones are left out, and a note says so.</param>
    /// <returns>The cohort with the further groups, after those that it has.</returns>
    /// <exception cref="ArgumentException">One names fewer than two different groups.</exception>
    /// <exception cref="KeyNotFoundException">A name is of no group; the message lists those that are.</exception>
    public static Cohort AddTo(Cohort cohort, IReadOnlyList<string> intersections, int least = Least)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        ArgumentNullException.ThrowIfNull(intersections);
        var groups = cohort.Groups.Only(cohort.Groups.Names);
        var small = new List<string>();
        var test = cohort.RowsOf(CohortSplit.Test);
        foreach (var intersection in intersections)
        {
            string[] parts = [.. intersection.Split('&', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.OrdinalIgnoreCase)];
            if (parts.Length < 2)
                throw new ArgumentException($"'{intersection}' names {parts.Length} of the two groups or more that an intersection has, such as 'black & female'.");
            var members = parts.Select(part => cohort.Groups[part]).Aggregate((all, one) => all.And(one));
            var name = string.Join(Sign, parts.Select(part => cohort.Groups.Only(part).Names[0]));
            var count = CohortStays.Of(cohort, Array.FindAll(test, row => members[(int)row])).Distinct().Count();
            if (count < least)
                small.Add($"{name} ({count:N0})");
            else if (!groups.TryGet(name, out _))
                groups.Add(name, members);
        }

        return cohort with
        {
            Groups = groups,
            Notes = small.Count == 0 ? cohort.Notes
                : [.. cohort.Notes, $"Intersections with fewer than {least:N0} {CohortStays.NounOf(cohort)} among the test rows are left out: {string.Join(", ", small)}."],
        };
    }

    /// <summary>Returns the groups that a group is the intersection of; none where it is a group by itself.</summary>
    /// <param name="groups">The groups of the cohort.</param>
    /// <param name="name">The name of one.</param>
    internal static IReadOnlyList<string> PartsOf(Subgroups groups, string name) =>
        name.Split(Sign) is { Length: > 1 } parts && parts.All(part => groups.TryGet(part, out _)) ? parts : [];
}
