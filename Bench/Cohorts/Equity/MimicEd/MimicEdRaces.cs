namespace Bench.Cohorts.Equity.MimicEd;

/// <summary>The five groups of the study, and which of them each race of MIMIC-IV is in.</summary>
internal static class MimicEdRaces
{
    /// <summary>The group of which there are most.</summary>
    public const string Majority = "White";

    /// <summary>The groups, as the tables of the study name them.</summary>
    public static readonly IReadOnlyList<string> Groups = [Majority, "Black", "Hispanic", "Asian", Other];

    /// <summary>The groups that the study makes small, in the order of its tables.</summary>
    public static readonly IReadOnlyList<string> Minorities = ["Asian", "Black", "Hispanic"];

    private const string Other = "Other";

    private static readonly Dictionary<string, int> s_groups = new[]
    {
        "WHITE|WHITE - OTHER EUROPEAN|WHITE - RUSSIAN|WHITE - EASTERN EUROPEAN|WHITE - BRAZILIAN|PORTUGUESE",
        "BLACK/AFRICAN AMERICAN|BLACK/CAPE VERDEAN|BLACK/CARIBBEAN ISLAND|BLACK/AFRICAN",
        "HISPANIC OR LATINO|HISPANIC/LATINO|HISPANIC/LATINO - PUERTO RICAN|HISPANIC/LATINO - DOMINICAN|HISPANIC/LATINO - GUATEMALAN|HISPANIC/LATINO - SALVADORAN|HISPANIC/LATINO - MEXICAN|"
            + "HISPANIC/LATINO - COLUMBIAN|HISPANIC/LATINO - HONDURAN|HISPANIC/LATINO - CUBAN|HISPANIC/LATINO - CENTRAL AMERICAN|SOUTH AMERICAN",
        "ASIAN|ASIAN - CHINESE|ASIAN - SOUTH EAST ASIAN|ASIAN - ASIAN INDIAN|ASIAN - KOREAN",
    }.SelectMany((names, group) => names.Split('|').Select(name => (name, group))).ToDictionary(pair => pair.name, pair => pair.group, StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets the races of a group in the words of MIMIC-IV, the plain one first; none of the others, who are every other text.</summary>
    public static IReadOnlyList<string> NamesOf(int group) => [.. s_groups.Where(pair => pair.Value == group).Select(pair => pair.Key)];

    /// <summary>Returns the place of the group that a race is in: the last where it is none of those listed, unknown or not told.</summary>
    public static int GroupOf(string race) => s_groups.TryGetValue(race.Trim(), out var group) ? group : Groups.Count - 1;
}
