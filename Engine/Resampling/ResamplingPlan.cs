using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;

namespace Engine.Resampling;

/// <summary>Which rows train a model, how many times, and which rows are to be made. No row is copied.</summary>
/// <remarks>Row indices and multiplicities are those of the table and labels that the plan was made for. A plan copies the arrays that it is made of.</remarks>
public sealed class ResamplingPlan
{
    private readonly int[]? _multiplicities;
    private readonly (RowMask Rows, int Times)? _repeated;
    private readonly SyntheticRow[] _synthetic;
    // One for all rows to be made, or one for each.
    private readonly byte[] _syntheticLabels;

    private ResamplingPlan(RowMask repeated, int times)
        : this(repeated.RowCount, null, null, [], [], null) => _repeated = (repeated, times);

    private ResamplingPlan(int sourceRowCount, long[]? keptRows, int[]? multiplicities, SyntheticRow[] synthetic, byte[] syntheticLabels, ColumnSchema? schema)
    {
        SourceRowCount = sourceRowCount;
        // A plain conversion would make of null an empty list of rows.
        KeptRows = keptRows is null ? default(ReadOnlyMemory<long>?) : keptRows;
        _multiplicities = multiplicities;
        _synthetic = synthetic;
        _syntheticLabels = syntheticLabels;
        Schema = schema;
    }

    private ResamplingPlan(ResamplingPlan uses, ResamplingPlan maker)
    {
        (SourceRowCount, KeptRows, _multiplicities, _repeated) = (uses.SourceRowCount, uses.KeptRows, uses._multiplicities, uses._repeated);
        (_synthetic, _syntheticLabels, Schema) = (maker._synthetic, maker._syntheticLabels, maker.Schema);
    }

    /// <summary>Gets the number of rows that the plan was made for.</summary>
    public int SourceRowCount { get; }

    /// <summary>Gets the rows that are kept, ascending, or null when all are.</summary>
    public ReadOnlyMemory<long>? KeptRows { get; }

    /// <summary>Gets the rows to be made.</summary>
    public ReadOnlySpan<SyntheticRow> Synthetic => _synthetic;

    /// <summary>Gets what keeps the rows to be made legal: their masks and categories are those of the nearer parent; null when all columns hold numbers.</summary>
    public ColumnSchema? Schema { get; }

    /// <summary>Gets the number of rows of the resampled table: kept rows times multiplicity, and rows made.</summary>
    public long TotalRowCount
    {
        get
        {
            var original = KeptRows?.Length ?? (long)SourceRowCount;
            if (_multiplicities is not null)
                original = _multiplicities.Sum(static times => (long)times);
            if (_repeated is { } repeated)
                original += (long)repeated.Rows.Count * (repeated.Times - 1);
            return original + _synthetic.Length;
        }
    }

    /// <summary>Gets whether a row is repeated or made, so that the resampled table holds rows that nobody observed.</summary>
    internal bool AddsRows => _synthetic.Length > 0 || _repeated is { Times: > 1, Rows.Count: > 0 } || _multiplicities?.Any(static times => times > 1) == true;

