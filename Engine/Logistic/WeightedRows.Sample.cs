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
        var original = EverySixteenth(all._original);
        var synthetic = EverySixteenth(all._synthetic);
        _original = all._original.SelectRows(original).Copy();
        _synthetic = all._synthetic.SelectRows(synthetic).Copy();
        var strays = StrayRows.Find(all._original, _original, options);
        if (strays.Length > 0)
        {
            original = [.. original, .. strays.Where(static row => row % SampleStep != 0)];
            _original = all._original.SelectRows(original).Copy();
        }

        _labels = new byte[original.Length + synthetic.Length];
        _weights = new double[_labels.Length];
        for (var i = 0; i < _labels.Length; i++)
        {
            var row = i < original.Length ? original[i] : all._original.RowCount + synthetic[i - original.Length];
            _labels[i] = all._labels[row];
            _weights[i] = (Array.BinarySearch(strays, row) < 0 ? SampleStep : 1) * all.WeightOf((int)row);
        }

        _offsets = all.HasOffsets ? [.. original.Select(row => all._offsets[row])] : [];
        (NegativeWeight, PositiveWeight) = WeightsOfClasses();
    }

    /// <summary>Returns one row in sixteen with sixteen times its weight, and every stray row as it is.</summary>
    public WeightedRows Sample(ParallelOptions options) => _sample ??= new WeightedRows(this, options);

    private static long[] EverySixteenth(SampleMatrix samples)
    {
        var rows = new long[(samples.RowCount + SampleStep - 1) / SampleStep];
        for (var i = 0; i < rows.Length; i++)
            rows[i] = (long)i * SampleStep;
        return rows;
    }
}
