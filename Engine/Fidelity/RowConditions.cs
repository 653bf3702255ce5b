using Engine.Data;
using Engine.Numerics;

namespace Engine.Fidelity;

/// <summary>How a value is compared.</summary>
internal enum Comparison
{
    Missing,
    Present,
    Equal,
    NotEqual,
    Less,
    AtMost,
    Greater,
    AtLeast,
}

/// <summary>A condition on one column of a row.</summary>
/// <param name="Column">The column.</param>
/// <param name="Comparison">How its value is compared.</param>
/// <param name="Value">With what; nothing where it is missing or present.</param>
internal readonly record struct RowCondition(int Column, Comparison Comparison, float Value)
{
    /// <summary>Returns whether a row meets the condition; a missing value differs from every number, as in pandas.</summary>
    public bool IsMetBy(ReadOnlySpan<float> row)
    {
        var value = row[Column];
        return Comparison switch
        {
            Comparison.Missing => float.IsNaN(value),
            Comparison.Present => !float.IsNaN(value),
            Comparison.Equal => value == Value,
            Comparison.NotEqual => value != Value,
            Comparison.Less => value < Value,
            Comparison.AtMost => value <= Value,
            Comparison.Greater => value > Value,
            _ => value >= Value,
        };
    }
}

/// <summary>Conditions taken from synthetic rows, and how many rows meet them.</summary>
/// <remarks>Draws are numbered by attempt: attempt i reads words 64 i to 64 i + 63 of its stream, so that none depends on another.</remarks>
internal sealed class RowConditions(SchemaTable synthetic, ulong seed, ParallelOptions options)
{
    /// <summary>The largest number of columns of a condition.</summary>
    public const int LargestColumnCount = 16;

    private const ulong WordsPerAttempt = 64;
    private const int AttemptsPerPass = 4096;
    private const int ConditionsPerStep = 64;

    /// <summary>Attempts for each condition that is asked for, after which no more are found.</summary>
    private const int AttemptsPerCondition = 100;

    /// <summary>The values of every column that occur, ascending, one of each, what is missing last; made when first asked for.</summary>
    private float[][]? _distinct;

    private IReadOnlyList<ColumnDescription> Columns => synthetic.Schema.Columns;

    /// <summary>Counts the rows that meet each of some conditions, two at the most.</summary>
    public static int[] CountUpToTwo(IReadOnlyList<RowCondition[]> conditions, SampleMatrix rows, ParallelOptions options)
    {
        var counts = new int[conditions.Count];
        using var hold = rows.Hold();
        ParallelLoop.For(
            0,
            (conditions.Count + ConditionsPerStep - 1) / ConditionsPerStep,
            options,
            () => new float[rows.BlockScratchLength],
            (step, _, scratch) =>
            {
                // Those that were met twice are done; most are soon.
                var open = Enumerable.Range(step * ConditionsPerStep, Math.Min(ConditionsPerStep, conditions.Count - (step * ConditionsPerStep))).ToList();
                for (var blockIndex = 0L; blockIndex < rows.BlockCount && open.Count > 0; blockIndex++)
                {
                    var block = rows.ReadBlock(blockIndex, scratch);
                    for (var place = open.Count - 1; place >= 0; place--)
                    {
                        var condition = open[place];
                        counts[condition] += CountIn(block, conditions[condition], 2 - counts[condition]);
                        if (counts[condition] == 2)
                            open.RemoveAt(place);
                    }
                }

                return scratch;
            },
            static _ => { });
        return counts;
    }

    /// <summary>Finds conditions on one column that one row meets, in random order.</summary>
    public IReadOnlyList<RowCondition[]> Univariate(int count)
    {
        var ofColumns = new List<RowCondition>[Columns.Count];
        ForSortedColumns((column, sorted, missing) => ofColumns[column] = CandidatesOf(column, sorted, missing));
        var candidates = ofColumns.SelectMany(static ofColumn => ofColumn).ToList();
        var order = SeededOrder.Of(candidates.Count, seed, SeededOrder.Predicates);
        var found = new List<RowCondition[]>();
        for (var start = 0; start < order.Length && found.Count < count; start += AttemptsPerPass)
            Accept(order.Skip(start).Take(AttemptsPerPass).Select(place => new[] { candidates[place] }), found, [], count);
        return found;
    }

    /// <summary>Finds conditions on several columns that one row meets.</summary>
    public IReadOnlyList<RowCondition[]> Multivariate(int columnCount, int count)
    {
        var medians = MediansOf();
        var draws = new RandomStream(seed, SeededOrder.Predicates);
        var (found, seen) = (new List<RowCondition[]>(), new HashSet<string>(StringComparer.Ordinal));
        var row = new float[Columns.Count];
        for (var start = 0L; start < (long)count * AttemptsPerCondition && found.Count < count; start += AttemptsPerPass)
        {
            var attempts = new List<RowCondition[]>(AttemptsPerPass);
            for (var attempt = start; attempt < start + AttemptsPerPass; attempt++)
            {
                var word = (ulong)attempt * WordsPerAttempt;
                synthetic.Rows.CopyRow((long)draws.Below(word, (ulong)synthetic.RowCount), row);
                attempts.Add([.. DrawColumns(draws, word + 1, columnCount).Select(column => FromValue(column, row[column], medians[column]))]);
            }

            Accept(attempts, found, seen, count);
        }

        return found;
    }

