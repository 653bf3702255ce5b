using Engine.Data;
using Engine.Neighbors;
using Engine.Numerics.Distances;

namespace Bench.Kernels;

/// <summary>The five nearest of 8,192 rows of 76 independent columns for 2,048 queries, in an index that is ready: no bound rules out a leaf of such rows, so that nearly all time goes to comparing codes.</summary>
public class ComparedCodes : NearestRows
{
    private NearestNeighbors _index = null!;

    /// <inheritdoc/>
    internal override KernelWork Work => new(
        QueryCount,
        ((double)RowCount + QueryCount) * Columns * (Metric == Metric.L1 ? sizeof(byte) : sizeof(short)),
        (double)RowCount * QueryCount * Columns,
        Metric == Metric.L1 ? PeakOperation.ByteDifferences : PeakOperation.PairProducts);

    private protected override int QueryCount => 2_048 / SmallerBy;

    private protected override void Create()
    {
        base.Create();
        _index = Build();
    }

    private protected override void Release()
    {
        _index.Dispose();
        base.Release();
    }

    /// <summary>The search alone.</summary>
    private protected override float[] SearchIndex() => Search(_index);

    private protected override SampleMatrix MakeRows(int count, int part) => KernelData.Rows(count, Columns, part, sharing: 0);
}
