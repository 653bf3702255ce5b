using System.Numerics;
using Engine.Data;

namespace Engine.Fidelity;

/// <summary>When two rows match: which columns must be equal, and how far the others may differ.</summary>
internal sealed class MatchRule
{
    private readonly int[] _exact;
    private readonly (int Column, double Reach)[] _near;

    private MatchRule(int[] exact, (int Column, double Reach)[] near) => (_exact, _near) = (exact, near);

    /// <summary>Gets the columns that may differ, and how far; that which tells most rows apart first.</summary>
    public ReadOnlySpan<(int Column, double Reach)> Near => _near;

    /// <summary>Creates a rule: levels are equal, numbers within a share of their range.</summary>
    public static MatchRule Within(TableSchema schema, ColumnMoments moments, double share)
    {
        var columns = Enumerable.Range(0, schema.Columns.Count);
        var isExact = columns.Select(column => schema.Columns[column].IsNominal).ToArray();
        return new MatchRule(
            [.. columns.Where(column => isExact[column])],
            // The more a column spreads within its range, the fewer rows it leaves.
            [.. columns.Where(column => !isExact[column]).OrderByDescending(column => moments.RangeOf(column) > 0 ? moments.DeviationOf(column) / moments.RangeOf(column) : 0)
                .Select(column => (column, share * moments.RangeOf(column)))]);
    }

    /// <summary>Creates the rule that everything is equal.</summary>
    public static MatchRule AllEqual(int columnCount) => new([.. Enumerable.Range(0, columnCount)], []);

    /// <summary>Returns a number that is the same for all rows that can match.</summary>
    public ulong KeyOf(ReadOnlySpan<float> row)
    {
        var key = 0xCBF29CE484222325UL;
        foreach (var column in _exact)
            key = Mix(key, BitsOf(row[column]));
        foreach (var (column, _) in _near)
            key = Mix(key, float.IsNaN(row[column]) ? 1u : 0);
        return key;
    }

    /// <summary>Returns whether two rows match.</summary>
    public bool Matches(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        foreach (var (column, reach) in _near)
        {
            // Both are missing, or neither: NaN fails every comparison.
            if (!(Math.Abs((double)x[column] - y[column]) <= reach) && !(float.IsNaN(x[column]) && float.IsNaN(y[column])))
                return false;
        }

        foreach (var column in _exact)
        {
            if (BitsOf(x[column]) != BitsOf(y[column]))
                return false;
        }

        return true;
    }

    // One pattern for all that is missing, and one for both zeros.
    private static uint BitsOf(float value) => float.IsNaN(value) ? 0x7FC0_0000u : BitConverter.SingleToUInt32Bits(value + 0f);

    private static ulong Mix(ulong key, uint bits)
    {
        key = (key ^ bits) * 0x9E3779B97F4A7C15UL;
        return key ^ (key >> 29);
    }
}

/// <summary>Rows sorted so that those which can match a row lie together, with the few numbers by which most of them are told apart.</summary>
internal sealed class MatchIndex
{
    private readonly SampleMatrix _rows;
    private readonly MatchRule _rule;
    private readonly ulong[] _keys;
    private readonly Entry[] _entries;

    private MatchIndex(SampleMatrix rows, MatchRule rule, ulong[] keys, Entry[] entries) => (_rows, _rule, _keys, _entries) = (rows, rule, keys, entries);

    /// <summary>Sorts rows by (key, value of the first column of the rule that may differ, row).</summary>
    public static MatchIndex Build(SampleMatrix rows, MatchRule rule, ParallelOptions options)
    {
        var count = checked((int)rows.RowCount);
        var (keys, entries) = (new ulong[count], new Entry[count]);
        RowLoop.For(rows, options, (row, values) =>
        {
            keys[row] = rule.KeyOf(values);
            entries[row] = EntryOf(values, (int)row, rule);
        });
        Array.Sort(keys, entries);
        for (var start = 0; start < count;)
        {
            var end = EndOfRun(keys, start);
            entries.AsSpan(start, end - start).Sort();
            start = end;
        }

        return new MatchIndex(rows, rule, keys, entries);
    }

    /// <summary>Counts the rows that match one of these.</summary>
    public long CountMatched(SampleMatrix queries, ParallelOptions options)
    {
        var count = 0L;
        using var hold = _rows.Hold();
        RowLoop.For(queries, options, (_, values) =>
        {
            if (FirstMatch(values) >= 0)
                Interlocked.Increment(ref count);
        });
        return count;
    }