    /// <summary>Draws conditions with random columns, values and comparisons.</summary>
    public IReadOnlyList<RowCondition[]> Random(int columnCount, int count)
    {
        var draws = new RandomStream(seed, SeededOrder.BaselinePredicates);
        var conditions = new List<RowCondition[]>(count);
        for (var attempt = 0; attempt < count; attempt++)
        {
            var word = (ulong)attempt * WordsPerAttempt;
            var columns = DrawColumns(draws, word, columnCount);
            var condition = new RowCondition[columnCount];
            for (var place = 0; place < columnCount; place++)
                condition[place] = RandomCondition(draws, word + LargestColumnCount + (2 * (ulong)place), columns[place]);
            conditions.Add(condition);
        }

        return conditions;
    }

    private static int CountIn(RowBlock block, RowCondition[] conditions, int limit)
    {
        var count = 0;
        for (var row = 0; row < block.RowCount && count < limit; row++)
        {
            var values = block.Row(row);
            var isMet = true;
            for (var place = 0; place < conditions.Length && isMet; place++)
                isMet = conditions[place].IsMetBy(values);
            count += isMet ? 1 : 0;
        }

        return count;
    }

    private static string TextOf(RowCondition[] conditions) =>
        string.Join('&', conditions.Order(Comparer<RowCondition>.Create(static (x, y) => x.Column.CompareTo(y.Column))).Select(static one => $"{one.Column} {one.Comparison} {one.Value:R}"));

    /// <summary>Lists what could single out a row by one column.</summary>
    private List<RowCondition> CandidatesOf(int column, float[] sorted, int missing)
    {
        var candidates = new List<RowCondition>();
        if (missing == 1)
            candidates.Add(new(column, Comparison.Missing, 0));
        if (missing == sorted.Length)
            return candidates;
        if (!Columns[column].IsNominal)
        {
            candidates.Add(new(column, Comparison.AtMost, sorted[missing]));
            candidates.Add(new(column, Comparison.AtLeast, sorted[^1]));
        }

        for (var place = missing; place < sorted.Length; place++)
        {
            if ((place == missing || sorted[place] != sorted[place - 1]) && (place == sorted.Length - 1 || sorted[place] != sorted[place + 1]))
                candidates.Add(new(column, Comparison.Equal, sorted[place]));
        }

        return candidates;
    }

    /// <summary>Takes the attempts that one synthetic row meets and that are new, in their order.</summary>
    private void Accept(IEnumerable<RowCondition[]> attempts, List<RowCondition[]> found, HashSet<string> seen, int count)
    {
        var all = attempts.ToList();
        var counts = CountUpToTwo(all, synthetic.Rows, options);
        for (var attempt = 0; attempt < all.Count && found.Count < count; attempt++)
        {
            if (counts[attempt] == 1 && seen.Add(TextOf(all[attempt])))
                found.Add(all[attempt]);
        }
    }

    private RowCondition FromValue(int column, float value, double median) => float.IsNaN(value)
        ? new(column, Comparison.Missing, 0)
        : new(column, Columns[column].IsNominal ? Comparison.Equal : value > median ? Comparison.AtLeast : Comparison.AtMost, value);

    private RowCondition RandomCondition(RandomStream draws, ulong word, int column)
    {
        var distinct = DistinctValues()[column];
        var value = distinct[draws.Below(word, (ulong)distinct.Length)];
        Comparison[] choices = float.IsNaN(value)
            ? [Comparison.Missing, Comparison.Present]
            : Columns[column].IsNominal
                ? [Comparison.Equal, Comparison.NotEqual]
                : [Comparison.Equal, Comparison.NotEqual, Comparison.Greater, Comparison.Less, Comparison.AtLeast, Comparison.AtMost];
        return new(column, choices[draws.Below(word + 1, (ulong)choices.Length)], float.IsNaN(value) ? 0 : value);
    }

    /// <summary>Draws different columns: place i of a shuffle takes one of those that are left.</summary>
    private int[] DrawColumns(RandomStream draws, ulong word, int count)
    {
        var left = Enumerable.Range(0, Columns.Count).ToArray();
        for (var place = 0; place < count; place++)
        {
            var other = place + (int)draws.Below(word + (ulong)place, (ulong)(left.Length - place));
            (left[place], left[other]) = (left[other], left[place]);
        }

        return left[..count];
    }

    private float[][] DistinctValues()
    {
        if (_distinct is not null)
            return _distinct;
        var distinct = new float[Columns.Count][];
        ForSortedColumns((column, sorted, missing) =>
            distinct[column] = [.. sorted[missing..].Where((value, place) => place == 0 || value != sorted[missing + place - 1]), .. missing > 0 ? [float.NaN] : Array.Empty<float>()]);
        return _distinct = distinct;
    }

    /// <summary>Returns the median of each column's values that are present; NaN, above which nothing is, where there is none.</summary>
    private double[] MediansOf()
    {
        var medians = new double[Columns.Count];
        ForSortedColumns((column, sorted, missing) =>
        {
            var present = sorted.AsSpan(missing);
            medians[column] = present.IsEmpty ? double.NaN : (present[(present.Length - 1) / 2] + (double)present[present.Length / 2]) / 2;
        });
        return medians;
    }

    /// <summary>Sorts the values of every column, NaN first as .NET sorts it, and says how many are missing.</summary>
    private void ForSortedColumns(Action<int, float[], int> action)
    {
        for (var first = 0; first < Columns.Count; first += TablePair.ColumnsPerPass)
        {
            var start = first;
            var values = TablePair.ReadColumns(synthetic.Rows, first, Math.Min(TablePair.ColumnsPerPass, Columns.Count - first), options);
            ParallelLoop.For(0, values.Length, options, column =>
            {
                Array.Sort(values[column]);
                var missing = 0;
                while (missing < values[column].Length && float.IsNaN(values[column][missing]))
                    missing++;
                action(start + column, values[column], missing);
            });
        }
    }
}
