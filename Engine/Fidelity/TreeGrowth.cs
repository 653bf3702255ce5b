using Engine.Data;
using Engine.Numerics;

namespace Engine.Fidelity;

/// <summary>Grows trees one after the other, one thread.</summary>
/// <remarks>
/// <code>
/// rows    | left of the split | right of the split |        a node is a stretch of the rows; its children are the two parts of it
/// row     | row, how often it was drawn, class |            all that a look at a column needs but the column
/// </code>
/// Places of a column are counted by class where a node has about as many rows as there are values, else the node's places are sorted.
/// </remarks>
internal sealed class TreeGrowth
{
    /// <summary>The words of a tree: those that draw rows come after all that draw columns.</summary>
    private const ulong FirstRowWord = 1UL << 48;

    /// <summary>From so many values a row on, sorting the rows costs less than a look at all values.</summary>
    private const int ValuesPerRow = 8;

    private readonly RankedColumn[] _columns;
    private readonly Labels _labels;
    private readonly RandomForestOptions _options;
    private readonly int _columnsPerSplit;
    private readonly DrawnRow[] _rows;
    private readonly DrawnRow[] _moved;
    private readonly int[] _timesDrawn;
    private readonly int[] _order;
    private readonly ulong[] _sorted;
    private readonly ulong[] _weights;
    private readonly int[] _counts;
    private readonly List<TreeNode> _nodes = [];
    private RandomStream _draws;

    public TreeGrowth(RankedColumn[] columns, Labels labels, RandomForestOptions options)
    {
        (_columns, _labels, _options) = (columns, labels, options);
        _columnsPerSplit = options.ColumnsPerSplit > 0 ? options.ColumnsPerSplit : Math.Max(1, (int)Math.Sqrt(columns.Length));
        (_rows, _moved, _sorted) = (new DrawnRow[labels.Count], new DrawnRow[labels.Count], new ulong[labels.Count]);
        _timesDrawn = new int[labels.Count];
        _order = new int[columns.Length];
        var most = columns.Max(static column => column.Values.Length);
        (_weights, _counts) = (new ulong[most], new int[most]);
    }

    /// <summary>Grows a tree.</summary>
    /// <param name="tree">Which one; draws depend on it.</param>
    /// <returns>Its nodes, the root first.</returns>
    public TreeNode[] Grow(int tree)
    {
        _draws = new RandomStream(_options.Seed, SeededOrder.Trees + ((ulong)tree << 48));
        _nodes.Clear();
        Split(DrawRows());
        return [.. _nodes];
    }

    /// <summary>Draws the rows of a tree.</summary>
    /// <returns>How many different ones there are.</returns>
    private int DrawRows()
    {
        var labels = _labels.Values;
        var times = _timesDrawn;
        Array.Fill(times, _options.DrawsRows ? 0 : 1);
        for (var draw = 0; _options.DrawsRows && draw < times.Length; draw++)
            times[_draws.Below(FirstRowWord + (ulong)draw, (ulong)times.Length)]++;
        var count = 0;
        for (var row = 0; row < times.Length; row++)
        {
            if (times[row] > 0)
                _rows[count++] = new DrawnRow(row, times[row], labels[row]);
        }

        return count;
    }

    /// <summary>Grows the node of all rows, and all below it.</summary>
    private void Split(int rowCount)
    {
        // The right parts still to grow; the left child always comes next, where its parent expects it.
        var waiting = new Stack<(int Parent, int Start, int End, int Depth, Weights Weights)>();
        var (parent, start, end, depth, weights) = (-1, 0, rowCount, 0, SumOf(_rows.AsSpan(0, rowCount)));
        while (true)
        {
            if (parent >= 0)
                _nodes[parent] = _nodes[parent] with { Right = _nodes.Count };
            while (true)
            {
                var node = _nodes.Count;
                var isLeaf = weights.Zeros == 0 || weights.Ones == 0 || end - start < 2 * _options.FewestRowsOfLeaf || (_options.MaxDepth > 0 && depth >= _options.MaxDepth);
                var split = isLeaf ? default : FindSplit(start, end, weights, (ulong)node);
                if (!split.IsFound)
                {
                    _nodes.Add(new TreeNode((double)weights.Ones / (weights.Zeros + weights.Ones), -1, -1));
                    break;
                }

                var values = _columns[split.Column].Values;
                // Halves of floats are exact in double, and their sum lies below the upper value.
                var threshold = (values[split.Last] / 2.0) + (values[split.Next] / 2.0);
                _nodes.Add(new TreeNode(threshold, split.Column, -1));
                var middle = Partition(start, end, split.Column, split.Last);
                waiting.Push((node, middle, end, depth + 1, new Weights(weights.Zeros - split.Left.Zeros, weights.Ones - split.Left.Ones)));
                (end, depth, weights) = (middle, depth + 1, split.Left);
            }

            if (!waiting.TryPop(out var next))
                return;
            (parent, start, end, depth, weights) = next;
        }
    }

