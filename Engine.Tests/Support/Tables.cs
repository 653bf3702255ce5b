using Engine.Data;
using Engine.Numerics;

namespace Engine.Tests.Support;

/// <summary>Small tables for tests.</summary>
internal static class Tables
{
    /// <summary>Wraps rows of golden or hand-written values.</summary>
    public static SampleMatrix From(double[][] rows) =>
        SampleMatrix.Wrap(rows.SelectMany(row => row).Select(value => (float)value).ToArray(), rows.Length, rows[0].Length);

    /// <summary>Makes rows of standard normal values.</summary>
    public static SampleMatrix Normal(int rowCount, int featureCount, ulong seed)
    {
        var stream = new RandomStream(seed, 1);
        var samples = SampleMatrix.Create(rowCount, featureCount);
        for (var row = 0; row < rowCount; row++)
        {
            var values = samples.GetWritableRow(row);
            for (var column = 0; column < featureCount; column++)
                values[column] = (float)stream.Normal((ulong)(((long)row * featureCount) + column));
        }

        return samples;
    }

    /// <summary>Makes rows of small integers, on which float sums are exact and ties are common.</summary>
    public static SampleMatrix Integers(int rowCount, int featureCount, int bound, ulong seed)
    {
        var stream = new RandomStream(seed, 2);
        var samples = SampleMatrix.Create(rowCount, featureCount);
        for (var row = 0; row < rowCount; row++)
        {
            var values = samples.GetWritableRow(row);
            for (var column = 0; column < featureCount; column++)
                values[column] = stream.Below((ulong)(((long)row * featureCount) + column), (ulong)bound);
        }

        return samples;
    }

    /// <summary>Makes rows of a kind. Rows made with another seed have the same structure, as new queries of the same population do.</summary>
    public static SampleMatrix Of(DataKind kind, int rowCount, int featureCount, ulong seed)
    {
        var samples = SampleMatrix.Create(rowCount, featureCount);
        var draws = new RowDraws(kind, featureCount, seed);
        for (var row = 0; row < rowCount; row++)
        {
            for (var column = 0; column < featureCount; column++)
                samples.GetWritableRow(row)[column] = draws.Value(row, column);
        }

        return samples;
    }

    /// <summary>Copies a row.</summary>
    public static float[] Row(this SampleMatrix samples, long row)
    {
        var values = new float[samples.FeatureCount];
        samples.CopyRow(row, values);
        return values;
    }
}