    /// <summary>Keeps every row once.</summary>
    /// <param name="sourceRowCount">The number of rows.</param>
    /// <returns>The plan that changes nothing.</returns>
    public static ResamplingPlan KeepAll(int sourceRowCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sourceRowCount);
        return new(sourceRowCount, null, null, [], [], null);
    }

    /// <summary>Keeps chosen rows once.</summary>
    /// <param name="sourceRowCount">The number of rows.</param>
    /// <param name="keptRows">Ascending row indices.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="ArgumentException">The indices do not ascend, or leave the table.</exception>
    public static ResamplingPlan Keep(int sourceRowCount, long[] keptRows)
    {
        var kept = CopyKeptRows(sourceRowCount, keptRows);
        return new ResamplingPlan(sourceRowCount, kept, null, [], [], null);
    }

    /// <summary>Keeps every row a number of times.</summary>
    /// <param name="multiplicities">One count a row, 0 or more.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="ArgumentException">A count is negative.</exception>
    public static ResamplingPlan Repeat(int[] multiplicities)
    {
        ArgumentNullException.ThrowIfNull(multiplicities);
        var counts = multiplicities.AsSpan().ToArray();
        var negative = Array.FindIndex(counts, static times => times < 0);
        if (negative >= 0)
            Throw.Argument_Invalid(nameof(multiplicities), $"row {negative:N0} is to be kept {counts[negative]:N0} times; a multiplicity is 0 or more.");
        return new ResamplingPlan(counts.Length, null, counts, [], [], null);
    }

    /// <summary>Keeps chosen rows a number of times, the others once; the plan takes a bit a row.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="times">0 or more.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="times"/> is negative.</exception>
    public static ResamplingPlan Repeat(RowMask rows, int times)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(times);
        return new ResamplingPlan(rows, times);
    }

    /// <summary>Keeps every row once and makes new rows of one class.</summary>
    /// <param name="sourceRowCount">The number of rows.</param>
    /// <param name="synthetic">The rows to make.</param>
    /// <param name="label">Their class, 0 or 1.</param>
    /// <param name="schema">What the columns hold; null when all hold numbers.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="ArgumentException">The label is neither 0 nor 1, a factor is not finite, or a row to make starts from or moves towards a row outside the table.</exception>
    public static ResamplingPlan Extend(int sourceRowCount, SyntheticRow[] synthetic, byte label, ColumnSchema? schema = null)
    {
        var made = CopySynthetic(sourceRowCount, synthetic);
        CheckLabel(label);
        return new ResamplingPlan(sourceRowCount, null, null, made, [label], schema);
    }

    /// <summary>Keeps every row once and makes new rows that a sampler drew; nobody else may hold them.</summary>
    internal static ResamplingPlan ExtendByDrawn(int sourceRowCount, SyntheticRow[] drawn, byte label, ColumnSchema? schema = null) =>
        new(sourceRowCount, null, null, drawn, [label], schema);

    /// <summary>Keeps every row once and makes new rows of both classes.</summary>
    /// <param name="sourceRowCount">The number of rows.</param>
    /// <param name="synthetic">The rows to make.</param>
    /// <param name="labels">Their classes, 0 or 1, one a row to make.</param>
    /// <param name="schema">What the columns hold; null when all hold numbers.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="ArgumentException">As in the other overload, or there is another number of labels than of rows to make.</exception>
    public static ResamplingPlan Extend(int sourceRowCount, SyntheticRow[] synthetic, byte[] labels, ColumnSchema? schema = null)
    {
        var made = CopySynthetic(sourceRowCount, synthetic);
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Length != made.Length)
            Throw.Argument_LengthsDiffer(nameof(labels), labels.Length, nameof(synthetic), made.Length);
        var classes = labels.AsSpan().ToArray();
        foreach (var label in classes)
            CheckLabel(label);
        return new ResamplingPlan(sourceRowCount, null, null, made, classes, schema);
    }

    /// <summary>Keeps chosen rows once and makes new rows, as oversampling followed by a cleaning rule does.</summary>
    /// <param name="sourceRowCount">The number of rows.</param>
    /// <param name="keptRows">Ascending row indices.</param>
    /// <param name="synthetic">The rows to make, from kept rows or others.</param>
    /// <param name="label">Their class, 0 or 1.</param>
    /// <param name="schema">What the columns hold; null when all hold numbers.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="ArgumentException">As in <see cref="Keep"/> or <see cref="Extend(int, SyntheticRow[], byte, ColumnSchema?)"/>.</exception>
    public static ResamplingPlan KeepAndExtend(int sourceRowCount, long[] keptRows, SyntheticRow[] synthetic, byte label, ColumnSchema? schema = null)
    {
        var kept = CopyKeptRows(sourceRowCount, keptRows);
        var made = CopySynthetic(sourceRowCount, synthetic);
        CheckLabel(label);
        return new ResamplingPlan(sourceRowCount, kept, null, made, [label], schema);
    }

    /// <summary>Uses the rows as often as this plan says, and makes the rows of another, as double prioritized sampling combined with SMOTE in the group does.</summary>
    /// <param name="maker">A plan for the same rows; only what it makes is taken.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="ArgumentException">The other plan is for another number of rows, or this one makes rows as well.</exception>
    public ResamplingPlan AndMake(ResamplingPlan maker)
    {
        ArgumentNullException.ThrowIfNull(maker);
        if (maker.SourceRowCount != SourceRowCount)
            Throw.Argument_LengthsDiffer(nameof(maker), maker.SourceRowCount, "this plan", SourceRowCount);
        if (_synthetic.Length > 0)
            Throw.Argument_Invalid(nameof(maker), $"this plan makes {_synthetic.Length:N0} rows already; combine a plan that only keeps or repeats rows with one that makes them.");
        return new ResamplingPlan(this, maker);
    }

    /// <summary>Returns the class of a row to be made.</summary>
    /// <param name="index">Its place in <see cref="Synthetic"/>.</param>
    /// <returns>0 or 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public byte SyntheticLabelOf(int index)
    {
        if ((uint)index >= (uint)_synthetic.Length)
            Throw.Index_RowOutOfRange(index, _synthetic.Length);
        return _syntheticLabels[_syntheticLabels.Length == 1 ? 0 : index];
    }

    /// <summary>Returns how many times an original row is used.</summary>
    /// <param name="row">The row, 0 to <see cref="SourceRowCount"/> - 1.</param>
    /// <returns>0 or more.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="row"/> is outside the table.</exception>
    public int MultiplicityOf(int row)
    {
        if ((uint)row >= (uint)SourceRowCount)
            Throw.Index_RowOutOfRange(row, SourceRowCount);
        if (_multiplicities is not null)
            return _multiplicities[row];
        if (_repeated is { } repeated)
            return repeated.Rows[row] ? repeated.Times : 1;
        return KeptRows is not { } kept || kept.Span.BinarySearch((long)row) >= 0 ? 1 : 0;
    }

    /// <summary>Lists how many times every original row is used: the weights of a plan.</summary>
    /// <returns>One count a row, 0 or more.</returns>
    public int[] ToMultiplicities()
    {
        if (_multiplicities is not null)
            return [.. _multiplicities];
        var counts = new int[SourceRowCount];
        if (KeptRows is { } kept)
        {
            foreach (var row in kept.Span)
                counts[row] = 1;
            return counts;
        }

        Array.Fill(counts, 1);
        foreach (var row in RowsNotUsedOnce())
            counts[row] = MultiplicityOf((int)row);
        return counts;
    }

    /// <summary>Returns the rows to be made as a table that is computed when it is read.</summary>
    /// <param name="samples">The table that the plan was made for, n x p.</param>
    /// <param name="compute">What interpolates; the processor when null.</param>
    /// <returns>One row for each of <see cref="Synthetic"/>, in order; the same bits whenever it is read.</returns>
    /// <exception cref="ArgumentException"><paramref name="samples"/> has another number of rows than the plan, or of columns than its schema.</exception>
    public SampleMatrix SyntheticRows(SampleMatrix samples, ComputeOptions? compute = null)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.RowCount != SourceRowCount)
            Throw.Argument_LengthsDiffer(nameof(samples), samples.RowCount, "the plan", SourceRowCount);
        if (Schema is { } schema && schema.FeatureCount != samples.FeatureCount)
            Throw.Argument_FeatureCountsDiffer(nameof(samples), samples.FeatureCount, "the schema", schema.FeatureCount);
        var (parents, synthetic) = samples.IsSpread ? WithParents(samples, _synthetic) : (samples, _synthetic);
        return new SampleMatrix(new InterpolatedRows(parents, synthetic, Schema, (compute ?? ComputeOptions.Default).Backend), _synthetic.Length, samples.FeatureCount);
    }

    /// <summary>Lists the original rows that are not used exactly once, ascending; of a plan that keeps chosen rows it is not asked.</summary>
    internal IReadOnlyList<long> RowsNotUsedOnce()
    {
        if (_repeated is { } repeated)
            return repeated.Times == 1 ? [] : repeated.Rows.ToRows();
        var rows = new List<long>();
        for (var row = 0; row < _multiplicities?.Length; row++)
        {
            if (_multiplicities[row] != 1)
                rows.Add(row);
        }

        return rows;
    }

    /// <summary>Copies rows, then checks the copy: the caller's array may change later.</summary>
    private static long[] CopyKeptRows(int sourceRowCount, long[] keptRows)
    {
        ArgumentNullException.ThrowIfNull(keptRows);
        var kept = keptRows.AsSpan().ToArray();
        for (var i = 0; i < kept.Length; i++)
        {
            if (kept[i] < 0 || kept[i] >= sourceRowCount || (i > 0 && kept[i] <= kept[i - 1]))
                Throw.Argument_Invalid(nameof(keptRows), $"kept row {i:N0} is {kept[i]:N0}; indices must ascend within 0 to {sourceRowCount - 1:N0}.");
        }

        return kept;
    }

    /// <summary>Copies rows to be made, then checks the copy: the caller's array may change later.</summary>
    private static SyntheticRow[] CopySynthetic(int sourceRowCount, SyntheticRow[] synthetic)
    {
        ArgumentNullException.ThrowIfNull(synthetic);
        var copy = synthetic.AsSpan().ToArray();
        for (var i = 0; i < copy.Length; i++)
        {
            var made = copy[i];
            if ((ulong)made.Row >= (ulong)sourceRowCount || (ulong)made.Neighbor >= (ulong)sourceRowCount)
                Throw.Argument_Invalid(nameof(synthetic), $"a row is to be made from rows {made.Row:N0} and {made.Neighbor:N0}; rows are 0 to {sourceRowCount - 1:N0}.");
            if (!float.IsFinite(made.Factor))
                Throw.Argument_ValueNotFinite(nameof(synthetic), i, made.Factor);
        }

        return copy;
    }

    /// <summary>Sends the rows that others are made from to every rank.</summary>
    /// <returns>They alone, and the rows to be made from them.</returns>
    private static (SampleMatrix Parents, SyntheticRow[] Synthetic) WithParents(SampleMatrix samples, SyntheticRow[] synthetic)
    {
        long[] rows = [.. synthetic.SelectMany(static made => new[] { made.Row, made.Neighbor }).Distinct().Order()];
        return (samples.SelectRows(rows), Array.ConvertAll(synthetic, made => made with { Row = Array.BinarySearch(rows, made.Row), Neighbor = Array.BinarySearch(rows, made.Neighbor) }));
    }

    private static void CheckLabel(byte label)
    {
        if (label > 1)
            Throw.ArgumentOutOfRange(nameof(label), label, "0 or 1");
    }
}
