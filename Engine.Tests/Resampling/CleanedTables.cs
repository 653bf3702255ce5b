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

    public static void AssertKept(RowMask removed, ResamplingPlan made, ResamplingPlan cleaned)
    {
        var count = made.SourceRowCount;
        Assert.Equal(Enumerable.Range(0, count).Where(row => !removed[row]).Select(row => (long)row), cleaned.KeptRows!.Value.ToArray());
        Assert.Equal(made.Synthetic.ToArray().Where((_, i) => !removed[count + i]), cleaned.Synthetic.ToArray());
    }
}
