using System.Numerics;
using Engine.Diagnostics;

namespace Engine.Data;

/// <summary>A set of rows, one bit a row; of few rows among many their list, until somebody asks for the bits.</summary>
public sealed class RowMask
{
    private const int BitsPerWord = 64;

    /// <summary>A list of ints is smaller than bits where there are fewer rows than one in so many.</summary>
    private const int RowsPerListedRow = 32;

    private readonly int[]? _list;
    private ulong[]? _words;

    private RowMask(int rowCount, ulong[] words)
    {
        RowCount = rowCount;
        _words = words;
        foreach (var word in words)
            Count += BitOperations.PopCount(word);
    }

    private RowMask(int rowCount, int[] list) => (RowCount, Count, _list) = (rowCount, list.Length, list);

    /// <summary>Gets the number of rows that the mask speaks of.</summary>
    public int RowCount { get; }

    /// <summary>Gets the number of rows in the set.</summary>
    public int Count { get; }

    /// <summary>Gets the bits: row i is bit i mod 64 of word i / 64; bits beyond the last row are 0.</summary>
    internal ReadOnlySpan<ulong> Words => AllWords;

    /// <summary>Gets the rows, ascending, where there are so few of them that they are kept as a list; else nothing.</summary>
    internal IReadOnlyList<int> Listed => _list ?? [];

    /// <summary>Gets whether the rows are kept as a list.</summary>
    internal bool IsListed => _list is not null;

    // Threads that ask at once make the same bits.
    private ulong[] AllWords => _words ??= WordsOf(RowCount, _list!);

    /// <summary>Gets whether a row is in the set.</summary>
    /// <param name="row">The row, 0 to <see cref="RowCount"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="row"/> is outside the rows that the mask speaks of.</exception>
    public bool this[int row]
    {
        get
        {
            if ((uint)row >= (uint)RowCount)
                Throw.Index_RowOutOfRange(row, RowCount);
            return _words is { } words ? (words[(uint)row / BitsPerWord] >> (row % BitsPerWord) & 1) != 0 : Array.BinarySearch(_list!, row) >= 0;
        }
    }

    /// <summary>Creates the set of rows that satisfy a condition.</summary>
    /// <param name="rowCount">The number of rows, 0 or more.</param>
    /// <param name="contains">Called once for every row, in order.</param>
    /// <returns>The mask.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rowCount"/> is negative.</exception>
    public static RowMask From(int rowCount, Func<int, bool> contains)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rowCount);
        ArgumentNullException.ThrowIfNull(contains);
        var words = new ulong[WordCount(rowCount)];
        for (var row = 0; row < rowCount; row++)
        {
            if (contains(row))
                words[row / BitsPerWord] |= 1UL << (row % BitsPerWord);
        }

        return new RowMask(rowCount, words);
    }

    /// <summary>Creates a set of listed rows, each 0 to <paramref name="rowCount"/> - 1, strictly rising.</summary>
    internal static RowMask Of(int rowCount, List<int> rows) =>
        rows.Count < rowCount / RowsPerListedRow ? new RowMask(rowCount, rows.ToArray()) : new RowMask(rowCount, WordsOf(rowCount, rows));

    /// <summary>Creates the set of all rows.</summary>
    /// <param name="rowCount">The number of rows, 0 or more.</param>
    /// <returns>The mask.</returns>
    public static RowMask All(int rowCount) => From(rowCount, static _ => true);

    /// <summary>Returns the rows that are in both sets.</summary>
    /// <param name="other">A mask over the same rows.</param>
    /// <returns>The intersection.</returns>
    /// <exception cref="ArgumentException">The masks speak of different numbers of rows.</exception>
    public RowMask And(RowMask other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.RowCount != RowCount)
            Throw.Argument_LengthsDiffer(nameof(other), other.RowCount, "this mask", RowCount);
        var (these, others) = (AllWords, other.AllWords);
        var words = new ulong[these.Length];
        for (var i = 0; i < words.Length; i++)
            words[i] = these[i] & others[i];
        return new RowMask(RowCount, words);
    }

    /// <summary>Returns the rows that are not in the set.</summary>
    /// <returns>The complement, over the same rows.</returns>
    public RowMask Not() => From(RowCount, row => !this[row]);

    /// <summary>Returns the mask over chosen rows only.</summary>
    /// <param name="rows">Row indices, each 0 to <see cref="RowCount"/> - 1.</param>
    /// <returns>A mask over <paramref name="rows"/>.Length rows, in the given order.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside the rows that the mask speaks of.</exception>
    public RowMask Select(ReadOnlyMemory<long> rows) => From(rows.Length, i =>
    {
        var row = rows.Span[i];
        if ((ulong)row >= (ulong)RowCount)
            Throw.Index_RowOutOfRange(row, RowCount);
        return this[(int)row];
    });

    /// <summary>Lists the rows in the set.</summary>
    /// <returns>Row indices, ascending.</returns>
    public long[] ToRows()
    {
        if (_list is not null)
            return Array.ConvertAll(_list, static row => (long)row);
        var rows = new long[Count];
        var next = 0;
        for (var word = 0; word < AllWords.Length; word++)
        {
            for (var bits = AllWords[word]; bits != 0; bits &= bits - 1)
                rows[next++] = ((long)word * BitsPerWord) + BitOperations.TrailingZeroCount(bits);
        }

        return rows;
    }

    private static int WordCount(int rowCount) => (int)(((uint)rowCount + BitsPerWord - 1) / BitsPerWord);

    private static ulong[] WordsOf(int rowCount, IEnumerable<int> rows)
    {
        var words = new ulong[WordCount(rowCount)];
        foreach (var row in rows)
            words[row / BitsPerWord] |= 1UL << (row % BitsPerWord);
        return words;
    }
}
