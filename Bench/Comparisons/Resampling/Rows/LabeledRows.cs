using Engine.Data;

namespace Bench.Comparisons.Resampling.Rows;

/// <summary>What a method resamples.</summary>
/// <param name="Samples">n x p, finite, in memory of its own.</param>
/// <param name="Labels">n labels, both classes present.</param>
/// <param name="Group">The rows of the group whose class 1 rows DP repeats.</param>
/// <param name="Schema">Which columns hold masks and categories.</param>
internal sealed record LabeledRows(SampleMatrix Samples, Labels Labels, RowMask Group, ColumnSchema Schema)
{
    /// <summary>Gets the bytes of the values, padding left out.</summary>
    public long Bytes => Samples.RowCount * Samples.FeatureCount * sizeof(float);

    /// <summary>Gets the rows of the rarer class.</summary>
    public long[] MinorityRows => Labels.ToMask(Labels.MinorityClass).ToRows();

    /// <summary>Gets the rows of the other class.</summary>
    public long[] MajorityRows => Labels.ToMask((byte)(1 - Labels.MinorityClass)).ToRows();

    /// <summary>Copies some rows.</summary>
    /// <param name="rows">Row indices.</param>
    public LabeledRows Select(long[] rows) => new(Samples.SelectRows(rows).Copy(), Labels.Select(rows), Group.Select(rows), Schema);
}