    private static Weights SumOf(ReadOnlySpan<DrawnRow> rows)
    {
        long zeros = 0, ones = 0;
        foreach (var row in rows)
        {
            zeros += row.Zeros;
            ones += row.Ones;
        }

        return new Weights(zeros, ones);
    }

    private Found FindSplit(int start, int end, Weights weights, ulong node)
    {
        for (var column = 0; column < _order.Length; column++)
            _order[column] = column;
        var best = default(Found);
        var isAnyVaried = false;
        for (var place = 0; place < _order.Length && (place < _columnsPerSplit || !isAnyVaried); place++)
        {
            var other = place + (int)_draws.Below((node * (ulong)_order.Length) + (ulong)place, (ulong)(_order.Length - place));
            (_order[place], _order[other]) = (_order[other], _order[place]);
            isAnyVaried |= Look(_order[place], start, end, weights, ref best);
        }

        return best;
    }

    /// <summary>Looks at all splits of a column.</summary>
    /// <returns>Whether the column has different values in the node.</returns>
    private bool Look(int column, int start, int end, Weights weights, ref Found best)
    {
        var ranked = _columns[column];
        if (ranked.Values.Length == 1)
            return false;
        var rows = _rows.AsSpan(start, end - start);
        var scan = new Scan(column, rows.Length, weights, _options.FewestRowsOfLeaf);
        if (ranked.Values.Length > (long)ValuesPerRow * rows.Length)
            LookSorted(ranked, rows, ref scan, ref best);
        else if (ranked.Values.Length == 2)
            LookAtTwo(ranked.Bytes!, rows, weights, ref scan, ref best);
        else
            LookCounted(ranked, rows, ref scan, ref best);
        return scan.IsVaried;
    }

    /// <summary>Looks at a column of two values, as one-hot columns are: sums stay in registers.</summary>
    private static void LookAtTwo(byte[] places, ReadOnlySpan<DrawnRow> rows, Weights all, ref Scan scan, ref Found best)
    {
        var (upper, count) = (0UL, 0);
        foreach (var row in rows)
        {
            var place = places[row.Index];
            upper += row.Both & (0UL - place);
            count += place;
        }

        var above = Weights.Of(upper);
        if (count < rows.Length)
            scan.Next(0, rows.Length - count, new Weights(all.Zeros - above.Zeros, all.Ones - above.Ones), ref best);
        if (count > 0)
            scan.Next(1, count, above, ref best);
    }

    private void LookCounted(RankedColumn ranked, ReadOnlySpan<DrawnRow> rows, ref Scan scan, ref Found best)
    {
        var (weights, counts) = (_weights, _counts);
        if (ranked.Bytes is { } bytes)
        {
            foreach (var row in rows)
            {
                var place = bytes[row.Index];
                weights[place] += row.Both;
                counts[place]++;
            }
        }
        else
        {
            var ranks = ranked.Ranks!;
            foreach (var row in rows)
            {
                var place = ranks[row.Index];
                weights[place] += row.Both;
                counts[place]++;
            }
        }

        for (var value = 0; value < ranked.Values.Length; value++)
        {
            if (counts[value] == 0)
                continue;
            scan.Next(value, counts[value], Weights.Of(weights[value]), ref best);
            weights[value] = 0;
            counts[value] = 0;
        }
    }

