using Engine.Data;
using Engine.Numerics.Distances;

namespace Engine.Gpu.Ilgpu.Search;

/// <summary>The point that the L2 filter measures norms from: the closer to the rows, the smaller the error of its products.</summary>
internal static class RowCenter
{
    private const int SampleCount = 65;

    /// <summary>Takes the median of some rows, column by column, which single extreme values do not move; zeros for L1.</summary>
    public static float[] Of(SampleMatrix samples, long[]? subset, long count, Metric metric)
    {
        var center = new float[samples.Stride];
        if (metric == Metric.L1)
            return center;
        var rows = (int)Math.Min(SampleCount, count);
        var (values, column) = (new float[rows * samples.FeatureCount], new float[rows]);
        for (var i = 0; i < rows; i++)
        {
            var place = i * count / rows;
            samples.CopyRow(subset is null ? place : subset[place], values.AsSpan(i * samples.FeatureCount));
        }

        for (var feature = 0; feature < samples.FeatureCount; feature++)
        {
            for (var i = 0; i < rows; i++)
                column[i] = values[(i * samples.FeatureCount) + feature];
            Array.Sort(column);
            center[feature] = column[rows / 2];
        }

        return center;
    }
}
