using Engine.Data;

namespace Engine.Logistic;

/// <content>A sample that estimates sums over all rows.</content>
internal sealed partial class WeightedRows
{
    /// <summary>Of so many rows one is in the sample: rows, not blocks, because neighboring rows, hours of one stay for example, are alike.</summary>
    private const int SampleStep = 16;

    private WeightedRows? _sample;

    private WeightedRows(WeightedRows all, ParallelOptions options)
    {
        var rows = EverySixteenth(all._rows);
        _rows = CopyOf(all._rows, rows);
        var far = HighLeverageRows.Find(all._rows, _rows, options);
        if (far.Length > 0)
        {
            rows = [.. rows, .. far.Where(static row => row % SampleStep != 0)];
            _rows = CopyOf(all._rows, rows);
        }

        _labels = [.. rows.Select(row => all._labels[row])];
        _weights = [.. rows.Select(row => (Array.BinarySearch(far, row) < 0 ? SampleStep : 1) * all.WeightOf((int)row))];
        _offsets = all.HasOffsets ? [.. rows.Select(row => all._offsets[row])] : [];
        Scale = all.Scale;
        (NegativeWeight, PositiveWeight) = WeightsOfClasses();
    }

    /// <summary>Returns one row in sixteen with sixteen times its weight, and every row of high leverage as it is.</summary>
    public WeightedRows Sample(ParallelOptions options) => _sample ??= new WeightedRows(this, options);

    private static long[] EverySixteenth(SampleMatrix samples)
    {
        var rows = new long[(samples.RowCount + SampleStep - 1) / SampleStep];
        for (var i = 0; i < rows.Length; i++)
            rows[i] = (long)i * SampleStep;
        return rows;
    }
}
