using Engine.Data;
using Engine.Resampling;
using Engine.Tests.Support;

namespace Engine.Tests.Resampling;

/// <summary>Original and made rows laid out as one table, which cleaning after SMOTE only pretends to have.</summary>
internal static class CleanedTables
{
    public static (SampleMatrix Table, Labels Labels) Of(ResamplingPlan made, SampleMatrix samples, Labels labels)
    {
        var rows = made.SyntheticRows(samples);
        var table = SampleMatrix.Create(samples.RowCount + rows.RowCount, samples.FeatureCount);
        for (var row = 0; row < table.RowCount; row++)
            (row < samples.RowCount ? samples.Row(row) : rows.Row(row - samples.RowCount)).CopyTo(table.GetWritableRow(row));
        return (table, Labels.From([.. labels.Values, .. Enumerable.Repeat(labels.MinorityClass, (int)rows.RowCount)]));
    }

    /// <summary>Asserts what cleaning kept.</summary>
    /// <param name="kept">The rows of the one table that a slow rule keeps, ascending.</param>
    /// <param name="made">The plan before cleaning.</param>
    /// <param name="cleaned">The plan after.</param>
    public static void AssertKept(long[] kept, ResamplingPlan made, ResamplingPlan cleaned)
    {
        var count = made.SourceRowCount;
        Assert.Equal(kept.Where(row => row < count), cleaned.KeptRows!.Value.ToArray());
        Assert.Equal(kept.Where(row => row >= count).Select(row => made.Synthetic[(int)(row - count)]), cleaned.Synthetic.ToArray());
    }
}
