using System.Text.RegularExpressions;
using Engine.Data;

namespace Bench.Cohorts.Table;

/// <summary>The groups that the columns of a table make: values of text, decades of age, quartiles of other numbers.</summary>
internal static partial class TableGroups
{
    /// <summary>The largest number of groups that a column makes: each has a row in every table of the report.</summary>
    public const int MostGroups = 256;

    /// <summary>Up to so many different numbers, each is a group.</summary>
    private const int FewNumbers = 10;

    private const int LongestName = 80;
    private const int QuartileCount = 4;

    /// <summary>Builds the groups.</summary>
    /// <param name="file">The file as it is named in errors.</param>
    /// <param name="columns">The columns that make groups.</param>
    /// <param name="splits">What every row is for; quartiles are those of the training rows.</param>
    /// <returns>The groups, everyone first, and those of each column together. A row whose value is missing is in none of that column.</returns>
    /// <exception cref="CohortFormatException">A column has no value, too many, or values that differ only in case.</exception>
    public static (Subgroups Groups, IReadOnlyList<GroupTrait> Traits) Build(string file, IReadOnlyList<TableColumn> columns, CohortSplit[] splits)
    {
        var groups = new Subgroups(splits.Length);
        groups.Add(Cohort.Everyone, RowMask.All(splits.Length));
        var parts = columns.Select(column => (Column: column, Groups: PartsOf(file, column, splits))).ToArray();
        var uses = parts.SelectMany(part => part.Groups).CountBy(group => group.Bare, StringComparer.OrdinalIgnoreCase).ToDictionary(StringComparer.OrdinalIgnoreCase);
        var traits = new List<GroupTrait>();
        foreach (var (column, ofColumn) in parts)
        {
            var names = new List<string>();
            foreach (var (full, bare, contains) in ofColumn)
            {
                var name = bare != full && uses[bare] == 1 && !bare.Equals(Cohort.Everyone, StringComparison.OrdinalIgnoreCase) ? bare : full;
                if (groups.TryGet(name, out _))
                    throw new CohortFormatException(file, 0, column.Name, name, "another column makes a group of this name; call one of the columns or values something else.");
                groups.Add(name, RowMask.From(splits.Length, row => contains(column[row])));
                names.Add(name);
            }

            traits.Add(new GroupTrait(column.Name, names));
        }

        return (groups, traits);
    }

    private static List<(string Full, string Bare, Func<float, bool> Contains)> PartsOf(string file, TableColumn column, CohortSplit[] splits)
    {
        var values = Enumerable.Range(0, splits.Length).Select(row => column[row]).Where(value => !float.IsNaN(value)).Distinct().Order().ToArray();
        if (values.Length == 0)
            throw new CohortFormatException(file, 0, column.Name, "", "every value is missing: there is no group to make.");
        if (column.IsText)
            return OfText(file, column);
        if (AgeName().IsMatch(column.Name))
            return OfAge(file, column, values);
        return values.Length > FewNumbers ? OfQuartiles(column, splits) : [.. values.Select(value => Part($"{column.Name}={TableWords.Of(value)}", null, value.Equals))];
    }

    private static List<(string Full, string Bare, Func<float, bool> Contains)> OfText(string file, TableColumn column)
    {
        if (column.Levels.Count > MostGroups)
            throw new CohortFormatException(file, 0, column.Name, "", $"this column has {column.Levels.Count:N0} different values, and at most {MostGroups} groups are made of one; name a coarser column.");
        if (column.Levels.GroupBy(level => level, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new CohortFormatException(file, 0, column.Name, twice.First(), $"{string.Join(" and ", twice.Select(level => $"'{level}'"))} differ only in case; spell groups in one way.");
        return
        [
            .. Enumerable.Range(0, column.Levels.Count).OrderBy(code => column.Levels[code], StringComparer.Ordinal).Select(code =>
            {
                var level = PrintableText.Of(column.Levels[code], LongestName);
                return Part($"{column.Name}={level}", char.IsLetter(level[0]) && TableWords.TruthOf(level) is null ? level : null, value => value == code);
            }),
        ];
    }

    private static List<(string Full, string Bare, Func<float, bool> Contains)> OfAge(string file, TableColumn column, float[] values) => values[0] < 0
        ? throw new CohortFormatException(file, 0, column.Name, TableWords.Of(values[0]), "an age of 0 or more was expected.")
        : [.. AgeBands.All.Where(band => values.Any(age => band.Contains(age))).Select(band => Part($"{column.Name}={band.Name}", band.Name, value => band.Contains(value)))];

    private static List<(string Full, string Bare, Func<float, bool> Contains)> OfQuartiles(TableColumn column, CohortSplit[] splits)
    {
        var sorted = Enumerable.Range(0, splits.Length).Where(row => splits[row] == CohortSplit.Train).Select(row => column[row]).Where(value => !float.IsNaN(value)).Order().ToArray();
        // Equal limits are one: a value that a quarter of the rows have makes fewer groups.
        float[] limits = sorted.Length == 0 ? [] : [.. Enumerable.Range(1, QuartileCount - 1).Select(quarter => sorted[quarter * sorted.Length / QuartileCount]).Where(limit => limit > sorted[0]).Distinct()];
        var parts = new List<(string Full, string Bare, Func<float, bool> Contains)>();
        for (var i = 0; i <= limits.Length; i++)
        {
            var (from, to) = (i == 0 ? float.NegativeInfinity : limits[i - 1], i == limits.Length ? float.PositiveInfinity : limits[i]);
            var name = (i, limits.Length - i) switch
            {
                (0, 0) => $"{column.Name}: any",
                (0, _) => $"{column.Name}<{TableWords.Of(to)}",
                (_, 0) => $"{column.Name} {TableWords.Of(from)}+",
                _ => $"{column.Name} {TableWords.Of(from)} to {TableWords.Of(to)}",
            };
            parts.Add(Part(name, null, value => value >= from && value < to));
        }

        return parts;
    }

    private static (string Full, string Bare, Func<float, bool> Contains) Part(string full, string? bare, Func<float, bool> contains) => (full, bare ?? full, contains);

    // "age", "anchor_age", "Age (years)", and not "language".
    [GeneratedRegex(@"(?<![\p{L}])age(?![\p{L}])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AgeName();
}
