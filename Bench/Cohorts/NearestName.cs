namespace Bench.Cohorts;

/// <summary>The known name that somebody may have meant.</summary>
internal static class NearestName
{
    /// <summary>More edits than this share of the letters, and the names have little in common.</summary>
    private const double LargestShare = 0.4;

    /// <summary>Returns the end of a sentence about an unknown name: a question where a known one is near, else a full stop.</summary>
    public static string Hint(string unknown, IEnumerable<string> known) =>
        Find(unknown, known) is { } name ? $"; did you mean '{name}'?" : ".";

    /// <summary>Finds the known name that takes the fewest edits.</summary>
    /// <returns>Null where none is near.</returns>
    public static string? Find(string unknown, IEnumerable<string> known) => known
        .Select(name => (Name: name, Edits: Edits(unknown, name)))
        .Where(pair => pair.Edits <= LargestShare * Math.Max(unknown.Length, pair.Name.Length))
        .OrderBy(pair => pair.Edits)
        .Select(pair => pair.Name)
        .FirstOrDefault();

    // Levenshtein's distance, a row at a time.
    private static int Edits(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var (diagonal, _) = (row[0], row[0] = i);
            for (var j = 1; j <= other.Length; j++)
            {
                var replaced = diagonal + (char.ToUpperInvariant(one[i - 1]) == char.ToUpperInvariant(other[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
