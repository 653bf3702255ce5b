using Engine.Data;

namespace Engine.Tests.Support;

/// <summary>Neighbors found by sorting every distance, in double precision.</summary>
internal static class BruteForce
{
    /// <summary>Returns the k nearest of some rows to one row, which is left out by its index; ordered by (distance, row).</summary>
    public static long[] Nearest(SampleMatrix samples, long row, IEnumerable<long> among, int neighborCount, Func<float[], float[], double>? distance = null) =>
        [.. among.Where(other => other != row).OrderBy(other => (distance ?? SquaredL2)(samples.Row(row), samples.Row(other))).ThenBy(other => other).Take(neighborCount)];

    public static double SquaredL2(float[] x, float[] y) => x.Zip(y, (a, b) => ((double)a - b) * ((double)a - b)).Sum();

    /// <summary>Lists the rows of one class.</summary>
    public static long[] RowsOf(Labels labels, byte label) => labels.ToMask(label).ToRows();
}
