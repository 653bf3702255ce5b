using Engine.Data;
using Engine.Diagnostics;

namespace Engine.Features;

/// <summary>Prefixes ordered by stay and length, with the row of each.</summary>
internal sealed class PrefixOrder
{
    private readonly int[] _rows;
    private readonly int[] _hours;
    private readonly List<(int Stay, int First)> _stays = [];

    /// <summary>Orders prefixes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A stay is outside 0 to <paramref name="stayCount"/> - 1, or a length is negative.</exception>
    public PrefixOrder(int stayCount, ReadOnlySpan<PrefixSample> prefixes)
    {
        _rows = new int[prefixes.Length];
        var keys = new ulong[prefixes.Length];
        for (var row = 0; row < prefixes.Length; row++)
        {
            if ((uint)prefixes[row].Stay >= (uint)stayCount)
                Throw.ArgumentOutOfRange(nameof(prefixes), prefixes[row], $"a stay of 0 to {stayCount - 1:N0}");
            if (prefixes[row].Hours < 0)
                Throw.ArgumentOutOfRange(nameof(prefixes), prefixes[row], "a length of 0 hours or more");
            (_rows[row], keys[row]) = (row, ((ulong)prefixes[row].Stay << 32) | (uint)prefixes[row].Hours);
        }

        Array.Sort(keys, _rows);
        _hours = new int[keys.Length];
        for (var place = 0; place < keys.Length; place++)
        {
            _hours[place] = (int)(uint)keys[place];
            if (place == 0 || keys[place] >> 32 != keys[place - 1] >> 32)
                _stays.Add(((int)(keys[place] >> 32), place));
        }
    }

    /// <summary>Gets the number of stays that have a prefix.</summary>
    public int StayCount => _stays.Count;

    /// <summary>Returns a stay that has a prefix.</summary>
    public int StayAt(int place) => _stays[place].Stay;

    /// <summary>Returns the rows of its prefixes, the shortest prefix first.</summary>
    public ReadOnlySpan<int> RowsOf(int place) => _rows.AsSpan(_stays[place].First..EndOf(place));

    /// <summary>Returns the lengths of its prefixes, ascending.</summary>
    public ReadOnlySpan<int> HoursOf(int place) => _hours.AsSpan(_stays[place].First..EndOf(place));

    private int EndOf(int place) => place + 1 < _stays.Count ? _stays[place + 1].First : _rows.Length;
}
