using CommunityToolkit.HighPerformance.Buffers;
using Engine.Data;
using Engine.Numerics;

namespace Engine.Metrics;

/// <summary>The members of up to 64 groups as bits in the order of a ranking.</summary>
/// <remarks>
/// <code>
/// masks, a bit a row --> groups of a row, a word a row --> in rank order, a word a rank --> ranks of a group, a word a group and 64 ranks
/// </code>
/// Rows in rank order lie anywhere in memory: through the words of a row each is fetched once, not once for each group.
/// </remarks>
internal sealed class RankedGroups : IDisposable
{
    /// <summary>The number of groups that fit.</summary>
    public const int MaxCount = 64;

    /// <summary>The number of ranks in a word.</summary>
    public const int RanksPerWord = 64;

    private const int RanksPerTask = 1 << 16;

    private readonly MemoryOwner<ulong> _words;

    /// <summary>Ranks the members of groups.</summary>
    /// <param name="ranking">n ranked rows.</param>
    /// <param name="masks">At most <see cref="MaxCount"/> masks over the n rows.</param>
    /// <param name="options">How to use the machine.</param>
    public RankedGroups(ScoreRanking ranking, RowMask[] masks, ParallelOptions options)
    {
        var rowCount = ranking.Rows.Length;
        var wordCount = (rowCount + RanksPerWord - 1) / RanksPerWord * RanksPerWord;
        var taskCount = (rowCount + RanksPerTask - 1) / RanksPerTask;
        _words = MemoryOwner<ulong>.Allocate(wordCount, LargeScratch<ulong>.Pool);
        using var groupsOfRow = MemoryOwner<ulong>.Allocate(rowCount, LargeScratch<ulong>.Pool);
        ParallelLoop.For(0, taskCount, options, task => ToGroupsOfRow(masks, task * RanksPerTask, Slice(groupsOfRow.Span, task)));
        ParallelLoop.For(0, taskCount, options, task => ToRanksOfGroup(groupsOfRow.Span, Slice(ranking.Rows, task), Slice(_words.Span, task)));
    }

    /// <summary>Gets a word with bit i set where rank + i is in a group.</summary>
    /// <param name="rank">A multiple of 64 below n.</param>
    /// <param name="group">The place of the group among the masks.</param>
    public ulong Members(int rank, int group) => _words.Span[rank + group];

    /// <summary>Returns the rented memory.</summary>
    public void Dispose() => _words.Dispose();

    private static void ToGroupsOfRow(RowMask[] masks, int firstRow, Span<ulong> groups)
    {
        groups.Clear();
        for (var group = 0; group < masks.Length; group++)
        {
            var words = masks[group].Words;
            for (var start = 0; start < groups.Length; start += RanksPerWord)
            {
                for (var rows = words[(firstRow + start) / RanksPerWord]; rows != 0; rows &= rows - 1)
                    groups[start + (int)ulong.TrailingZeroCount(rows)] |= 1UL << group;
            }
        }
    }

    private static void ToRanksOfGroup(ReadOnlySpan<ulong> groupsOfRow, ReadOnlySpan<int> rows, Span<ulong> words)
    {
        for (var rank = 0; rank < rows.Length; rank++)
            words[rank] = groupsOfRow[rows[rank]];
        words[rows.Length..].Clear();
        for (var start = 0; start < words.Length; start += RanksPerWord)
            Transpose(words.Slice(start, RanksPerWord));
    }

    /// <summary>Exchanges the rows and columns of a square of 64 x 64 bits, halves first: bit j of word i becomes bit i of word j.</summary>
    private static void Transpose(Span<ulong> square)
    {
        var mask = 0x0000_0000_FFFF_FFFFUL;
        for (var width = RanksPerWord / 2; width > 0; width /= 2, mask ^= mask << width)
        {
            for (var i = 0; i < RanksPerWord; i = (i + width + 1) & ~width)
            {
                var exchanged = ((square[i] >> width) ^ square[i + width]) & mask;
                square[i] ^= exchanged << width;
                square[i + width] ^= exchanged;
            }
        }
    }

    private static Span<T> Slice<T>(Span<T> values, int task) => values[(task * RanksPerTask)..Math.Min(values.Length, (task + 1) * RanksPerTask)];

    private static ReadOnlySpan<T> Slice<T>(ReadOnlySpan<T> values, int task) => values[(task * RanksPerTask)..Math.Min(values.Length, (task + 1) * RanksPerTask)];
}
