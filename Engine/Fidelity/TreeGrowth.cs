using Engine.Data;
using Engine.Numerics;

namespace Engine.Fidelity;

/// <summary>Grows trees one after the other, one thread.</summary>
/// <remarks>
/// <code>
/// rows    | left of the split | right of the split |        a node is a stretch of the rows; its children are the two parts of it
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
    private readonly int[] _rows;
    private readonly int[] _weights;
    private readonly int[] _moved;
    private readonly int[] _order;
    private readonly ulong[] _sorted;
    private readonly int[][] _counts;
    private readonly List<TreeNode> _nodes = [];
    private RandomStream _draws;

    public TreeGrowth(RankedColumn[] columns, Labels labels, RandomForestOptions options)
    {
        (_columns, _labels, _options) = (columns, labels, options);
        _columnsPerSplit = options.ColumnsPerSplit > 0 ? options.ColumnsPerSplit : Math.Max(1, (int)Math.Sqrt(columns.Length));
        (_rows, _weights, _moved, _sorted) = (new int[labels.Count], new int[labels.Count], new int[labels.Count], new ulong[labels.Count]);
        _order = new int[columns.Length];
        var most = columns.Max(static column => column.Values.Length);
        _counts = [new int[most], new int[most], new int[most]];
    }

    /// <summary>Grows a tree.</summary>
    /// <param name="tree">Which one; draws depend on it.</param>
    /// <returns>Its nodes, the root first.</returns>
    public TreeNode[] Grow(int tree)
    {
        _draws = new RandomStream(_options.Seed, SeededOrder.Trees + ((ulong)tree << 48));
        _nodes.Clear();
        Split(0, DrawRows(), depth: 0);
        return [.. _nodes];
    }

    private int DrawRows()
    {
        if (!_options.DrawsRows)
        {
            Array.Fill(_weights, 1);
            for (var row = 0; row < _rows.Length; row++)
                _rows[row] = row;
            return _rows.Length;
        }

        Array.Clear(_weights);
        for (var draw = 0; draw < _weights.Length; draw++)
            _weights[_draws.Below(FirstRowWord + (ulong)draw, (ulong)_weights.Length)]++;
        var count = 0;
        for (var row = 0; row < _weights.Length; row++)
        {
            if (_weights[row] > 0)
                _rows[count++] = row;
        }

        return count;
    }

    /// <summary>Grows the node of rows start to end - 1, and all below it.</summary>
    private void Split(int start, int end, int depth)
    {
        // The right parts still to grow; the left child always comes next, where its parent expects it.
        var waiting = new Stack<(int Parent, int Start, int End, int Depth)>();
        for (var parent = -1; ;)
        {
            if (parent >= 0)
                _nodes[parent] = _nodes[parent] with { Right = _nodes.Count };
            while (true)
            {
                var (zeros, ones) = CountClasses(start, end);
                var node = _nodes.Count;
                var isLeaf = zeros == 0 || ones == 0 || end - start < 2 * _options.FewestRowsOfLeaf || (_options.MaxDepth > 0 && depth >= _options.MaxDepth);
                var split = isLeaf ? default : FindSplit(start, end, zeros, ones, (ulong)node);
                if (!split.IsFound)
                {
                    _nodes.Add(new TreeNode((double)ones / (zeros + ones), -1, -1));
                    break;
                }

                var values = _columns[split.Column].Values;
                // Halves of floats are exact in double, and their sum lies below the upper value.
                var threshold = (values[split.Last] / 2.0) + (values[split.Next] / 2.0);
                _nodes.Add(new TreeNode(threshold, split.Column, -1));
                var middle = Partition(start, end, split.Column, split.Last);
                waiting.Push((node, middle, end, depth + 1));
                (end, depth) = (middle, depth + 1);
            }

            if (!waiting.TryPop(out var next))
                return;
            (parent, start, end, depth) = next;
        }
    }

    private (long Zeros, long Ones) CountClasses(int start, int end)
    {
        var labels = _labels.Values;
        long all = 0, ones = 0;
        foreach (var row in _rows.AsSpan(start, end - start))
        {
            all += _weights[row];
            ones += _weights[row] * labels[row];
        }

        return (all - ones, ones);
    }

    private Found FindSplit(int start, int end, long zeros, long ones, ulong node)
    {
        for (var column = 0; column < _order.Length; column++)
            _order[column] = column;
        var best = default(Found);
        var isAnyVaried = false;
        for (var place = 0; place < _order.Length && (place < _columnsPerSplit || !isAnyVaried); place++)
        {
            var other = place + (int)_draws.Below((node * (ulong)_order.Length) + (ulong)place, (ulong)(_order.Length - place));
            (_order[place], _order[other]) = (_order[other], _order[place]);
            isAnyVaried |= Look(_order[place], start, end, zeros, ones, ref best);
        }

        return best;
    }

    /// <summary>Looks at all splits of a column.</summary>
    /// <returns>Whether the column has different values in the node.</returns>
    private bool Look(int column, int start, int end, long zeros, long ones, ref Found best)
    {
        var ranked = _columns[column];
        if (ranked.Values.Length == 1)
            return false;
        var scan = new Scan(column, end - start, zeros, ones, _options.FewestRowsOfLeaf);
        if (ranked.Values.Length > (long)ValuesPerRow * (end - start))
        {
            LookSorted(ranked, start, end, ref scan, ref best);
            return scan.IsVaried;
        }

        var (counts, weights, weightsOfOne) = (_counts[0], _counts[1], _counts[2]);
        var labels = _labels.Values;
        if (ranked.Bytes is { } bytes)
        {
            foreach (var row in _rows.AsSpan(start, end - start))
                Count(counts, weights, weightsOfOne, bytes[row], _weights[row], labels[row]);
        }
        else
        {
            var ranks = ranked.Ranks!;
            foreach (var row in _rows.AsSpan(start, end - start))
                Count(counts, weights, weightsOfOne, ranks[row], _weights[row], labels[row]);
        }

        for (var value = 0; value < ranked.Values.Length; value++)
        {
            if (counts[value] == 0)
                continue;
            scan.Next(value, counts[value], weights[value] - weightsOfOne[value], weightsOfOne[value], ref best);
            counts[value] = weights[value] = weightsOfOne[value] = 0;
        }

        return scan.IsVaried;
    }

    private static void Count(int[] counts, int[] weights, int[] weightsOfOne, int value, int weight, byte label)
    {
        counts[value]++;
        weights[value] += weight;
        weightsOfOne[value] += weight * label;
    }

    private void LookSorted(RankedColumn ranked, int start, int end, ref Scan scan, ref Found best)
    {
        var labels = _labels.Values;
        var entries = _sorted.AsSpan(0, end - start);
        for (var place = 0; place < entries.Length; place++)
        {
            var row = _rows[start + place];
            var value = ranked.Bytes is { } bytes ? bytes[row] : ranked.Ranks![row];
            entries[place] = ((ulong)value << 32) | ((ulong)labels[row] << 31) | (uint)_weights[row];
        }

        entries.Sort();
        for (var first = 0; first < entries.Length;)
        {
            var (value, last) = (entries[first] >> 32, first);
            long zeros = 0, ones = 0;
            for (; last < entries.Length && entries[last] >> 32 == value; last++)
            {
                var weight = (long)(entries[last] & 0x7FFF_FFFF);
                if ((entries[last] >> 31 & 1) == 0)
                    zeros += weight;
                else
                    ones += weight;
            }

            scan.Next((int)value, last - first, zeros, ones, ref best);
            first = last;
        }
    }

    /// <summary>Moves the rows of values up to a place to the front, both parts in their order.</summary>
    private int Partition(int start, int end, int column, int last)
    {
        var ranked = _columns[column];
        var (left, moved) = (start, 0);
        for (var place = start; place < end; place++)
        {
            var row = _rows[place];
            if ((ranked.Bytes is { } bytes ? bytes[row] : ranked.Ranks![row]) <= last)
                _rows[left++] = row;
            else
                _moved[moved++] = row;
        }

        Array.Copy(_moved, 0, _rows, left, moved);
        return left;
    }

    /// <summary>A split: the column, the last place that goes left and the next one that occurs in the node.</summary>
    private record struct Found(bool IsFound, double Purity, int Column, int Last, int Next);

    /// <summary>A walk through the values of a column in a node, rising.</summary>
    private struct Scan(int column, int rowCount, long zeros, long ones, int fewestRows)
    {
        private int _last = -1;
        private int _leftRows;
        private long _leftZeros;
        private long _leftOnes;

        public bool IsVaried { get; private set; }

        public void Next(int value, int rows, long zerosOfValue, long onesOfValue, ref Found best)
        {
            if (_last >= 0)
            {
                IsVaried = true;
                if (_leftRows >= fewestRows && rowCount - _leftRows >= fewestRows)
                    Consider(value, ref best);
            }

            _last = value;
            _leftRows += rows;
            _leftZeros += zerosOfValue;
            _leftOnes += onesOfValue;
        }

        private readonly void Consider(int value, ref Found best)
        {
            double left0 = _leftZeros, left1 = _leftOnes, right0 = zeros - _leftZeros, right1 = ones - _leftOnes;
            // The sum over both sides of weight x (1 - impurity): most of it is the least impurity.
            var purity = (((left0 * left0) + (left1 * left1)) / (left0 + left1)) + (((right0 * right0) + (right1 * right1)) / (right0 + right1));
            if (!best.IsFound || purity > best.Purity)
                best = new Found(true, purity, column, _last, value);
        }
    }
}
