using System.Diagnostics.CodeAnalysis;
using Engine.Diagnostics;

namespace Engine.Data;

/// <summary>Named sets of rows, such as "black", "female" or "80s"; a row can be in none, one or several.</summary>
public sealed class Subgroups
{
    private readonly List<string> _names = [];
    private readonly Dictionary<string, RowMask> _masks = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Creates an empty collection of groups.</summary>
    /// <param name="rowCount">The number of rows that every mask must speak of, 0 or more.</param>
    public Subgroups(int rowCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rowCount);
        RowCount = rowCount;
    }

    /// <summary>Gets the number of rows that every mask speaks of.</summary>
    public int RowCount { get; }

    /// <summary>Gets the names, in the order in which the groups were added.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Gets the rows of a group; names are compared without regard to case.</summary>
    /// <param name="name">A name in <see cref="Names"/>.</param>
    /// <exception cref="KeyNotFoundException">There is no such group; the message lists all names.</exception>
    public RowMask this[string name]
    {
        get
        {
            if (!TryGet(name, out var mask))
                Throw.KeyNotFound_Subgroup(name, _names);
            return mask;
        }
    }

    /// <summary>Creates one group for every distinct category, in order of first appearance.</summary>
    /// <param name="categories">One category a row; null for a row in no group.</param>
    /// <returns>The groups.</returns>
    /// <remarks><b>Cost</b>: one look at every row; memory of one bit a row for a group of many rows, of four bytes a row of its own for one of few.</remarks>
    public static Subgroups From(IReadOnlyList<string?> categories)
    {
        ArgumentNullException.ThrowIfNull(categories);
        var (groups, rowsOf) = (new Subgroups(categories.Count), new Dictionary<string, List<int>>(StringComparer.OrdinalIgnoreCase));
        var names = new List<string>();
        for (var row = 0; row < categories.Count; row++)
        {
            if (categories[row] is not { } name)
                continue;
            if (!rowsOf.TryGetValue(name, out var rows))
            {
                rowsOf.Add(name, rows = []);
                names.Add(name);
            }

            rows.Add(row);
        }

        foreach (var name in names)
            groups.Add(name, RowMask.Of(categories.Count, rowsOf[name]));
        return groups;
    }

    /// <summary>Adds a group.</summary>
    /// <param name="name">A name that is not yet taken.</param>
    /// <param name="mask">A mask over <see cref="RowCount"/> rows.</param>
    /// <exception cref="ArgumentException">The mask speaks of another number of rows, or the name is taken.</exception>
    public void Add(string name, RowMask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        if (mask.RowCount != RowCount)
            Throw.Argument_LengthsDiffer(nameof(mask), mask.RowCount, "the other groups", RowCount);
        if (!_masks.TryAdd(name, mask))
            Throw.Argument_Invalid(nameof(name), $"there is already a subgroup '{name}'; names differ by more than case.");
        _names.Add(name);
    }

    /// <summary>Finds a group by name, without regard to case.</summary>
    /// <param name="name">The name.</param>
    /// <param name="mask">The rows of the group, when there is one.</param>
    /// <returns>Whether there is such a group.</returns>
    public bool TryGet(string name, [NotNullWhen(true)] out RowMask? mask) => _masks.TryGetValue(name, out mask);

    /// <summary>Returns some of the groups, over the same rows.</summary>
    /// <param name="names">Their names, without regard to case; a name of no group is passed over.</param>
    /// <returns>The groups that are named, in the order of this collection and under its names.</returns>
    public Subgroups Only(params IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var wanted = names.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var some = new Subgroups(RowCount);
        foreach (var name in _names.Where(wanted.Contains))
            some.Add(name, _masks[name]);
        return some;
    }

    /// <summary>Returns the groups over chosen rows only.</summary>
    /// <param name="rows">Row indices, each 0 to <see cref="RowCount"/> - 1.</param>
    /// <returns>The same names, over <paramref name="rows"/>.Length rows in the given order.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside the rows.</exception>
    public Subgroups Select(ReadOnlyMemory<long> rows)
    {
        var listed = SelectListed(rows.Span);
        var selected = new Subgroups(rows.Length);
        foreach (var name in _names)
            selected.Add(name, listed.TryGetValue(name, out var chosen) ? RowMask.Of(rows.Length, chosen) : _masks[name].Select(rows));
        return selected;
    }

    /// <summary>Selects from all groups of few rows in one look at every chosen row: there may be as many groups as rows.</summary>
    private Dictionary<string, List<int>> SelectListed(ReadOnlySpan<long> rows)
    {
        var names = _names.Where(name => _masks[name].IsListed).ToArray();
        if (names.Length == 0)
            return [];
        // The groups of row r are those at ends[r - 1] to ends[r].
        var ends = new int[RowCount + 1];
        foreach (var row in names.SelectMany(name => _masks[name].Listed))
            ends[row + 1]++;
        for (var row = 0; row < RowCount; row++)
            ends[row + 1] += ends[row];
        var groups = new int[ends[RowCount]];
        foreach (var (group, name) in names.Index())
        {
            foreach (var row in _masks[name].Listed)
                groups[ends[row]++] = group;
        }

        var chosen = Array.ConvertAll(names, static _ => new List<int>());
        for (var place = 0; place < rows.Length; place++)
        {
            var row = rows[place];
            if ((ulong)row >= (ulong)RowCount)
                Throw.Index_RowOutOfRange(row, RowCount);
            foreach (var group in groups.AsSpan((row == 0 ? 0 : ends[row - 1])..ends[row]))
                chosen[group].Add(place);
        }

        return names.Zip(chosen).ToDictionary(static pair => pair.First, static pair => pair.Second);
    }
}
