using Engine.Data;

namespace Bench.Kernels;

/// <summary>Rows that kernels are timed on; the same numbers in every run.</summary>
internal static class KernelData
{
    private const int Seed = 19;
    private const float Own = 0.8f;
    private const float Shared = 0.6f;

    /// <summary>One row in so many is of class 1.</summary>
    private const int RowsPerPositive = 8;

    /// <summary>Makes rows whose columns are correlated: a uniform number of its own and one that the row shares.</summary>
    /// <param name="rowCount">How many.</param>
    /// <param name="columnCount">How many columns.</param>
    /// <param name="part">Another part has other rows.</param>
    /// <param name="sharing">The size of what the row shares; 0 makes columns independent.</param>
    public static SampleMatrix Rows(int rowCount, int columnCount, int part = 0, float sharing = Shared)
    {
        var random = new Random(Seed + part);
        var rows = SampleMatrix.Create(rowCount, columnCount);
        for (var row = 0; row < rowCount; row++)
        {
            var shared = sharing * Centered(random);
            foreach (ref var value in rows.GetWritableRow(row))
                value = (Own * Centered(random)) + shared;
        }

        return rows;
    }

    /// <summary>Lays rows one after the other, padded with zeros.</summary>
    public static float[] Padded(SampleMatrix rows)
    {
        var values = new float[rows.RowCount * rows.Stride];
        for (var row = 0; row < rows.RowCount; row++)
            rows.CopyRow(row, values.AsSpan(row * rows.Stride, rows.FeatureCount));
        return values;
    }

    /// <summary>Draws labels.</summary>
    public static byte[] Labels(int count, int part = 0)
    {
        var random = new Random(Seed + part);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(RowsPerPositive) == 0 ? (byte)1 : (byte)0)];
    }

    /// <summary>Draws numbers from 0 up to 1.</summary>
    public static float[] Uniform(int count)
    {
        var random = new Random(Seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle())];
    }

    /// <summary>Draws coefficients of a linear predictor that stays moderate.</summary>
    public static double[] Coefficients(int count)
    {
        var random = new Random(Seed);
        return [.. Enumerable.Range(0, count).Select(_ => Centered(random) / Math.Sqrt(count))];
    }

    private static float Centered(Random random) => (2 * random.NextSingle()) - 1;
}
