using Engine.Compute;

namespace Engine.Logistic;

/// <content>A sample that estimates sums over all rows.</content>
internal sealed partial class WeightedRows
{
    /// <summary>Of so many rows, or more, one is in the sample: rows, not blocks, because neighboring rows, hours of one stay for example, are alike.</summary>
    private const int SmallestStep = 16;

    /// <summary>So many rows know the information matrix well enough, however many there are: a sample need not grow with the table.</summary>
    private const int LargestSample = 1 << 18;

    private WeightedRows? _sample;

    private WeightedRows(WeightedRows all, ComputeOptions compute)
    {
        var step = StepOf(all.RowCount);
        var rows = EveryRowIn(step, all.RowCount);
        _rows = CopyOf(all._rows, rows, compute);
        var far = HighLeverageRows.Find(all._rows, _rows, compute.ToParallelOptions());
        if (far.Length > 0)
        {
            rows = [.. rows, .. far.Where(row => row % step != 0)];
            _rows = CopyOf(all._rows, rows, compute);
        }

        _labels = [.. rows.Select(row => all._labels[row])];
        _weights = [.. rows.Select(row => (Array.BinarySearch(far, row) < 0 ? step : 1) * all.WeightOf((int)row))];
        _offsets = all.HasOffsets ? [.. rows.Select(row => all._offsets[row])] : [];
        Scale = all.Scale;
        (NegativeWeight, PositiveWeight) = WeightsOfClasses();
    }

    /// <summary>Returns one row in sixteen, or fewer of a large table, with sixteen times its weight, and every row of high leverage as it is.</summary>
    public WeightedRows Sample(ComputeOptions compute) => _sample ??= new WeightedRows(this, compute);

    private static long StepOf(long rowCount) => Math.Max(SmallestStep, (rowCount + LargestSample - 1) / LargestSample);

    private static long[] EveryRowIn(long step, long rowCount)
    {
        var rows = new long[(rowCount + step - 1) / step];
        for (var i = 0; i < rows.Length; i++)
            rows[i] = i * step;
        return rows;
    }
}