    /// <summary>Lists the first of every set of equal rows, ascending; the rule must ask for equality.</summary>
    public long[] FirstOfEqual()
    {
        var isRepeat = new bool[_keys.Length];
        var (first, second) = (new float[_rows.FeatureCount], new float[_rows.FeatureCount]);
        using var hold = _rows.Hold();
        for (var start = 0; start < _keys.Length;)
        {
            var end = EndOfRun(_keys, start);
            for (var entry = start + 1; entry < end; entry++)
            {
                _rows.CopyHeldRow(_entries[entry].Row, second);
                // Of equal rows the first is compared first; other rows of one key are as good as none.
                for (var earlier = start; earlier < entry && !isRepeat[_entries[entry].Row]; earlier++)
                {
                    if (isRepeat[_entries[earlier].Row])
                        continue;
                    _rows.CopyHeldRow(_entries[earlier].Row, first);
                    isRepeat[_entries[entry].Row] = _rule.Matches(first, second);
                }
            }

            start = end;
        }

        return [.. Enumerable.Range(0, isRepeat.Length).Where(row => !isRepeat[row]).Select(static row => (long)row)];
    }

    private static int EndOfRun(ulong[] keys, int start)
    {
        var end = start + 1;
        while (end < keys.Length && keys[end] == keys[start])
            end++;
        return end;
    }

    private int FirstMatch(ReadOnlySpan<float> query)
    {
        var key = _rule.KeyOf(query);
        var start = LowerBound(0, _keys.Length, place => _keys[place] < key);
        if (start == _keys.Length || _keys[start] != key)
            return -1;
        var end = LowerBound(start, _keys.Length, place => _keys[place] <= key);
        var values = EntryOf(query, 0, _rule).Values;
        var near = _rule.Near;
        // Columns that the rule has not are 0 in both rows.
        var (reach0, reach1, reach2, reach3) = (ReachOf(near, 0), ReachOf(near, 1), ReachOf(near, 2), ReachOf(near, 3));
        var scratch = new float[_rows.Stride];
        for (var place = LowerBound(start, end, at => (double)values.X - _entries[at].Values.X > reach0); place < end; place++)
        {
            ref readonly var entry = ref _entries[place];
            if ((double)entry.Values.X - values.X > reach0)
                return -1;
            if (IsFar(entry.Values.Y, values.Y, reach1) || IsFar(entry.Values.Z, values.Z, reach2) || IsFar(entry.Values.W, values.W, reach3))
                continue;
            if (_rule.Matches(query, Read(entry.Row, scratch)))
                return entry.Row;
        }

        return -1;
    }

    private static bool IsFar(float x, float y, double reach) => Math.Abs((double)x - y) > reach;

    private static double ReachOf(ReadOnlySpan<(int Column, double Reach)> near, int place) => place < near.Length ? near[place].Reach : 0;

    private static Entry EntryOf(ReadOnlySpan<float> row, int index, MatchRule rule)
    {
        Span<float> values = stackalloc float[4];
        values.Clear();
        for (var place = 0; place < Math.Min(rule.Near.Length, values.Length); place++)
        {
            // Missing values match each other, and the key has told them from those that are present.
            var value = row[rule.Near[place].Column];
            values[place] = float.IsNaN(value) ? 0 : value;
        }

        return new Entry(new Vector4(values), index);
    }

    private ReadOnlySpan<float> Read(long row, float[] scratch)
    {
        if (_rows.TryGetPaddedRow(row, out var values))
            return values;
        _rows.CopyHeldRow(row, scratch);
        return scratch;
    }

    private static int LowerBound(int first, int end, Func<int, bool> isBefore)
    {
        while (first < end)
        {
            var middle = first + ((end - first) / 2);
            if (isBefore(middle))
                first = middle + 1;
            else
                end = middle;
        }

        return first;
    }

    /// <param name="Values">The first four columns of the rule that may differ.</param>
    /// <param name="Row">The row.</param>
    private readonly record struct Entry(Vector4 Values, int Row) : IComparable<Entry>
    {
        public int CompareTo(Entry other) => Values.X != other.Values.X ? Values.X.CompareTo(other.Values.X) : Row.CompareTo(other.Row);
    }
}

/// <summary>Rows without those that equal an earlier one.</summary>
internal static class DistinctRows
{
    /// <summary>Lists the first of every set of equal rows, ascending; what is missing equals what is missing.</summary>
    public static long[] Of(SampleMatrix rows, ParallelOptions options) =>
        MatchIndex.Build(rows, MatchRule.AllEqual(rows.FeatureCount), options).FirstOfEqual();
}
