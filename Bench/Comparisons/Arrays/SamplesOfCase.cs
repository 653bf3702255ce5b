using Bench.Cohorts.Channels;
using Engine.Data;

namespace Bench.Comparisons.Arrays;

/// <summary>What cases ask of the samples that they resample.</summary>
internal static class SamplesOfCase
{
    extension(LabeledSamples samples)
    {
        /// <summary>Gets the rows of the group whose class 1 rows DP repeats.</summary>
        public RowMask Group => samples.Groups[ILabeledSource.GroupName];

        /// <summary>Gets which columns hold masks and categories: those of whole hours of the MIMIC-III benchmark, or none.</summary>
        public ColumnSchema Schema => samples.Rows.FeatureCount % BenchmarkChannels.ColumnCount == 0
            ? HourSchema.Of(samples.Rows.FeatureCount / BenchmarkChannels.ColumnCount)
            : ColumnSchema.Continuous(samples.Rows.FeatureCount);

        /// <summary>Gets the bytes of the values, padding left out.</summary>
        public long Bytes => samples.Rows.RowCount * samples.Rows.FeatureCount * sizeof(float);

        /// <summary>Gets the rows of the rarer class.</summary>
        public long[] MinorityRows => samples.Labels.ToMask(samples.Labels.MinorityClass).ToRows();

        /// <summary>Gets the rows of the other class.</summary>
        public long[] MajorityRows => samples.Labels.ToMask((byte)(1 - samples.Labels.MinorityClass)).ToRows();

        /// <summary>Copies some rows into memory of their own.</summary>
        /// <param name="rows">Row indices.</param>
        public LabeledSamples CopyOf(long[] rows) => Of(samples.Rows.SelectRows(rows).Copy(), samples.Labels.Select(rows), samples.Group.Select(rows));
    }

    /// <summary>Puts the rows of a case together.</summary>
    /// <param name="rows">n x p, finite, in memory of its own.</param>
    /// <param name="labels">n labels, both classes present.</param>
    /// <param name="group">The rows of the group whose class 1 rows DP repeats.</param>
    public static LabeledSamples Of(SampleMatrix rows, Labels labels, RowMask group)
    {
        var groups = new Subgroups(labels.Count);
        groups.Add(ILabeledSource.GroupName, group);
        return new LabeledSamples(labels, rows, groups: groups);
    }
}
