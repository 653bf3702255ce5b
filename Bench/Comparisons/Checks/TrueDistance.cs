using Bench.Comparisons.Arrays;
using Engine.Data;
using Engine.Numerics.Distances;

namespace Bench.Comparisons.Checks;

/// <summary>Distances in double precision, term by term from the original values: slow, and plainly right.</summary>
/// <param name="metric">L1 or L2.</param>
internal sealed class TrueDistance(Metric metric)
{
    /// <summary>The relative difference of distances that counts as equally far.</summary>
    public const double TieTolerance = 1e-6;

    /// <summary>Returns the distance of two rows.</summary>
    /// <param name="x">p values.</param>
    /// <param name="y">p values.</param>
    public double Between(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        var sum = 0.0;
        for (var column = 0; column < x.Length; column++)
        {
            var difference = (double)x[column] - y[column];
            sum += metric == Metric.L1 ? Math.Abs(difference) : difference * difference;
        }

        return metric == Metric.L2 ? Math.Sqrt(sum) : sum;
    }

    /// <summary>Finds the nearest rows of a query by measuring all.</summary>
    /// <param name="arrays">Reference and queries.</param>
    /// <param name="query">The query.</param>
    /// <param name="neighborCount">k.</param>
    /// <returns>k distances, ascending.</returns>
    public double[] NearestTo(CaseArrays arrays, int query, int neighborCount) => SmallestOf(arrays, query, neighborCount, sign: 1);

    /// <summary>Finds the farthest rows of a query by measuring all.</summary>
    /// <param name="arrays">Reference and queries.</param>
    /// <param name="query">The query.</param>
    /// <param name="neighborCount">k.</param>
    /// <returns>k distances, descending.</returns>
    public double[] FarthestFrom(CaseArrays arrays, int query, int neighborCount) =>
        [.. SmallestOf(arrays, query, neighborCount, sign: -1).Select(static opposite => -opposite)];

    /// <summary>Copies a row.</summary>
    public static float[] RowOf(SampleMatrix samples, long row)
    {
        var values = new float[samples.FeatureCount];
        samples.CopyRow(row, values);
        return values;
    }

    private double[] SmallestOf(CaseArrays arrays, int query, int neighborCount, int sign)
    {
        var nearest = Enumerable.Repeat(double.PositiveInfinity, neighborCount).ToArray();
        var row = RowOf(arrays.Queries, query);
        var scratch = new float[arrays.Reference.BlockScratchLength];
        for (long blockIndex = 0; blockIndex < arrays.Reference.BlockCount; blockIndex++)
        {
            var block = arrays.Reference.ReadBlock(blockIndex, scratch);
            for (var i = 0; i < block.RowCount; i++)
            {
                if (block.FirstRow + i != arrays.OwnRows?[query])
                    Offer(nearest, sign * Between(row, block.Row(i)));
            }
        }

        return nearest;
    }

    private static void Offer(double[] nearest, double distance)
    {
        var place = nearest.Length - 1;
        if (distance >= nearest[place])
            return;
        for (; place > 0 && nearest[place - 1] > distance; place--)
            nearest[place] = nearest[place - 1];
        nearest[place] = distance;
    }
}