    private void LookSorted(RankedColumn ranked, ReadOnlySpan<DrawnRow> rows, ref Scan scan, ref Found best)
    {
        var entries = _sorted.AsSpan(0, rows.Length);
        for (var place = 0; place < entries.Length; place++)
        {
            var row = rows[place];
            entries[place] = ((ulong)ranked.PlaceOf(row.Index) << 32) | row.Signed;
        }

        entries.Sort();
        for (var first = 0; first < entries.Length;)
        {
            var (value, last) = (entries[first] >> 32, first);
            long zeros = 0, ones = 0;
            for (; last < entries.Length && entries[last] >> 32 == value; last++)
            {
                var row = new DrawnRow(0, (uint)entries[last]);
                zeros += row.Zeros;
                ones += row.Ones;
            }

            scan.Next((int)value, last - first, new Weights(zeros, ones), ref best);
            first = last;
        }
    }

    /// <summary>Moves the rows of values up to a place to the front, both parts in their order.</summary>
    private int Partition(int start, int end, int column, int last)
    {
        var (rows, moved, ranked) = (_rows, _moved, _columns[column]);
        var (left, right) = (start, 0);
        for (var place = start; place < end; place++)
        {
            // Every row is written to both parts, and stays in the one whose end moves on: a branch would be mispredicted often.
            var row = rows[place];
            var isLeft = ranked.PlaceOf(row.Index) <= last ? 1 : 0;
            rows[left] = row;
            moved[right] = row;
            left += isLeft;
            right += 1 - isLeft;
        }

        Array.Copy(moved, 0, rows, left, right);
        return left;
    }

    /// <summary>How often rows of either class were drawn.</summary>
    private readonly record struct Weights(long Zeros, long Ones)
    {
        /// <summary>Reads sums of <see cref="DrawnRow.Both"/>.</summary>
        public static Weights Of(ulong both) => new((uint)both, (long)(both >> 32));
    }

    /// <summary>A row that a tree grows on.</summary>
    /// <param name="Index">The row.</param>
    /// <param name="Signed">How often it was drawn; the highest bit is its class.</param>
    private readonly record struct DrawnRow(int Index, uint Signed)
    {
        private const int ClassBit = 31;

        public DrawnRow(int index, int weight, byte label)
            : this(index, (uint)weight | ((uint)label << ClassBit))
        {
        }

        public uint Zeros => (Signed >> ClassBit) == 0 ? Signed : 0;

        public uint Ones => (Signed >> ClassBit) == 0 ? 0 : Signed & ~(1u << ClassBit);

        /// <summary>Gets the draws as one of class 0 in the lower and of class 1 in the upper half: all draws of a tree are fewer than 2^31.</summary>
        public ulong Both => (ulong)(Signed & ~(1u << ClassBit)) << (int)(Signed >> ClassBit << 5);
    }

    /// <summary>A split: the column, the last place that goes left, the next one that occurs in the node, and what goes left.</summary>
    private record struct Found(bool IsFound, double Purity, int Column, int Last, int Next, Weights Left);

    /// <summary>A walk through the values of a column in a node, rising.</summary>
    private struct Scan(int column, int rowCount, Weights all, int fewestRows)
    {
        private int _last = -1;
        private int _leftRows;
        private Weights _left;

        public bool IsVaried { get; private set; }

        public void Next(int value, int rows, Weights ofValue, ref Found best)
        {
            if (_last >= 0)
            {
                IsVaried = true;
                if (_leftRows >= fewestRows && rowCount - _leftRows >= fewestRows)
                    Consider(value, ref best);
            }

            _last = value;
            _leftRows += rows;
            _left = new Weights(_left.Zeros + ofValue.Zeros, _left.Ones + ofValue.Ones);
        }

        private readonly void Consider(int value, ref Found best)
        {
            double left0 = _left.Zeros, left1 = _left.Ones, right0 = all.Zeros - _left.Zeros, right1 = all.Ones - _left.Ones;
            // The sum over both sides of weight x (1 - impurity): most of it is the least impurity.
            var purity = (((left0 * left0) + (left1 * left1)) / (left0 + left1)) + (((right0 * right0) + (right1 * right1)) / (right0 + right1));
            if (!best.IsFound || purity > best.Purity)
                best = new Found(true, purity, column, _last, value, _left);
        }
    }
}
